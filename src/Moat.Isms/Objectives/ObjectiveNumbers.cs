using Microsoft.EntityFrameworkCore;
using Moat.Isms.AccessReviews;
using Moat.Isms.Controls;
using Moat.Isms.Evidence.Checks;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Isms.Work;
using Moat.Knowledge.Checks;

namespace Moat.Isms.Objectives;

/// <summary>Tasks that are late.</summary>
public sealed class OverdueTasksNumber(MoatDb db) : IObjectiveNumber
{
    /// <inheritdoc />
    public string Name => "tasks-overdue";

    /// <inheritdoc />
    public string Counts => "Open tasks that are overdue";

    /// <inheritdoc />
    public int Days => 0;

    /// <inheritdoc />
    public async Task<decimal?> Take(CancellationToken ct)
    {
        var today = db.Today;
        return await db.Set<WorkItem>().CountAsync(t => t.State == WorkState.Open && t.DueOn < today, ct);
    }
}

/// <summary>Checks that fail.</summary>
public sealed class FailingChecksNumber(CheckReading checks) : IObjectiveNumber
{
    /// <inheritdoc />
    public string Name => "checks-failing";

    /// <inheritdoc />
    public string Counts => "Resources under a check that fails";

    /// <inheritdoc />
    public int Days => 0;

    /// <inheritdoc />
    public async Task<decimal?> Take(CancellationToken ct) =>
        (await checks.Counts(ct)).Values.Sum(c => c.GetValueOrDefault(CheckOutcome.Failing));
}

/// <summary>Controls that are done.</summary>
public sealed class ImplementedControlsNumber(MoatDb db) : IObjectiveNumber
{
    /// <inheritdoc />
    public string Name => "controls-implemented";

    /// <inheritdoc />
    public string Counts => "Applicable controls that are implemented, in per cent";

    /// <inheritdoc />
    public int Days => 0;

    /// <inheritdoc />
    public async Task<decimal?> Take(CancellationToken ct)
    {
        var applicable = db.Set<Control>()
            .Where(c => c.Standing == Standing.Adopted && c.Applicability == Applicability.Applicable);
        if (await applicable.CountAsync(ct) is not (> 0 and var all))
            return null;
        return Math.Round(
            100m * await applicable.CountAsync(c => c.Implementation == Implementation.Implemented, ct) / all,
            4
        );
    }
}

/// <summary>Accounts of people who left.</summary>
public sealed class LeaversWithAccessNumber(MoatDb db) : IObjectiveNumber
{
    /// <inheritdoc />
    public string Name => "leavers-with-access";

    /// <inheritdoc />
    public string Counts => "People who left and still have an account here";

    /// <inheritdoc />
    public int Days => 0;

    /// <inheritdoc />
    public async Task<decimal?> Take(CancellationToken ct)
    {
        var today = db.Today;
        return await db.Set<Membership>()
            .CountAsync(
                m =>
                    m.RevokedAt == null
                    && db.Set<Person>().Any(p => p.Id == m.PersonId && p.LeftOn != null && p.LeftOn < today),
                ct
            );
    }
}

/// <summary>Access reviews that were finished by their day: their last access was decided by then.</summary>
public sealed class PunctualAccessReviewsNumber(MoatDb db) : IObjectiveNumber
{
    /// <inheritdoc />
    public string Name => "access-reviews-on-time";

    /// <inheritdoc />
    public string Counts => "Access reviews due in the last year that were finished by their date, in per cent";

    /// <inheritdoc />
    public int Days => 365;

    /// <inheritdoc />
    public async Task<decimal?> Take(CancellationToken ct)
    {
        var (begin, today) = (db.Today.AddDays(-Days), db.Today);
        var decided = await (
            from review in db.Set<AccessReview>()
            where review.DueOn >= begin && review.DueOn < today
            select new
            {
                review.DueOn,
                review.State,
                At = db.Set<AccessReviewItem>().Where(i => i.ReviewId == review.Id).Max(i => i.DecidedAt),
            }
        ).ToListAsync(ct);
        if (decided.Count == 0)
            return null;
        var punctual = decided.Count(r =>
            r.State != AccessReviewState.Open && (r.At is not { } at || DateOnly.FromDateTime(at) <= r.DueOn)
        );
        return Math.Round(100m * punctual / decided.Count, 4);
    }
}
