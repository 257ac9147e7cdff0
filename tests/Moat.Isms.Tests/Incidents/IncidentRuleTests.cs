using System.Text;
using Moat.Isms.Evidence;
using Moat.Isms.Incidents;
using Moat.Isms.Incidents.Duties;
using Moat.Isms.Kernel;
using static Moat.Tests.IncidentTests;
using static Moat.Tests.IntakeTests;

namespace Moat.Tests;

/// <summary>
/// What an incident cannot skip: its steps, the answers that duties depend on, what a notice says, and what a review
/// leaves.
/// </summary>
public sealed class IncidentRuleTests
{
    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory, MemberData(nameof(Databases))]
    public async Task A_step_that_is_left_out_has_no_time_and_what_came_back_keeps_its_first_times(string database)
    {
        await using var company = await Company.Found(database);
        await Open(company);
        await Assess(company);
        company.Clock.Advance(TimeSpan.FromHours(1));
        await Advance(company, "contained", null);
        company.Clock.Advance(TimeSpan.FromHours(1));
        await Advance(company, "eradicated", null);
        await Advance(company, "recovered", null);
        await company.Do(
            "incidents.reopen",
            new { @ref = "INC-1", reason = "The token still works in the second region" }
        );
        Assert.Equal(["contain"], await Purposes(company));
        company.Clock.Advance(TimeSpan.FromHours(20));
        await Broken("incidents.advance.order", () => Advance(company, "contained", "2026-03-02T10:30:00Z"));
        await company.Do(
            "incidents.advance",
            new
            {
                @ref = "INC-1",
                to = "recovered",
                how = "Done and looked at",
                skipBecause = "The region was shut down that night anyway",
            }
        );
        var view = await Get(company);
        Assert.Equal(
            (IncidentState.Recovered, null, null, 2),
            (view.Row.State, view.Row.ContainedAt, view.EradicatedAt, view.Steps.Round)
        );
        Assert.Equal("The region was shut down that night anyway", view.Steps.NotContainedBecause);
        Assert.Equal(
            (
                new DateTime(2026, 3, 2, 10, 0, 0, DateTimeKind.Utc),
                new DateTime(2026, 3, 2, 11, 0, 0, DateTimeKind.Utc)
            ),
            (view.Steps.FirstContainedAt, view.Steps.FirstRecoveredAt)
        );
        var measures = (IncidentMeasures)await company.Do("incidents.measures", new { });
        Assert.Equal((2, 3), (measures.HoursToContain, measures.HoursToRecover));

        // Nobody contained another one at all: that is no time to contain, and not the time to recover either.
        await Open(company);
        await Assess(company, "INC-2");
        await company.Do(
            "incidents.advance",
            new
            {
                @ref = "INC-2",
                to = "recovered",
                how = "Done and looked at",
                skipBecause = "It was over before anybody saw it",
            }
        );
        Assert.Equal(2, ((IncidentMeasures)await company.Do("incidents.measures", new { })).HoursToContain);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_duty_that_an_answer_ends_is_answered_for_by_a_person_and_stands_in_the_timeline(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        var token = company.Owner with { PersonId = null, Name = "Agent" };
        await Open(company);
        await company.Do("incidents.assess", new { @ref = "INC-1", facts = new[] { "personal-data" } }, token);
        var gdpr = (await Get(company)).Duties.Single(d => d.DutyId == "gdpr-art-33").Ref;
        Assert.Contains(
            (await Get(company)).Timeline,
            t =>
                t.Text.StartsWith("Duty arises: GDPR Art. 33(1)", StringComparison.Ordinal)
                && t.Text.Contains("due 2026-03-05 08:00 UTC", StringComparison.Ordinal)
        );
        Task<object> Assess(object input, Caller? by = null) => company.Do("incidents.assess", input, by);
        Assert.Equal(
            "factsBecause",
            (await Invalid(() => Assess(new { @ref = "INC-1", facts = Array.Empty<string>() }))).Errors[0].Field
        );
        Assert.Equal(
            "factsBecause",
            (await Invalid(() => Assess(new { @ref = "INC-1", ruledOut = new[] { "personal-data" } }))).Errors[0].Field
        );
        await Broken(
            "incidents.assess.person",
            () =>
                Assess(
                    new
                    {
                        @ref = "INC-1",
                        facts = Array.Empty<string>(),
                        factsBecause = "A program looked and found no record of a person",
                    },
                    token
                )
        );
        await Broken(
            "incidents.assess.person",
            () =>
                Assess(
                    new
                    {
                        @ref = "INC-1",
                        facts = new[] { "personal-data", "risk-unlikely" },
                        factsBecause = "A program thinks that nobody can be harmed",
                    },
                    token
                )
        );
        Assert.Equal("ruledOut", (
                await Invalid(() =>
                    Assess(
                        new
                        {
                            @ref = "INC-1",
                            facts = new[] { "customers" },
                            ruledOut = new[] { "customers" },
                        }
                    )
                )
            ).Errors[0].Field);
        Assert.Equal(DutyState.Open, (await Duty(company, gdpr)).State);
        await Assess(
            new
            {
                @ref = "INC-1",
                ruledOut = new[] { "personal-data" },
                factsBecause = "The notebook held synthetic records only; Dana read all of them",
            }
        );
        var lapsed = await Duty(company, gdpr);
        Assert.Equal((DutyState.Lapsed, "Ada Acme"), (lapsed.State, lapsed.DeclinedBy));
        Assert.Contains("synthetic records only", lapsed.DeclinedBecause, StringComparison.Ordinal);
        var view = await Get(company);
        Assert.Contains(
            view.Timeline,
            t =>
                t is { Kind: TimelineKind.Decision, By: "Ada Acme" }
                && t.Text.StartsWith("Duty does not apply: GDPR Art. 33(1)", StringComparison.Ordinal)
                && t.Text.Contains("synthetic", StringComparison.Ordinal)
        );
        Assert.Empty(view.Facts);
        Assert.Equal(["personal-data"], view.RuledOut);
        await Assess(new { @ref = "INC-1", facts = new[] { "personal-data" } }, token);
        Assert.Contains(
            (await Get(company)).Timeline,
            t => t.Text.StartsWith("Duty applies again: GDPR Art. 33(1)", StringComparison.Ordinal)
        );
        Assert.Empty((await Get(company)).RuledOut);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task It_does_not_close_while_a_question_is_open_that_could_bring_a_duty(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        await Open(company, await Asset(company, "Wiki"));
        await company.Do("incidents.assess", new { @ref = "INC-1", confidentiality = true });
        await Recover(company);
        var close = new { @ref = "INC-1", noReviewBecause = "A planned test of the alarm that nobody had announced" };
        Assert.Equal(
            "incidents.close.questions",
            (await Assert.ThrowsAsync<RuleBroken>(() => company.Do("incidents.close", close))).RuleId
        );
        var undecided = (await Get(company)).Steps.Undecided;
        Assert.Contains("personal-data", undecided);
        // What follows only from that is asked when that is so.
        Assert.DoesNotContain("high-risk-to-people", undecided);
        await company.Do("incidents.assess", new { @ref = "INC-1", ruledOut = undecided });
        Assert.Empty((await Get(company)).Steps.Undecided);
        await company.Do("incidents.close", close);
        Assert.Equal(IncidentState.Closed, (await Get(company)).Row.State);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_notice_is_drafted_from_what_is_known_until_somebody_writes_in_it_and_then_takes_in_what_is_new(
        string database
    )
    {
        await using var company = await RuleTests.Drafted(database);
        await Open(company);
        await company.Do("incidents.assess", new { @ref = "INC-1", facts = new[] { "personal-data" } });
        var gdpr = (await Get(company)).Duties.Single(d => d.DutyId == "gdpr-art-33");
        async Task<string> Draft() => (await Duty(company, gdpr.Ref)).Notices[0].Draft;
        Assert.Contains("being determined", await Draft(), StringComparison.Ordinal);
        var asset = await Asset(company, "Admission notes");
        await company.Do(
            "incidents.assess",
            new
            {
                @ref = "INC-1",
                what = "The token read 1,204 admission notes.",
                affects = new[] { asset },
            }
        );
        Assert.Contains("The token read 1,204 admission notes.", await Draft(), StringComparison.Ordinal);
        Assert.Contains("Admission notes", await Draft(), StringComparison.Ordinal);
        await company.Do(
            "incidents.note",
            new
            {
                @ref = "INC-1",
                kind = "containment",
                text = "The token was revoked at 09:10",
            }
        );
        Assert.Contains("The token was revoked at 09:10", await Draft(), StringComparison.Ordinal);

        await company.Do(
            "duties.write",
            new
            {
                @ref = gdpr.Ref,
                stage = gdpr.Notices[0].Stage,
                text = "We notify a breach. The token read 1,204 admission notes.",
            }
        );
        await company.Do("incidents.assess", new { @ref = "INC-1", what = "The token read 1,377 admission notes." });
        Assert.DoesNotContain("1,377", await Draft(), StringComparison.Ordinal);
        await company.Do("duties.take-in", new { @ref = gdpr.Ref, stage = gdpr.Notices[0].Stage });
        var text = await Draft();
        Assert.StartsWith("We notify a breach. The token read 1,204 admission notes.", text, StringComparison.Ordinal);
        Assert.Contains("- What happened: The token read 1,377 admission notes.", text, StringComparison.Ordinal);
        Assert.Contains("- Measures taken: The token was revoked at 09:10", text, StringComparison.Ordinal);
        await Broken(
            "duties.take-in.newer",
            () => company.Do("duties.take-in", new { @ref = gdpr.Ref, stage = gdpr.Notices[0].Stage })
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_review_is_held_after_it_was_over_asks_why_in_sentences_and_has_a_lesson_or_a_reason_for_none(
        string database
    )
    {
        await using var company = await Company.Found(database);
        await Open(company);
        await Assess(company);
        company.Clock.Advance(TimeSpan.FromDays(3));
        await Recover(company);
        object Input(string heldOn, string why, string? none) =>
            new
            {
                @ref = "INC-1",
                heldOn,
                attendees = new[] { "PER-1" },
                story = "A token of the registry stood in a notebook that was shared with a partner.",
                whys = new[] { why, "Because nobody owned the list of places where tokens are" },
                cause = "exposed-secret",
                worked = "The scanner told within minutes.",
                noLessonBecause = none,
            };
        const string Why = "Because notebooks may hold tokens",
            None = "Two incidents before taught the same, and both lessons are under way";
        Assert.Equal(
            "heldOn",
            (await Invalid(() => company.Do("incidents.review", Input("2026-03-04", Why, None)))).Errors[0].Field
        );
        Assert.Equal(
            "whys",
            (await Invalid(() => company.Do("incidents.review", Input("2026-03-05", "a", None)))).Errors[0].Field
        );
        Assert.Equal(
            "noLessonBecause",
            (await Invalid(() => company.Do("incidents.review", Input("2026-03-05", Why, null)))).Errors[0].Field
        );
        var minutes = ((Reviewed)await company.Do("incidents.review", Input("2026-03-05", Why, None))).Minutes;
        Assert.Equal(None, (await Get(company)).Reviews[0].NoLessonBecause);
        Assert.Contains(
            None,
            Encoding.UTF8.GetString(
                (
                    await company.Run<EvidenceProcess, OneRecord, MadeFile>(
                        p => p.Download,
                        new OneRecord { Ref = minutes }
                    )
                ).Content
            ),
            StringComparison.Ordinal
        );
    }
}
