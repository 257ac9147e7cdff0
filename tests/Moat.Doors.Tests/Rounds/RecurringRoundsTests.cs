using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Moat.Hosting.Rounds;
using Moat.Storage.Rounds;

namespace Moat.Tests;

/// <summary>Of two servers one does a round, and what a server left is done by the other.</summary>
public sealed class RecurringRoundsTests
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(5);
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 2, 9, 1, 0, TimeSpan.Zero));
    private int _done;

    private RecurringWork Counting => new("counting", Every, _ => Task.FromResult(Interlocked.Increment(ref _done)));

    [Fact]
    public async Task Of_two_servers_one_does_a_round_and_missed_ones_are_done_once()
    {
        await using var company = await Company.Found("postgres");
        await using var other = company.Reopen();
        var (first, second) = (Server(company), Server(other));
        for (var round = 1; round <= 3; round++)
        {
            await Task.WhenAll(Look(first), Look(second), Look(second), Look(first));
            Assert.Equal(round, _done);
            _clock.Advance(Every);
        }
        _clock.Advance(12 * Every);
        await Task.WhenAll(Look(first), Look(second));
        await Look(second);
        Assert.Equal(4, _done);
    }

    [Fact]
    public async Task What_a_killed_server_held_is_done_by_another_when_its_hold_ends()
    {
        await using var company = await Company.Found("postgres");
        await using var other = company.Reopen();
        var now = _clock.GetUtcNow().UtcDateTime;
        Assert.True(
            await Turns(other)
                .Take(new Round("counting", Counting.Due(now)), now, now + RecurringRounds.Hold, CancellationToken.None)
        );
        var survivor = Server(company);
        _clock.Advance(RecurringRounds.Hold - TimeSpan.FromSeconds(1));
        await Look(survivor);
        Assert.Equal(0, _done);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await Look(survivor);
        Assert.Equal(1, _done);
    }

    [Fact]
    public async Task What_a_stopping_server_had_begun_is_done_by_another_at_once()
    {
        await using var company = await Company.Found("postgres");
        await using var other = company.Reopen();
        using var stop = new CancellationTokenSource();
        var begun = new TaskCompletionSource();
        var endless = Counting with
        {
            Round = ct =>
            {
                begun.SetResult();
                return Task.Delay(Timeout.Infinite, ct);
            },
        };
        var stopping = Server(other).Look(endless, stop.Token);
        await begun.Task;
        await Look(Server(company));
        Assert.Equal(0, _done);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stopping);
        await Look(Server(company));
        Assert.Equal(1, _done);
    }

    [Fact]
    public async Task A_round_is_kept_while_it_lasts()
    {
        await using var company = await Company.Found("postgres");
        await using var other = company.Reopen();
        var (begun, end) = (new TaskCompletionSource(), new TaskCompletionSource());
        var kept = new WatchedTurns(Turns(other));
        var lasting = Counting with
        {
            Round = async _ =>
            {
                begun.SetResult();
                await end.Task;
            },
        };
        var running = Server(kept).Look(lasting, CancellationToken.None);
        await begun.Task;
        for (var quarter = 1; quarter <= 12; quarter++)
        {
            _clock.Advance(RecurringRounds.Hold / 4);
            await Until(() => Task.FromResult(kept.Kept >= quarter));
            await Look(Server(company));
        }
        Assert.Equal(0, _done);
        end.SetResult();
        await running;
        await Look(Server(company));
        Assert.Equal(0, _done);
    }

    [Fact]
    public async Task A_round_is_given_up_when_it_can_no_longer_be_kept()
    {
        var turns = new WatchedTurns(new OneServersTurns());
        CancellationToken given = default;
        var begun = new TaskCompletionSource();
        var lasting = Counting with
        {
            Round = ct =>
            {
                given = ct;
                begun.SetResult();
                return Task.Delay(Timeout.Infinite, ct);
            },
        };
        var running = Server(turns).Look(lasting, CancellationToken.None);
        await begun.Task;
        turns.IsAway = true;
        for (var quarter = 1; quarter <= 4; quarter++)
        {
            Assert.False(given.IsCancellationRequested);
            _clock.Advance(RecurringRounds.Hold / 4);
            await Until(() => Task.FromResult(turns.Tried >= quarter));
        }
        await running;
        Assert.True(given.IsCancellationRequested);
    }

    [Fact]
    public async Task An_outage_ends_no_server_and_the_next_round_is_done()
    {
        var turns = new WatchedTurns(new OneServersTurns()) { IsAway = true };
        var server = Server(turns);
        await Look(server);
        Assert.Equal(0, _done);
        turns.IsAway = false;
        await Look(server);
        Assert.Equal(1, _done);
        await server.Look(Counting with { Name = "failing", Round = _ => throw new IOException() }, default);
        Assert.Equal(1, _done);
    }

    [Fact]
    public async Task Work_about_the_server_itself_is_done_by_each()
    {
        await using var company = await Company.Found("postgres");
        await using var other = company.Reopen();
        var own = Counting with { OnEveryServer = true };
        await Server(company).Look(own, CancellationToken.None);
        await Server(other).Look(own, CancellationToken.None);
        Assert.Equal(2, _done);
    }

    private static IRoundTurns Turns(Company company) => company.Services.GetRequiredService<IRoundTurns>();

    private RecurringRounds Server(Company company) => Server(Turns(company));

    private RecurringRounds Server(IRoundTurns turns) => new([], turns, _clock, NullLogger<RecurringRounds>.Instance);

    private Task Look(RecurringRounds server) => server.Look(Counting, CancellationToken.None);

    private static async Task Until(Func<Task<bool>> holds)
    {
        for (var attempt = 0; attempt < 200; attempt++)
        {
            if (await holds())
                return;
            await Task.Delay(25);
        }
        Assert.Fail("It never came to be.");
    }

    /// <summary>Counts how often a round is kept, and is as unreachable as a database that is away.</summary>
    private sealed class WatchedTurns(IRoundTurns turns) : IRoundTurns
    {
        public bool IsAway { get; set; }

        public int Kept { get; private set; }

        public int Tried { get; private set; }

        public Task<bool> Take(Round round, DateTime now, DateTime until, CancellationToken ct) =>
            Reached().Take(round, now, until, ct);

        public async Task<bool> Keep(Round round, DateTime until, CancellationToken ct)
        {
            Tried++;
            var kept = await Reached().Keep(round, until, ct);
            Kept++;
            return kept;
        }

        public Task Done(Round round, CancellationToken ct) => Reached().Done(round, ct);

        public Task GiveBack(Round round, CancellationToken ct) => Reached().GiveBack(round, ct);

        private IRoundTurns Reached() => IsAway ? throw new IOException("The database is away.") : turns;
    }
}
