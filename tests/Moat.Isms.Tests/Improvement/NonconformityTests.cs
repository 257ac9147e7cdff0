using Moat.Isms.Assets;
using Moat.Isms.Improvement;
using Moat.Isms.Kernel;
using Moat.Isms.Readiness;
using Moat.Isms.Work;

namespace Moat.Tests;

/// <summary>
/// Nonconformities: a cause before an action, an effect that somebody else sees after a set day, and reopening when it
/// recurs (10.2).
/// </summary>
public sealed class NonconformityTests
{
    internal static readonly CreateNonconformity OptOut = new()
    {
        Title = "Version 9 was trained with opted-out records",
        Description = "1,140 records of a customer who had opted out were in dataset version 9.",
        Origin = NonconformityOrigin.Person,
        Grade = NonconformityGrade.Major,
        Requirement = "A.5.34",
    };

    internal static readonly AnalyseNonconformity Joined = new()
    {
        Ref = "NC-1",
        Whys =
        [
            "The records were not filtered",
            "",
            "The opt-out list was joined by mail address and the set holds user ids",
        ],
        Cause = "The opt-out list is joined by a key that the set does not have.",
        LookedElsewhere = "Versions 7 and 8 of the same set",
        FoundElsewhere = "Both too; both are retired",
    };

    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory, MemberData(nameof(Databases))]
    public async Task It_goes_from_correction_and_cause_over_an_action_to_an_effect_that_somebody_else_saw(
        string database
    )
    {
        await using var company = await Company.Found(database);
        var (max, nina) = (
            await company.As(Role.IsmsManager, "Max Manager"),
            await company.As(Role.Member, "Nina Platform")
        );
        await Raise(company, OptOut);
        Assert.Contains(await Tasks(company), t => t.Purpose == "analyse" && t.SubjectRef == "NC-1");
        await Broken("nonconformities.plan-action.cause", () => Plan(company, "PER-3"));
        await company.Run<NonconformityProcess, CorrectNonconformity, Done>(
            p => p.Correct,
            new CorrectNonconformity { Ref = "NC-1", Correction = "Version 9 withdrawn, the customer told" }
        );
        await company.Run<NonconformityProcess, AnalyseNonconformity, Done>(p => p.Analyse, Joined);
        var view = await Get(company);
        Assert.Equal((NonconformityState.Analysed, 2), (view.Row.State, view.Whys.Count));
        Assert.DoesNotContain(await Tasks(company), t => t.Purpose == "analyse");
        await Broken(
            "nonconformities.close.major",
            () =>
                company.Run<NonconformityProcess, CloseNonconformity, Done>(
                    p => p.Close,
                    new CloseNonconformity { Ref = "NC-1", Reason = "It will surely not happen again here." }
                )
        );

        await Plan(company, "PER-3");
        Assert.Equal(NonconformityState.Acting, (await Get(company)).Row.State);
        var otto = await company.As(Role.Member, "Otto Other");
        await Assert.ThrowsAsync<NotFound>(() => Complete(company, otto));
        await Complete(company, nina);
        view = await Get(company);
        Assert.Equal((NonconformityState.Verifying, "Nina Platform"), (view.Row.State, view.Actions[0].DoneBy));
        Assert.Equal(
            "evidence",
            (await Assert.ThrowsAsync<InputInvalid>(() => Verify(company, max, effective: true))).Errors[0].Field
        );
        await Broken("actions.verify.early", () => Verify(company, max, effective: true, file: true));
        company.Clock.Advance(TimeSpan.FromDays(50));
        await Broken(
            "actions.verify.other",
            () => Verify(company, nina with { Role = Role.IsmsManager }, effective: true, file: true)
        );
        await Assert.ThrowsAsync<PersonNeeded>(() =>
            Verify(company, max with { PersonId = null }, effective: true, file: true)
        );
        await Verify(company, max, effective: true, file: true);
        view = await Get(company);
        Assert.Equal(
            (NonconformityState.Closed, "Max Manager", ActionState.Effective),
            (view.Row.State, view.ClosedBy, view.Actions[0].State)
        );
        var action = await company.Run<ActionProcess, OneRecord, CorrectiveActionView>(
            p => p.Get,
            new OneRecord { Ref = "ACT-1" }
        );
        Assert.Equal("EVD-1", Assert.Single(action.Evidence).Ref);
        Assert.DoesNotContain(await Tasks(company), t => t.SubjectRef is "NC-1" or "ACT-1");
        await Broken(
            "nonconformities.correct.open",
            () =>
                company.Run<NonconformityProcess, CorrectNonconformity, Done>(
                    p => p.Correct,
                    new CorrectNonconformity { Ref = "NC-1", Correction = "Once more" }
                )
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_action_without_effect_sends_it_back_to_its_cause(string database)
    {
        await using var company = await Company.Found(database);
        var max = await company.As(Role.IsmsManager, "Max Manager");
        await Raise(company, OptOut);
        await company.Run<NonconformityProcess, AnalyseNonconformity, Done>(p => p.Analyse, Joined);
        await Plan(company, "PER-1");
        await Complete(company, company.Owner);
        company.Clock.Advance(TimeSpan.FromDays(50));
        await Verify(company, max, effective: false);
        var view = await Get(company);
        Assert.Equal((NonconformityState.Raised, 2), (view.Row.State, view.Row.Round));
        Assert.Contains("ACT-1 had no effect", Assert.Single(view.Recurrences), StringComparison.Ordinal);
        Assert.Contains(await Tasks(company), t => t.Purpose == "analyse");
        // An action of the round before closes nothing.
        await company.Run<NonconformityProcess, AnalyseNonconformity, Done>(p => p.Analyse, Joined);
        Assert.Equal(NonconformityState.Analysed, (await Get(company)).Row.State);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task The_same_of_the_same_source_is_noted_again_and_reopens_when_it_was_closed(string database)
    {
        await using var company = await Company.Found(database);
        var asset = await company.Run<AssetRegister, CreateAsset, Done>(
            p => p.Create,
            new CreateAsset { Name = "Labelled notes", Kind = "dataset" }
        );
        var minor = OptOut with { Grade = NonconformityGrade.Minor, Source = asset.Ref };
        await Raise(company, minor);
        Assert.Equal("NC-1", (await Raise(company, minor with { Title = OptOut.Title.ToUpperInvariant() })).Ref);
        Assert.Single((await Get(company)).Recurrences);
        await Broken("nonconformities.close.corrected", () => Close(company));
        await company.Run<NonconformityProcess, CorrectNonconformity, Done>(
            p => p.Correct,
            new CorrectNonconformity { Ref = "NC-1", Correction = "Withdrawn the same day" }
        );
        await Broken("nonconformities.close.analysed", () => Close(company));
        await company.Run<NonconformityProcess, AnalyseNonconformity, Done>(p => p.Analyse, Joined);
        await Broken("nonconformities.reopen.closed", () => Reopen(company));
        await Close(company);
        Assert.Equal(NonconformityState.Closed, (await Get(company)).Row.State);
        await Raise(company, minor);
        var view = await Get(company);
        Assert.Equal((NonconformityState.Raised, 2, 2), (view.Row.State, view.Row.Round, view.Recurrences.Count));
        Assert.Null(view.ClosedBy);
        Assert.Equal("NC-2", (await Raise(company, minor with { Title = "Something else about it" })).Ref);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_check_that_keeps_failing_becomes_a_nonconformity_with_one_click_and_again_when_it_recurs(
        string database
    )
    {
        await using var company = await Company.Found(database);
        await company.Run<AssetRegister, CreateAsset, Done>(
            p => p.Create,
            new CreateAsset
            {
                Name = "acme-weights",
                Kind = "bucket",
                CrownJewel = true,
            }
        );
        var task = await FailThreeTimes(company);
        await company.Run<NonconformityProcess, RaiseFromTask, Done>(
            p => p.FromTask,
            new RaiseFromTask { Ref = task.Ref }
        );
        var view = await Get(company);
        Assert.Equal(
            (NonconformityOrigin.Check, "RES-1", "No policy lets everybody in: acme-weights, again and again"),
            (view.Row.Origin, view.Row.SourceRef, view.Row.Title)
        );
        Assert.Contains("A.8.3", view.Requirement, StringComparison.Ordinal);
        Assert.DoesNotContain(await Tasks(company), t => t.Purpose == "nonconformity");
        await Broken(
            "nonconformities.from-task.open",
            () =>
                company.Run<NonconformityProcess, RaiseFromTask, Done>(
                    p => p.FromTask,
                    new RaiseFromTask { Ref = task.Ref }
                )
        );
        var analyse = (await Tasks(company)).Single(t => t.Purpose == "analyse");
        await Broken(
            "nonconformities.from-task.check",
            () =>
                company.Run<NonconformityProcess, RaiseFromTask, Done>(
                    p => p.FromTask,
                    new RaiseFromTask { Ref = analyse.Ref }
                )
        );

        await company.Run<NonconformityProcess, CorrectNonconformity, Done>(
            p => p.Correct,
            new CorrectNonconformity { Ref = "NC-1", Correction = "The policy was removed" }
        );
        await company.Run<NonconformityProcess, AnalyseNonconformity, Done>(p => p.Analyse, Joined);
        await Close(company);
        task = await FailThreeTimes(company);
        Assert.Equal(
            "NC-1",
            (
                await company.Run<NonconformityProcess, RaiseFromTask, Done>(
                    p => p.FromTask,
                    new RaiseFromTask { Ref = task.Ref }
                )
            ).Ref
        );
        Assert.Equal((NonconformityState.Raised, 2), ((await Get(company)).Row.State, (await Get(company)).Row.Round));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Readiness_of_10_2_follows_the_records(string database)
    {
        await using var company = await Company.Found(database);
        var max = await company.As(Role.IsmsManager, "Max Manager");
        async Task<(bool, bool)> Rules() =>
            (
                await Holds(company, "10.2", "nonconformities-handled"),
                await Holds(company, "10.2", "corrective-actions-verified")
            );
        Assert.Equal((false, false), await Rules());
        await Raise(company, OptOut);
        Assert.Equal((false, false), await Rules());
        company.Clock.Advance(TimeSpan.FromDays(31));
        Assert.Equal((false, false), await Rules());
        await company.Run<NonconformityProcess, AnalyseNonconformity, Done>(p => p.Analyse, Joined);
        await Plan(company, "PER-1");
        await Complete(company, company.Owner);
        company.Clock.Advance(TimeSpan.FromDays(50));
        Assert.Equal((true, false), await Rules());
        await Correct(company);
        await Verify(company, max, effective: true, file: true);
        Assert.Equal((true, true), await Rules());
        company.Clock.Advance(TimeSpan.FromDays(366));
        Assert.Equal((false, false), await Rules());
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Who_owned_an_action_when_it_was_done_cannot_verify_it_and_its_day_moves_forward_only_for_a_reason(
        string database
    )
    {
        await using var company = await Company.Found(database);
        var (max, nina) = (
            await company.As(Role.IsmsManager, "Max Manager"),
            await company.As(Role.Member, "Nina Platform")
        );
        await Raise(company, OptOut);
        await company.Run<NonconformityProcess, AnalyseNonconformity, Done>(p => p.Analyse, Joined);
        await Plan(company, "PER-2");
        Task<object> Edit(object input) => company.Do("actions.edit", input);
        async Task<string> Refused(object input) =>
            (await Assert.ThrowsAsync<InputInvalid>(() => Edit(input))).Errors[0].Field;
        await Edit(new { @ref = "ACT-1", owner = "PER-3" });
        Assert.Equal("reason", await Refused(new { @ref = "ACT-1", dueOn = "2026-03-30" }));
        await Broken("actions.complete.person", () => Complete(company, max with { PersonId = null }));
        await Complete(company, nina);
        await Broken("actions.edit.owner", () => Edit(new { @ref = "ACT-1", owner = "PER-1" }));
        await Broken("actions.edit.due", () => Edit(new { @ref = "ACT-1", dueOn = "2026-03-03" }));
        Assert.Equal("reason", await Refused(new { @ref = "ACT-1", verifyFrom = "2026-03-20" }));
        await Edit(
            new
            {
                @ref = "ACT-1",
                owner = "PER-3",
                verifyFrom = "2026-03-20",
                reason = "Three versions of the set are built by then",
            }
        );
        company.Clock.Advance(TimeSpan.FromDays(18));
        await Broken(
            "actions.verify.other",
            () => Verify(company, nina with { Role = Role.IsmsManager }, effective: true, file: true)
        );
        await Broken("nonconformities.close.corrected", () => Verify(company, max, effective: true, file: true));
        Assert.Equal(
            (NonconformityState.Verifying, ActionState.Done),
            ((await Get(company)).Row.State, (await Get(company)).Actions[0].State)
        );
        await Correct(company);
        await Verify(company, max, effective: true, file: true);
        Assert.Equal(NonconformityState.Closed, (await Get(company)).Row.State);
    }

    internal static async Task<bool> Holds(Company company, string clause, string rule) =>
        (await company.Run<ReadinessProcess, ShowReadiness, ReadinessView>(p => p.List, new ShowReadiness()))
            .Requirements.Single(r => r.Id == clause)
            .Rules.Single(r => r.Rule == rule)
            .Holds;

    internal static async Task<IReadOnlyList<WorkRow>> Tasks(Company company) =>
        (await company.Run<WorkProcess, ListWork, Page<WorkRow>>(p => p.List, new ListWork { Limit = 200 })).Items;

    internal static async Task Broken(string rule, Func<Task> act) =>
        Assert.Equal(rule, (await Assert.ThrowsAsync<RuleBroken>(act)).RuleId);

    internal static async Task<WorkRow> FailThreeTimes(Company company)
    {
        for (var time = 0; time < 3; time++)
        {
            await FactTests.Tell(
                company,
                FactTests.Event(company, """{"name":"acme-weights","publicByPolicy":true}""")
            );
            company.Clock.Advance(TimeSpan.FromDays(1));
            await FactTests.Tell(
                company,
                FactTests.Event(company, """{"name":"acme-weights","publicByPolicy":false}""")
            );
            company.Clock.Advance(TimeSpan.FromHours(1));
        }
        return (await Tasks(company)).Single(t => t.Purpose == "nonconformity");
    }

    internal static Task<Done> Raise(Company company, CreateNonconformity input) =>
        company.Run<NonconformityProcess, CreateNonconformity, Done>(p => p.Create, input);

    private static Task<NonconformityView> Get(Company company) =>
        company.Run<NonconformityProcess, OneRecord, NonconformityView>(p => p.Get, new OneRecord { Ref = "NC-1" });

    private static Task<Done> Correct(Company company) =>
        company.Run<NonconformityProcess, CorrectNonconformity, Done>(
            p => p.Correct,
            new CorrectNonconformity { Ref = "NC-1", Correction = "Version 9 withdrawn, the customer told" }
        );

    private static Task<Done> Close(Company company) =>
        company.Run<NonconformityProcess, CloseNonconformity, Done>(
            p => p.Close,
            new CloseNonconformity { Ref = "NC-1", Reason = "One lapse during a migration that is over." }
        );

    private static Task<Done> Reopen(Company company) =>
        company.Run<NonconformityProcess, ReopenNonconformity, Done>(
            p => p.Reopen,
            new ReopenNonconformity { Ref = "NC-1", Reason = "Seen again in version 11." }
        );

    internal static Task<Done> Plan(Company company, string owner) =>
        company.Run<NonconformityProcess, PlanCorrectiveAction, Done>(
            p => p.PlanAction,
            new PlanCorrectiveAction
            {
                Ref = "NC-1",
                Title = "Join by user id",
                EffectSeenBy = "Intake fails when the list matches nothing",
                Owner = owner,
                DueOn = DateOnly.FromDateTime(company.Clock.GetUtcNow().UtcDateTime).AddDays(14),
            }
        );

    internal static Task<Done> Complete(Company company, Caller who) =>
        company.Run<ActionProcess, CompleteAction, Done>(
            p => p.Complete,
            new CompleteAction { Ref = "ACT-1", Outcome = "Joined by user id" },
            who
        );

    internal static Task<Done> Verify(Company company, Caller who, bool effective, bool file = false) =>
        company.Run<ActionProcess, VerifyAction, Done>(
            p => p.Verify,
            new VerifyAction
            {
                Ref = "ACT-1",
                Effective = effective,
                Seen = "Three dataset versions later: no opted-out record",
                File = file
                    ? new GivenFile { Name = "counts.csv", Content = "version,records\n10,0\n"u8.ToArray() }
                    : null,
            },
            who
        );
}
