using System.Text;
using Moat.Isms.Evidence;
using Moat.Isms.Evidence.Counting;
using Moat.Isms.Incidents;
using Moat.Isms.Incidents.Playbooks;
using Moat.Isms.Kernel;
using static Moat.Tests.IncidentTests;
using static Moat.Tests.IntakeTests;

namespace Moat.Tests;

/// <summary>
/// Playbooks that run: steps with decisions, prices and evidence; an exercise is a test and never an incident.
/// </summary>
public sealed class RunTests
{
    private const string Leak = "leaked-credential";

    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory, MemberData(nameof(Databases))]
    public async Task A_run_for_an_incident_writes_its_timeline_and_a_decision_skips_what_it_makes_unnecessary(
        string database
    )
    {
        await using var company = await RuleTests.Drafted(database);
        await Open(company);
        Assert.Equal(
            "playbook",
            (await Invalid(() => company.Do("playbook-runs.start", new { playbook = "luck", incident = "INC-1" })))
                .Errors[0]
                .Field
        );
        await company.Do("playbook-runs.start", new { playbook = Leak, incident = "INC-1" });
        Assert.Contains(await Links(company, "RUN-1"), l => l is { Type: "responds-to", Outgoing: true, Ref: "INC-1" });
        var run = await Run(company);
        var steps = run.Items.Where(i => i.Kind == RunItemKind.Step).ToList();
        Assert.True(
            steps.Count >= 8
                && run.Items.Any(i => i is { Kind: RunItemKind.Preserve, Do: not null })
                && run.Items.Any(i => i is { Kind: RunItemKind.Containment, Cost: not null })
        );
        Assert.Equal(run.Row.StartedAt.AddMinutes(15), steps[0].DueAt);

        Assert.Equal(
            "text",
            (await Invalid(() => company.Do("playbook-runs.do", new { @ref = "RUN-1", step = "identify" })))
                .Errors[0]
                .Field
        );
        var file = new { name = "commit.txt", content = Convert.ToBase64String(Encoding.UTF8.GetBytes("commit 1f3")) };
        await company.As(Role.Member, "Nadia Haddad");
        Task<object> Identify(string by, string? at = null) =>
            company.Do(
                "playbook-runs.do",
                at is null
                    ? new
                    {
                        @ref = "RUN-1",
                        step = "identify",
                        text = "hf_ token of the research team, read",
                        file,
                        by,
                    }
                    : new
                    {
                        @ref = "RUN-1",
                        step = "identify",
                        text = "hf_ token of the research team, read",
                        file,
                        by,
                        at,
                    }
            );
        foreach (var at in new[] { "2030-01-01T00:00:00Z", "2026-03-02T08:50:00Z" })
            Assert.Equal("at", (await Invalid(() => Identify("Nadia Haddad", at))).Errors[0].Field);
        foreach (
            var (verb, rest) in new (string, Func<string, object>)[]
            {
                (
                    "contain",
                    at => new
                    {
                        @ref = "RUN-1",
                        option = "revoke",
                        reason = "It was in public",
                        at,
                    }
                ),
                (
                    "preserve",
                    at => new
                    {
                        @ref = "RUN-1",
                        item = 1,
                        text = "Copied to the evidence bucket",
                        at,
                    }
                ),
            }
        )
            Assert.Equal(
                "at",
                (await Invalid(() => company.Do($"playbook-runs.{verb}", rest("2030-01-01T00:00:00Z")))).Errors[0].Field
            );
        await Identify("Nadia Haddad");
        await Broken(
            "playbook-runs.do.once",
            () =>
                company.Do(
                    "playbook-runs.do",
                    new
                    {
                        @ref = "RUN-1",
                        step = "identify",
                        text = "Again",
                    }
                )
        );
        Assert.Equal("choice", (
                await Invalid(() =>
                    company.Do(
                        "playbook-runs.do",
                        new
                        {
                            @ref = "RUN-1",
                            step = "severity",
                            text = "Dead",
                        }
                    )
                )
            ).Errors[0].Field);
        await company.Do(
            "playbook-runs.preserve",
            new
            {
                @ref = "RUN-1",
                item = 1,
                text = "Copied to the evidence bucket, sha256 noted",
                by = "The night shift",
                at = "2026-03-02T09:02:00Z",
            }
        );
        await company.Do(
            "playbook-runs.contain",
            new
            {
                @ref = "RUN-1",
                option = "revoke",
                reason = "It was in public",
            }
        );
        await company.Do(
            "playbook-runs.do",
            new
            {
                @ref = "RUN-1",
                step = "severity",
                choice = "dead",
            }
        );

        run = await Run(company);
        Assert.Equal(RunItemState.Skipped, run.Items.Single(i => i.Key == "cut").State);
        Assert.Equal(RunItemState.Open, run.Items.Single(i => i.Key == "review").State);
        // Clocks differ by a little: what lies two minutes ahead is now. Whom nobody knows here is on the word of
        // whoever wrote it down.
        var kept = run.Items.Single(i => i is { Kind: RunItemKind.Preserve, Position: 1 });
        Assert.Equal(
            ("The night shift, told by Ada Acme", new DateTime(2026, 3, 2, 9, 0, 0, DateTimeKind.Utc)),
            (kept.By, kept.At)
        );
        Assert.Equal((2, run.Items.Count(i => i.State == RunItemState.Skipped)), (run.Row.Done, run.Row.Skipped));
        Assert.Equal(
            ("Nadia Haddad", "EVD-1"),
            (run.Items.Single(i => i.Key == "identify").By, run.Items.Single(i => i.Key == "identify").EvidenceRef)
        );
        var timeline = (await Get(company)).Timeline;
        Assert.Contains(
            timeline,
            t =>
                t.Kind == TimelineKind.Containment
                && t.Text.Contains("Price: What runs on it stops", StringComparison.Ordinal)
        );
        Assert.Contains(
            timeline,
            t => t.Kind == TimelineKind.Decision && t.Text.Contains("already expired", StringComparison.Ordinal)
        );
        await company.Do(
            "playbook-runs.contain",
            new
            {
                @ref = "RUN-1",
                option = "revoke",
                reason = "A new key is in place",
                undo = true,
            }
        );
        await Broken(
            "playbook-runs.undo.chosen",
            () =>
                company.Do(
                    "playbook-runs.contain",
                    new
                    {
                        @ref = "RUN-1",
                        option = "rotate",
                        reason = "Never taken",
                        undo = true,
                    }
                )
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Late_steps_become_a_task_until_they_are_done_or_the_run_ends(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        await Open(company);
        await company.Do("playbook-runs.start", new { playbook = Leak, incident = "INC-1" });
        Assert.Equal(0, ((Tally)await company.Do("playbook-runs.keep-current", new { })).Count);
        company.Clock.Advance(TimeSpan.FromMinutes(20));
        await company.Do("playbook-runs.keep-current", new { });
        Assert.Single(await Tasks(company), t => t.Purpose == "late-steps");
        Assert.Equal(1, (await Run(company)).Row.Late);
        await company.Do(
            "playbook-runs.skip",
            new
            {
                @ref = "RUN-1",
                step = "identify",
                reason = "The scanner told all of it",
            }
        );
        Assert.DoesNotContain(await Tasks(company), t => t.Purpose == "late-steps");
        Assert.Equal(
            "leftOutBecause",
            (
                await Invalid(() =>
                    company.Do(
                        "playbook-runs.finish",
                        new { @ref = "RUN-1", result = "The key was dead; the rest was not needed." }
                    )
                )
            )
                .Errors[0]
                .Field
        );
        await company.Do(
            "playbook-runs.finish",
            new
            {
                @ref = "RUN-1",
                result = "The key was dead; the rest was not needed.",
                leftOutBecause = "Nothing was reached with a dead key",
            }
        );
        var ended = await Run(company);
        Assert.Equal((0, ended.Row.Steps), (ended.Row.Done, ended.Row.Skipped));
        Assert.Contains(
            ended.Items,
            i => i is { State: RunItemState.Skipped, Text: "Nothing was reached with a dead key" }
        );
        Assert.NotNull(ended.Row.MinutesRef);
        await Broken(
            "playbook-runs.running",
            () =>
                company.Do(
                    "playbook-runs.skip",
                    new
                    {
                        @ref = "RUN-1",
                        step = "cut",
                        reason = "Too late for this",
                    }
                )
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_exercise_is_a_test_of_controls_and_never_an_incident(string database)
    {
        await using var company = await RuleTests.Completed(database);
        await company.Do("playbook-runs.start", new { playbook = Leak });
        Assert.Single(await Tasks(company), t => t.Purpose == "exercise");
        Assert.NotNull((await Run(company)).Exercise);
        var file = new { name = "play.txt", content = Convert.ToBase64String("play"u8.ToArray()) };
        Assert.Equal("file", (
                await Invalid(() =>
                    company.Do(
                        "playbook-runs.do",
                        new
                        {
                            @ref = "RUN-1",
                            step = "identify",
                            text = "We would ask the issuer",
                            file,
                        }
                    )
                )
            ).Errors[0].Field);
        foreach (var step in new[] { "identify", "log-hold", "other-places", "foothold", "damage", "replace" })
            await company.Do(
                "playbook-runs.do",
                new
                {
                    @ref = "RUN-1",
                    step,
                    text = "We would ask the issuer",
                }
            );
        company.Clock.Advance(TimeSpan.FromMinutes(90));
        await company.Do(
            "playbook-runs.finish",
            new
            {
                @ref = "RUN-1",
                result = "Nobody present could revoke a key of the registry.",
                leftOutBecause = "Not done in this run.",
                lessons = new[] { "Two people per shift may revoke keys" },
            }
        );
        var row = (await Run(company)).Row;
        Assert.Equal(0, ((Page<IncidentRow>)await company.Do("incidents.list", new { })).Total);
        Assert.Contains(
            await Links(company, row.MinutesRef!),
            l =>
                l is { Type: "evidences", Process: "controls" }
                && l.Title.StartsWith("A.5.24", StringComparison.Ordinal)
        );
        Assert.Contains(await Links(company, "LES-1"), l => l is { Type: "lesson-of", Outgoing: true, Ref: "RUN-1" });
        var minutes = Encoding.UTF8.GetString(
            (
                await company.Run<EvidenceProcess, OneRecord, MadeFile>(
                    p => p.Download,
                    new OneRecord { Ref = row.MinutesRef! }
                )
            ).Content
        );
        Assert.Contains("This was an exercise.", minutes, StringComparison.Ordinal);
        Assert.Contains("Not done in this run.", minutes, StringComparison.Ordinal);
        Assert.DoesNotContain(await Tasks(company), t => t.Purpose == "exercise");
        Assert.Equal("RUN-1 was done by one person alone", (await Kind(company, "A.5.24", "exercise")).Note);
        Assert.Equal(KindState.Missing, (await Kind(company, "A.6.8", "log of reported events")).State);
        await company.Do("incidents.report", new { text = "The badge of a visitor lies on the stairs" });
        Assert.Equal(KindState.There, (await Kind(company, "A.6.8", "log of reported events")).State);
        var measures = (IncidentMeasures)await company.Do("incidents.measures", new { });
        Assert.Equal((0, 1), (measures.Incidents, measures.Exercises));
        Assert.NotNull(
            ((IReadOnlyList<PlaybookRow>)await company.Do("playbooks.list", new { }))
                .Single(p => p.Id == Leak)
                .LastExercise
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_exercise_that_was_broken_off_ends_and_tests_nothing(string database)
    {
        await using var company = await RuleTests.Completed(database);
        await company.Do("playbook-runs.start", new { playbook = Leak });
        await company.Do(
            "playbook-runs.do",
            new
            {
                @ref = "RUN-1",
                step = "identify",
                text = "We would ask the issuer",
            }
        );
        await company.Do(
            "playbook-runs.finish",
            new
            {
                @ref = "RUN-1",
                result = "The fire alarm ended it.",
                leftOutBecause = "Everybody had to leave the house",
            }
        );
        var run = await Run(company);
        Assert.Equal((1, null), (run.Row.Done, run.Row.MinutesRef));
        Assert.Contains("Too few steps were done for a test", run.Result, StringComparison.Ordinal);
        Assert.Equal(KindState.Missing, (await Kind(company, "A.5.24", "exercise")).State);
        Assert.Equal(0, ((IncidentMeasures)await company.Do("incidents.measures", new { })).Exercises);
        Assert.Null(
            ((IReadOnlyList<PlaybookRow>)await company.Do("playbooks.list", new { }))
                .Single(p => p.Id == Leak)
                .LastExercise
        );
        // Steps that a decision of the exercise made unnecessary are not missing.
        await company.Do("playbook-runs.start", new { playbook = Leak });
        await company.Do(
            "playbook-runs.do",
            new
            {
                @ref = "RUN-2",
                step = "identify",
                text = "A dummy of the course",
            }
        );
        await company.Do(
            "playbook-runs.do",
            new
            {
                @ref = "RUN-2",
                step = "severity",
                choice = "dead",
            }
        );
        await company.Do(
            "playbook-runs.do",
            new
            {
                @ref = "RUN-2",
                step = "review",
                text = "Dummies look like tokens",
            }
        );
        await company.Do(
            "playbook-runs.finish",
            new
            {
                @ref = "RUN-2",
                result = "It was a dummy, and everybody saw it.",
                leftOutBecause = "There was nothing to hold or block",
            }
        );
        Assert.Equal("RUN-2 lasted 0 minutes", (await Kind(company, "A.5.24", "exercise")).Note);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_exercise_counts_when_it_lasted_and_more_than_one_person_found_something(string database)
    {
        await using var company = await RuleTests.Completed(database);
        var second = await company.As(Role.ControlOwner, "Cora Control");
        await company.Do("playbook-runs.start", new { playbook = Leak });
        foreach (
            var (step, by) in new[]
            {
                ("identify", company.Owner),
                ("log-hold", second),
                ("other-places", company.Owner),
                ("foothold", second),
                ("damage", second),
                ("replace", company.Owner),
            }
        )
            await company.Do(
                "playbook-runs.do",
                new
                {
                    @ref = "RUN-1",
                    step,
                    text = $"We would ask the issuer about {step} and wait for the answer",
                },
                by
            );
        company.Clock.Advance(TimeSpan.FromMinutes(90));
        await company.Do(
            "playbook-runs.finish",
            new
            {
                @ref = "RUN-1",
                result = "Nobody present could revoke a key of the registry.",
                leftOutBecause = "Not done in this run.",
            }
        );
        Assert.Equal(KindState.There, (await Kind(company, "A.5.24", "exercise")).State);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_waits_too_long_speaks_against_the_control_whatever_its_evidence(string database)
    {
        await using var company = await RuleTests.Completed(database);
        await company.Do(
            "controls.edit",
            new
            {
                @ref = "A.5.25",
                implementation = "implemented",
                howDone = "Ben looks at every report the same day and says which it is.",
            }
        );
        await company.Do("incidents.report", new { text = "The badge of a visitor lies on the stairs" });
        await company.Do("incidents.report", new { text = "The model answers with somebody's name" });
        await company.Do(
            "reported-events.triage",
            new
            {
                @ref = "EVT-1",
                incident = false,
                reason = "The visitor came back for it within the hour",
            }
        );
        Assert.StartsWith(
            "Operating for 0 of 184 days",
            (await Standing(company, "A.5.25")).Because,
            StringComparison.Ordinal
        );
        company.Clock.Advance(TimeSpan.FromDays(4));
        await company.Do("readiness.record", new { }, Caller.System(company.Owner.OrganizationId, "acme"));
        Assert.Equal(
            "Collected evidence shows it today, but 1 report or alert waits for a decision for more than 3 days",
            (await Standing(company, "A.5.25")).Because
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task News_of_an_exercise_come_in_when_their_time_has_come(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        await company.Do("playbook-runs.start", new { playbook = Leak });
        var run = await Run(company);
        Assert.Empty(run.Exercise!.Injects);
        company.Clock.Advance(TimeSpan.FromMinutes(run.NextNewsAfter!.Value));
        run = await Run(company);
        Assert.True(
            run.Exercise!.Injects.Count > 0
                && run.Exercise.Injects.All(i =>
                    i.After * 60 <= (company.Clock.GetUtcNow().UtcDateTime - run.Row.StartedAt).TotalSeconds
                )
        );
    }

    private static async Task<ControlStanding> Standing(Company company, string control) =>
        (ControlStanding)await company.Do("controls.show", new { @ref = control });

    private static async Task<KindStanding> Kind(Company company, string control, string what) =>
        (await Standing(company, control)).Kinds.Single(k => k.What.StartsWith(what, StringComparison.Ordinal));

    private static async Task<RunView> Run(Company company) =>
        (RunView)await company.Do("playbook-runs.get", new { @ref = "RUN-1" });
}
