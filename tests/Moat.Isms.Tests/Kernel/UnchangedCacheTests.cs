namespace Moat.Tests.Kernel;

/// <summary>
/// What is computed from unchanged records is computed once, also for those who ask at the same moment.
/// </summary>
public sealed class UnchangedCacheTests
{
    [Fact]
    public async Task Who_asks_meanwhile_gets_the_same_answer()
    {
        await using var company = await Company.Found("sqlite");
        var (gate, computed) = (new TaskCompletionSource(), 0);
        async Task<string> Slow()
        {
            Interlocked.Increment(ref computed);
            await gate.Task;
            return "computed";
        }
        var asked = Enumerable.Range(0, 8).Select(_ => Ask(company, Slow)).ToList();
        gate.SetResult();
        Assert.All(await Task.WhenAll(asked), answer => Assert.Equal("computed", answer));
        Assert.Equal(1, computed);
    }

    [Fact]
    public async Task A_failure_is_only_the_failure_of_who_computed()
    {
        await using var company = await Company.Found("sqlite");
        var gate = new TaskCompletionSource();
        var failing = Ask(
            company,
            async () =>
            {
                await gate.Task;
                throw new InvalidOperationException("The first reader's own trouble");
            }
        );
        var waiting = Ask(company, () => Task.FromResult("computed alone"));
        gate.SetResult();
        await Assert.ThrowsAsync<InvalidOperationException>(() => failing);
        Assert.Equal("computed alone", await waiting);
    }

    [Fact]
    public async Task Who_goes_away_while_waiting_does_not_wait()
    {
        await using var company = await Company.Found("sqlite");
        var gate = new TaskCompletionSource();
        var first = Ask(
            company,
            async () =>
            {
                await gate.Task;
                return "computed";
            }
        );
        using var gone = new CancellationTokenSource();
        var second = Ask(company, () => Task.FromResult("never"), gone.Token);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        gate.SetResult();
        Assert.Equal("computed", await first);
    }

    private static Task<string> Ask(Company company, Func<Task<string>> compute, CancellationToken ct = default) =>
        company.Read(db => db.Unchanged(nameof(UnchangedCacheTests), compute, ct));
}
