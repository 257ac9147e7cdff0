using Moat.Isms.Kernel;
using Moat.Isms.Readiness;

namespace Moat.Tests;

/// <summary>The next thing to do: what cannot wait comes before everything else.</summary>
[TakesLong]
public sealed class RoadmapTests
{
    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory, MemberData(nameof(Databases))]
    public async Task A_report_an_open_incident_and_a_legal_clock_come_first_in_that_order_of_urgency(string database)
    {
        await using var company = await Company.Found(database);
        await company.Do("interview.answer", new { answers = Answers.Json, complete = true });
        Assert.DoesNotContain("incident", (await Next(company)).Link, StringComparison.Ordinal);

        await company.Do("incidents.report", new { text = "The model answers with somebody's name" });
        Assert.Equal("incidents/triage", (await Next(company)).Link);

        await company.Do(
            "reported-events.triage",
            new
            {
                @ref = "EVT-1",
                incident = true,
                reason = "It is a patient's name",
                title = "A name in an answer",
            }
        );
        Assert.Equal(
            ("incidents/INC-1", "Contain INC-1: A name in an answer"),
            ((await Next(company)).Link, (await Next(company)).Title)
        );

        await company.Do(
            "incidents.assess",
            new
            {
                @ref = "INC-1",
                confidentiality = true,
                facts = new[] { "personal-data" },
            }
        );
        var clock = await Next(company);
        Assert.StartsWith("Send:", clock.Title, StringComparison.Ordinal);
        Assert.Contains("GDPR", clock.Why, StringComparison.Ordinal);
        Assert.Contains("5 Mar, 09:00 UTC", clock.Why, StringComparison.Ordinal);
    }

    private static async Task<NextStep> Next(Company company) =>
        (await company.Run<ReadinessProcess, Nothing, RoadmapView>(p => p.Roadmap, new Nothing())).Next;
}
