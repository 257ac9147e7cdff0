using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Moat.Hosting;
using Moat.Hosting.Anchors;
using Moat.Hosting.Mail;
using Moat.Hosting.Webhooks;
using Moat.Storage.Accounts;

namespace Moat.Tests;

/// <summary>Where nothing is due, an organisation costs nothing: each round asks once for all of them.</summary>
public sealed class IdleRoundsTests
{
    private const int Organizations = 200;

    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory, MemberData(nameof(Databases))]
    public async Task A_round_asks_as_much_for_two_hundred_organisations_as_for_one(string database)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 3, 9, 0, 0, TimeSpan.Zero));
        await using var acme = await Acme.Found(
            clock: clock,
            postgres: database == "postgres" ? await PostgresCluster.NewServedDatabase() : null,
            mail: new MailOptions
            {
                Host = "127.0.0.1",
                Port = 1,
                Protection = MailProtection.None,
                From = "moat@acme.test",
            }
        );
        await Rounds(acme);
        var alone = await Rounds(acme);
        await Others(acme);
        Assert.Equal(alone, await Rounds(acme));
        // Beginning, saying for whom, asking and ending, for each of the four.
        Assert.InRange(alone, 4, 16);
    }

    private static async Task<int> Rounds(Acme acme)
    {
        using var heard = new HeardStatements();
        await acme.Services.GetRequiredService<CollectorRunner>().RunDue(CancellationToken.None);
        await acme.Services.GetRequiredService<WebhookRunner>().RunOnce(CancellationToken.None);
        await acme.Services.GetRequiredService<DigestRunner>().RunOnce(CancellationToken.None);
        await acme.Services.GetRequiredService<AnchorRound>().RunOnce(CancellationToken.None);
        return heard.All.Count;
    }

    private static async Task Others(Acme acme)
    {
        await using var scope = acme.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AccountsDb>();
        for (var number = 2; number <= Organizations; number++)
            await db.Database.ExecuteSqlAsync(
                $"INSERT INTO organization (id, slug, name, created_at) VALUES ({Guid.CreateVersion7()}, {"other-" + number}, {"Other"}, {new DateTime(2026, 3, 2, 0, 0, 0, DateTimeKind.Utc)})"
            );
    }
}
