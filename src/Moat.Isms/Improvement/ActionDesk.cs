using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Isms.Work;

namespace Moat.Isms.Improvement;

/// <summary>Plans corrective actions and follows them: their tasks, and the state of what they correct.</summary>
public sealed class ActionDesk(MoatDb db, CurrentCaller caller, WorkList work, ImprovementDesk desk)
{
    private const string Doing = "act";
    internal const string Verifying = "verify";
    private const int DaysUntilEffect = 30;
    private const int DaysToVerify = 14;

    /// <summary>Plans an action for a nonconformity or a lesson.</summary>
    public async Task<CorrectiveAction> Plan(Referenced subject, PlanCorrectiveAction input, CancellationToken ct)
    {
        var verifyFrom = input.VerifyFrom ?? input.DueOn.AddDays(DaysUntilEffect);
        if (input.DueOn < db.Today)
            throw new InputInvalid("dueOn", "This day is over.");
        if (verifyFrom < input.DueOn)
            throw new InputInvalid("verifyFrom", "An effect cannot be seen before the action is due.");
        var action = await db.Enter(
            new CorrectiveAction
            {
                Title = input.Title,
                EffectSeenBy = input.EffectSeenBy,
                NonconformityId = (subject as Nonconformity)?.Id,
                Round = (subject as Nonconformity)?.Round ?? 1,
                LessonId = (subject as Lesson)?.Id,
                OwnerId = (await db.One<Person>(input.Owner, ct)).Id,
                DueOn = input.DueOn,
                VerifyFrom = verifyFrom,
            },
            ct
        );
        await db.Connect(action, subject is Nonconformity ? LinkTypes.Corrects : LinkTypes.LearnedFrom, subject, ct);
        await Follow(action, ct);
        return action;
    }

    /// <summary>Keeps its tasks as its state asks, and takes what it corrects along.</summary>
    public async Task Follow(CorrectiveAction action, CancellationToken ct)
    {
        if (action.State == ActionState.Planned)
            await work.Ensure(
                action,
                Doing,
                $"{action.Ref}: {action.Title}".Cut(300),
                $"It removes a cause. Its effect will be seen by: {action.EffectSeenBy}".Cut(1000),
                action.OwnerId,
                action.DueOn,
                ct
            );
        else
            await work.Settle(action, Doing, $"{action.State.Words()}.", ct);
        if (action.State == ActionState.Done)
            await work.Ensure(
                action,
                Verifying,
                $"See whether {action.Ref} works: {action.Title}".Cut(300),
                $"Somebody else than {action.DoneBy} looks, from {action.VerifyFrom:yyyy-MM-dd} on: {action.EffectSeenBy}".Cut(
                    1000
                ),
                await Verifier(action, ct),
                action.VerifyFrom.AddDays(DaysToVerify),
                ct
            );
        else
            await work.Settle(action, Verifying, $"{action.State.Words()}.", ct);
        if (
            await db.Set<Nonconformity>().FirstOrDefaultAsync(n => n.Id == action.NonconformityId, ct) is
            { } nonconformity
        )
            await Follow(nonconformity, ct);
    }

    /// <summary>Takes the state of a nonconformity from its actions.</summary>
    public async Task Follow(Nonconformity nonconformity, CancellationToken ct)
    {
        await db.Flush(ct);
        var actions = await db.Set<CorrectiveAction>()
            .Where(a => a.NonconformityId == nonconformity.Id)
            .ToListAsync(ct);
        nonconformity.Follow(actions, db.Today, caller.Value.Name);
        await desk.AskForCause(nonconformity, ct);
    }

    /// <summary>Actions as people read them.</summary>
    internal Expression<Func<CorrectiveAction, CorrectiveActionRow>> Rows()
    {
        var (people, nonconformities, lessons) = (db.Set<Person>(), db.Set<Nonconformity>(), db.Set<Lesson>());
        return a => new CorrectiveActionRow(
            "ACT-" + a.Number,
            a.Version,
            a.Title,
            a.State,
            a.NonconformityId != null
                ? nonconformities.Where(n => n.Id == a.NonconformityId).Select(n => "NC-" + n.Number).FirstOrDefault()
                : lessons.Where(l => l.Id == a.LessonId).Select(l => "LES-" + l.Number).FirstOrDefault(),
            a.NonconformityId != null
                ? nonconformities.Where(n => n.Id == a.NonconformityId).Select(n => n.Title).FirstOrDefault()
                : lessons.Where(l => l.Id == a.LessonId).Select(l => l.Title).FirstOrDefault(),
            a.Round,
            people.Where(p => p.Id == a.OwnerId).Select(p => "PER-" + p.Number).FirstOrDefault(),
            people.Where(p => p.Id == a.OwnerId).Select(p => p.Name).FirstOrDefault(),
            a.DueOn,
            a.VerifyFrom,
            a.DoneOn,
            a.DoneBy,
            a.VerifiedOn,
            a.VerifiedBy
        );
    }

    /// <summary>
    /// Whoever sees the nonconformity through, if that is somebody else than who did it; otherwise the managers decide
    /// who.
    /// </summary>
    private async Task<Guid?> Verifier(CorrectiveAction action, CancellationToken ct)
    {
        var owner = await db.Set<Nonconformity>()
            .Where(n => n.Id == action.NonconformityId)
            .Select(n => n.OwnerId)
            .FirstOrDefaultAsync(ct);
        return owner == action.OwnerId || owner == action.DoneById ? null : owner;
    }
}
