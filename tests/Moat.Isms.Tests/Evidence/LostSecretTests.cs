using Moat.Isms.Evidence.Collectors;
using Moat.Isms.Kernel;
using Moat.Isms.Objectives;

namespace Moat.Tests;

/// <summary>
/// A secret that was kept with keys that are gone: its source is told so, and everything else goes on.
/// </summary>
public sealed class LostSecretTests
{
    [Fact]
    public async Task A_secret_that_cannot_be_decrypted_is_told_where_it_is_needed_and_stops_nothing_else()
    {
        await using var company = await RuleTests.Drafted("sqlite");
        await company.Do(
            "collectors.create",
            new
            {
                name = "Prometheus",
                kind = "prometheus",
                settings = new[] { "url=https://prometheus.acme.test" },
                secret = "t",
            }
        );
        await company.Do(
            "objectives.create",
            new
            {
                title = "The inference API answers",
                metric = "Share of requests answered",
                unit = "%",
                target = 99.9,
                comparator = "at-least",
                period = "month",
                measuredBy = "Monitoring",
                plan = "A second region",
                takenFrom = "prometheus",
                askedAt = "SRC-1",
                query = "avg(up)",
            }
        );
        File.Delete(Path.Combine(company.Storage.KeyFolder, "protection.key"));
        await using var later = company.Reopen();
        var system = Caller.System(company.Owner.OrganizationId, "acme");
        Assert.Contains(
            "cannot be decrypted",
            Assert
                .Single(
                    (
                        await later.Run<ObjectiveMeasuring, Nothing, PendingQueries>(
                            p => p.Queries,
                            new Nothing(),
                            system
                        )
                    ).Queries
                )
                .Opened.Problem,
            StringComparison.Ordinal
        );
        var begun = await later.Run<CollectorRuns, BeginRun, BegunRun>(
            p => p.Begin,
            new BeginRun { Source = "SRC-1" },
            system
        );
        Assert.Contains("cannot be decrypted", begun.Opened.Problem, StringComparison.Ordinal);
        Assert.False(
            (
                await later.Run<CollectorProcess, OneRecord, ConnectionTest>(
                    p => p.Test,
                    new OneRecord { Ref = "SRC-1" },
                    company.Owner
                )
            ).Works
        );
    }
}
