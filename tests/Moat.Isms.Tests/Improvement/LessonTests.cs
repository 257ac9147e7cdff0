using Moat.Isms.Assets;
using Moat.Isms.Changes;
using Moat.Isms.Improvement;
using Moat.Isms.Kernel;
using Moat.Isms.Processes;
using Moat.Isms.Processes.Threads;
using Moat.Isms.Risks;

namespace Moat.Tests;

/// <summary>
/// Lessons end in something or in a reason for nothing; improvements have an effect before and after; what changed
/// names what it learned from (10.1).
/// </summary>
public sealed class LessonTests
{
    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory, MemberData(nameof(Databases))]
    public async Task A_lesson_becomes_an_action_an_improvement_or_a_change_or_nothing_for_a_reason(string database)
    {
        await using var company = await Company.Found(database);
        foreach (var number in Enumerable.Range(1, 4))
            await Learn(company, $"Lesson number {number}");
        Assert.Equal(4, (await NonconformityTests.Tasks(company)).Count(t => t.Purpose == "decide"));
        await company.Run<LessonProcess, PlanCorrectiveAction, Done>(
            p => p.PlanAction,
            new PlanCorrectiveAction
            {
                Ref = "LES-1",
                Title = "Pin the base image",
                EffectSeenBy = "No build without a digest",
                Owner = "PER-1",
                DueOn = new DateOnly(2026, 4, 1),
            }
        );
        await company.Run<LessonProcess, ImproveFromLesson, Done>(
            p => p.Improve,
            new ImproveFromLesson
            {
                Ref = "LES-2",
                Title = "Diff prompts in review",
                ExpectedEffect = "No prompt goes live without two names",
            }
        );
        await company.Run<ChangeProcess, PlanChange, Done>(p => p.Create, ChangeTests.Gpu with { Because = "LES-3" });
        Assert.Equal(
            "reason",
            (await Assert.ThrowsAsync<InputInvalid>(() => Dismiss(company, "LES-4", "Too short"))).Errors[0].Field
        );
        await Dismiss(company, "LES-4", "The supplier closed the service that failed here.");
        var lessons = (
            await company.Run<LessonProcess, ListLessons, Page<LessonRow>>(
                p => p.List,
                new ListLessons { Sort = "number" }
            )
        ).Items;
        Assert.Equal(
            ["Action ACT-1", "Improvement IMP-1", "Change CHG-1", "Nothing "],
            lessons.Select(l => $"{l.End} {l.BecameRef}")
        );
        Assert.DoesNotContain(
            await NonconformityTests.Tasks(company),
            t => t.Purpose == "decide" && t.SubjectRef.StartsWith("LES-", StringComparison.Ordinal)
        );
        await NonconformityTests.Broken(
            "lessons.dismiss.open",
            () => Dismiss(company, "LES-1", "It became something already, did it not?")
        );

        await company.Run<LessonProcess, NameOutcome, Done>(
            p => p.NameOutcome,
            new NameOutcome { Ref = "LES-1", Became = "IMP-1" }
        );
        var first = await company.Run<LessonProcess, OneRecord, LessonView>(
            p => p.Get,
            new OneRecord { Ref = "LES-1" }
        );
        Assert.Equal(
            ("ACT-1", "ACT-1 IMP-1", "Weights bucket"),
            (first.Row.BecameRef, string.Join(' ', first.LedTo.Select(r => r.Ref).Order()), first.SourceTitle)
        );
        Assert.Equal(
            "became",
            (
                await Assert.ThrowsAsync<InputInvalid>(() =>
                    company.Run<LessonProcess, NameOutcome, Done>(
                        p => p.NameOutcome,
                        new NameOutcome { Ref = "LES-1", Became = "AST-1" }
                    )
                )
            )
                .Errors[0]
                .Field
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Anybody_suggests_and_sees_what_became_of_it_and_the_effect_is_looked_at_afterwards(
        string database
    )
    {
        await using var company = await Company.Found(database);
        var (mia, other) = (await company.As(Role.Member, "Mia Member"), await company.As(Role.Member, "Otto Other"));
        var idea = new SuggestImprovement
        {
            Title = "Access that runs out by itself",
            ExpectedEffect = "The review takes less than one hour",
        };
        await company.Run<ImprovementProcess, SuggestImprovement, Done>(p => p.Suggest, idea, mia);
        Assert.Equal(
            "source",
            (
                await Assert.ThrowsAsync<InputInvalid>(() =>
                    company.Run<ImprovementProcess, SuggestImprovement, Done>(
                        p => p.Suggest,
                        idea with
                        {
                            Source = "AST-1",
                        },
                        mia
                    )
                )
            )
                .Errors[0]
                .Field
        );
        Assert.Single((await List(company, mia)).Items);
        Assert.Empty((await List(company, other)).Items);
        await Assert.ThrowsAsync<NotFound>(() =>
            company.Run<ImprovementProcess, OneRecord, ImprovementView>(
                p => p.Get,
                new OneRecord { Ref = "IMP-1" },
                other
            )
        );
        await NonconformityTests.Broken("improvements.complete.state", () => Complete(company, company.Owner));
        await Plan(company, "PER-3");
        await Assert.ThrowsAsync<NotFound>(() => Complete(company, mia));
        await Complete(company, other);
        Assert.Contains(
            await NonconformityTests.Tasks(company),
            t => t.Purpose == "evaluate" && t.SubjectRef == "IMP-1"
        );
        Assert.False(await NonconformityTests.Holds(company, "10.1", "improvements-evaluated"));
        company.Clock.Advance(TimeSpan.FromDays(14));
        await Evaluate(company);
        var view = (
            await company.Run<ImprovementProcess, OneRecord, ImprovementView>(
                p => p.Get,
                new OneRecord { Ref = "IMP-1" },
                mia
            )
        ).Row;
        Assert.Equal((ImprovementState.Evaluated, true, "Ada Acme"), (view.State, view.AsExpected, view.EvaluatedBy));
        Assert.True(await NonconformityTests.Holds(company, "10.1", "improvements-evaluated"));
        Assert.True(await NonconformityTests.Holds(company, "10.1", "improvements-recorded"));
        await NonconformityTests.Broken("improvements.evaluate.state", () => Evaluate(company));
        await NonconformityTests.Broken(
            "improvements.decline.state",
            () =>
                company.Run<ImprovementProcess, DeclineImprovement, Done>(
                    p => p.Decline,
                    new DeclineImprovement { Ref = "IMP-1", Reason = "Too late for that" }
                )
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_record_that_changes_because_of_an_action_is_connected_from_both_ends(string database)
    {
        await using var company = await Company.Found(database);
        await Learn(company, "Names of packages are guessed");
        await company.Run<LessonProcess, PlanCorrectiveAction, Done>(
            p => p.PlanAction,
            new PlanCorrectiveAction
            {
                Ref = "LES-1",
                Title = "Allow listed packages only",
                EffectSeenBy = "A guessed name fails the build",
                Owner = "PER-1",
                DueOn = new DateOnly(2026, 4, 1),
            }
        );
        var risk = await company.Run<RiskRegister, CreateRisk, Done>(
            p => p.Create,
            new CreateRisk
            {
                Title = "A package is not what it seems",
                Cause = "Names are guessed",
                Consequence = "The pipeline runs foreign code",
                Owner = "PER-1",
            }
        );
        await NewsTests.Assess(company, risk.Ref, "ACT-1");
        Assert.Equal(
            "becauseOf",
            (await Assert.ThrowsAsync<InputInvalid>(() => NewsTests.Assess(company, risk.Ref, "ACT-99")))
                .Errors[0]
                .Field
        );
        await Assert.ThrowsAsync<InputInvalid>(() =>
            company.Run<ActionProcess, LinkUpdate, Done>(
                p => p.Update,
                new LinkUpdate { Ref = "ACT-1", Updates = ["LES-1"] }
            )
        );
        var action = await company.Run<ActionProcess, OneRecord, CorrectiveActionView>(
            p => p.Get,
            new OneRecord { Ref = "ACT-1" }
        );
        Assert.Equal([risk.Ref], action.Updates.Select(u => u.Ref));
        var thread = await company.Run<ThreadProcess, OneThread, ThreadView>(
            p => p.Get,
            new OneThread { Ref = risk.Ref }
        );
        Assert.Contains(thread.Links, l => l is { Type: "learned-from", Outgoing: true, Ref: "ACT-1" });
        Assert.Contains(thread.Links, l => l is { Type: "updates", Outgoing: false, Ref: "ACT-1" });
        var training = await company.Do(
            "training.assign",
            new
            {
                course = "everyone",
                people = new[] { "PER-1" },
                reason = "The lesson about guessed packages",
                days = 14,
                because = "LES-1",
            }
        );
        Assert.Equal(1, ((Tally)training).Count);
        Assert.Equal(
            ["ACT-1", "TRN-1"],
            (await company.Run<LessonProcess, OneRecord, LessonView>(p => p.Get, new OneRecord { Ref = "LES-1" }))
                .LedTo.Select(r => r.Ref)
                .Order()
        );
    }

    private static async Task Learn(Company company, string title)
    {
        if (!await company.Read(async db => await Task.FromResult(db.Set<Asset>().Any())))
            await company.Run<AssetRegister, CreateAsset, Done>(
                p => p.Create,
                new CreateAsset { Name = "Weights bucket", Kind = "bucket" }
            );
        await company.Run<LessonProcess, CreateLesson, Done>(
            p => p.Create,
            new CreateLesson
            {
                Title = title,
                Text = "What happened here must not happen elsewhere.",
                Source = "AST-1",
            }
        );
    }

    private static Task<Done> Dismiss(Company company, string lesson, string reason) =>
        company.Run<LessonProcess, DismissLesson, Done>(
            p => p.Dismiss,
            new DismissLesson { Ref = lesson, Reason = reason }
        );

    private static Task<Page<ImprovementRow>> List(Company company, Caller who) =>
        company.Run<ImprovementProcess, ListImprovements, Page<ImprovementRow>>(
            p => p.List,
            new ListImprovements(),
            who
        );

    private static Task<Done> Plan(Company company, string owner) =>
        company.Run<ImprovementProcess, PlanImprovement, Done>(
            p => p.Plan,
            new PlanImprovement
            {
                Ref = "IMP-1",
                Owner = owner,
                DueOn = new DateOnly(2026, 6, 1),
            }
        );

    private static Task<Done> Complete(Company company, Caller who) =>
        company.Run<ImprovementProcess, CompleteImprovement, Done>(
            p => p.Complete,
            new CompleteImprovement { Ref = "IMP-1", Outcome = "Rights end after 30 days" },
            who
        );

    private static Task<Done> Evaluate(Company company) =>
        company.Run<ImprovementProcess, EvaluateImprovement, Done>(
            p => p.Evaluate,
            new EvaluateImprovement
            {
                Ref = "IMP-1",
                ObservedEffect = "25 minutes instead of two days",
                AsExpected = true,
            }
        );
}
