using System.Text.Json.Nodes;
using Moat.Isms.Incidents;
using Moat.Isms.Incidents.Duties;
using Moat.Knowledge;
using static Moat.Tests.IncidentTests;
using static Moat.Tests.IntakeTests;

namespace Moat.Tests;

/// <summary>
/// The clocks of duties: calendar months where the law counts them, and moments that become known later.
/// </summary>
public sealed class DutyClockTests
{
    private static readonly DateTime Aware = new(2026, 3, 2, 8, 0, 0, DateTimeKind.Utc);

    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory, MemberData(nameof(Databases))]
    public async Task The_last_notice_of_NIS2_is_due_a_calendar_month_after_the_second_one_went_out(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        await Open(company);
        await company.Do("incidents.assess", new { @ref = "INC-1", facts = new[] { "nis2-entity", "significant" } });
        var duty = (await Get(company)).Duties.Single(d => d.DutyId == "nis2-art-23");
        Assert.Equal(
            [Aware.AddHours(24), Aware.AddHours(72), new DateTime(2026, 4, 5, 8, 0, 0, DateTimeKind.Utc)],
            duty.Notices.Select(n => n.DueAt)
        );
        Assert.EndsWith("\nThe law as it was read on 28 November 2026.", duty.Because, StringComparison.Ordinal);

        company.Clock.Advance(
            new DateTime(2026, 3, 31, 16, 30, 0, DateTimeKind.Utc) - company.Clock.GetUtcNow().UtcDateTime
        );
        foreach (var stage in new[] { "early-warning", "notification" })
            await company.Do(
                "duties.send",
                new
                {
                    @ref = duty.Ref,
                    stage,
                    how = "Portal of the CSIRT, case 4711",
                }
            );
        var due = new DateTime(2026, 4, 30, 16, 30, 0, DateTimeKind.Utc);
        Assert.Equal(due, (await Get(company)).Duties.Single(d => d.Ref == duty.Ref).Notices[2].DueAt);
        Assert.Contains(await Tasks(company), t => t.SubjectRef == duty.Ref && t.DueOn == DateOnly.FromDateTime(due));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_company_of_the_United_Kingdom_alone_notifies_the_ICO_within_72_hours(string database)
    {
        await using var company = await Company.Found(database);
        var answers = Answers.Json;
        answers["countries"] = new JsonArray("uk");
        await company.Do("interview.answer", new { answers, complete = true });
        await Open(company);
        await company.Do("incidents.assess", new { @ref = "INC-1", facts = new[] { "personal-data" } });
        var duty = Assert.Single((await Get(company)).Duties);
        var notice = Assert.Single(duty.Notices);
        Assert.Equal(("uk-gdpr-art-33", Aware.AddHours(72)), (duty.DutyId, notice.DueAt));
        Assert.Contains("(ICO)", notice.To, StringComparison.Ordinal);
        Assert.Contains(
            "It concerns you because you are active in the United Kingdom.",
            duty.Because,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("nis2-entity", (await Get(company)).Steps.Asked);
        Assert.Contains("processor", (await Get(company)).Steps.Asked);
    }

    [Fact]
    public void A_clock_that_starts_with_the_remedy_counts_from_the_notice_before_until_there_is_one()
    {
        var entry = KnowledgeBase.Shipped.DutyById["cra-art-14-vulnerability"];
        var incident = new Incident { Title = "Exploited", What = "A loader is exploited." };
        incident.Happened(Aware, Aware, Aware, Aware);
        var notices = new List<DutyNotice>();
        foreach (var stage in entry.Stages)
        {
            notices.Add(
                new DutyNotice
                {
                    NotificationId = Guid.Empty,
                    Position = notices.Count + 1,
                    Stage = stage.Id,
                    Title = stage.Title,
                    To = stage.To,
                    DueAt = NoticeClock.DueAt(incident, stage, notices),
                    Draft = stage.Draft,
                }
            );
        }
        Assert.Equal(
            [Aware.AddHours(24), Aware.AddHours(72), Aware.AddHours(72).AddDays(14)],
            notices.Select(n => n.DueAt)
        );
        notices[1].Sent(Aware.AddHours(60), "Ada", "Platform", Guid.Empty);
        Assert.Equal(Aware.AddHours(60).AddDays(14), NoticeClock.DueAt(incident, entry.Stages[2], notices));
        incident.Advance(IncidentState.Open, Aware);
        incident.Advance(IncidentState.Contained, Aware.AddDays(9));
        Assert.Equal(Aware.AddDays(23), NoticeClock.DueAt(incident, entry.Stages[2], notices));
    }
}
