using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Moat.Isms.Controls;
using Moat.Isms.Evidence;
using Moat.Isms.Evidence.Checks;
using Moat.Isms.Evidence.Counting;
using Moat.Isms.Evidence.Grades;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Rules;
using Moat.Isms.Work;
using Moat.Knowledge;
using Moat.Knowledge.Checks;

namespace Moat.Isms.StatementOfApplicability;

/// <summary>What should flow from controls in operation (8.1, 9.1).</summary>
internal sealed class ControlFlowRules : IFlowRules
{
    private const int DaysToShow = 30;

    /// <inheritdoc />
    public IReadOnlyList<FlowRule> Rules { get; } =
    [
        new(
            "evidence-ended",
            "control-operation",
            "monitoring",
            "CTL",
            "A control that is in place shows evidence that still counts",
            "Add evidence",
            EvidenceEnded
        ),
        new(
            "control-claimed",
            "control-operation",
            "monitoring",
            "CTL",
            "A control that is claimed to be in place is shown within a month",
            "Add evidence that counts, or correct the claim",
            Claimed
        ),
        new(
            "control-step-overdue",
            "work",
            "control-operation",
            "TASK",
            "What has to be done for a control is done by its date",
            "Do it or move its date",
            (db, day) =>
                from task in db.Set<WorkItem>().OverdueOn(day)
                where
                    task.SubjectRef.StartsWith("CTL-")
                    || db.Links.Any(l =>
                        l.FromId == task.Id && l.Type == LinkTypes.Serves && l.ToKind == "CTL" && l.CreatedAt < day.End
                    )
                select new Broken
                {
                    Number = task.Number,
                    Title = task.Title,
                    On = task.DueOn,
                }
        ),
    ];

    // A control that had evidence once and has none that counts, unless a check shows it at work on that day.
    private static async Task<Breakage> EvidenceEnded(MoatDb db, FlowDay day, CancellationToken ct)
    {
        var shown = ShownUntil(db, day);
        var ended = await (
            from control in InPlace(db)
            let last = shown.Where(s => s.Control == control.Id).Max(s => (DateOnly?)s.Until)
            where last < day.On
            select new Candidate
            {
                Code = control.Code,
                Number = control.Number,
                Title = control.Title,
                On = last,
            }
        ).ToListAsync(ct);
        return await Unwatched(db, day, ended, ct);
    }

    // What somebody says and nothing shows. A control whose evidence ended is told by the rule above.
    private static async Task<Breakage> Claimed(MoatDb db, FlowDay day, CancellationToken ct)
    {
        var (counting, shown, since, isToday) = (
            CountingOn(db, day),
            ShownUntil(db, day),
            day.Ago(DaysToShow),
            day.On >= db.Today && day.Services is not null
        );
        var claimed = await (
            from control in InPlace(db)
            where (control.ClaimedSince ?? control.ChangedAt) < since && (isToday || !counting.Contains(control.Id))
            let last = shown.Where(s => s.Control == control.Id).Max(s => (DateOnly?)s.Until)
            where last == null || last >= day.On
            select new Candidate
            {
                Code = control.Code,
                Number = control.Number,
                Title = control.Title,
                At = control.ClaimedSince ?? control.ChangedAt,
            }
        ).ToListAsync(ct);
        // Of today it is known exactly, from every kind of evidence and Moat's own records; of a past day from what is
        // kept with its dates.
        if (!isToday)
            return await Unwatched(db, day, claimed, ct);
        var standings = await day.Services!.GetRequiredService<ControlCounting>().All(ct);
        return Named(claimed.Where(c => standings.GetValueOrDefault(c.Code)?.State == ControlState.Claimed));
    }

    /// <summary>
    /// The one place that says which controls evidence shows on a day: what is neither withdrawn nor past its validity,
    /// and more than a note or a link.
    /// </summary>
    private static IQueryable<Guid> CountingOn(MoatDb db, FlowDay day) =>
        from link in db.Links
        where link.Type == LinkTypes.Evidences
        join item in db.Set<EvidenceItem>() on link.FromId equals item.Id
        where
            item.Kind != EvidenceKind.Note
            && item.Kind != EvidenceKind.Link
            && item.ValidUntil >= day.On
            && (item.Kind != EvidenceKind.File || item.Size >= EvidenceGrading.LeastBytes)
            && item.CreatedAt < day.End
            && (item.WithdrawnAt == null || item.WithdrawnAt >= day.End)
        select link.ToId;

    private static IQueryable<Shown> ShownUntil(MoatDb db, FlowDay day) =>
        from link in db.Links
        where link.Type == LinkTypes.Evidences
        join item in db.Set<EvidenceItem>() on link.FromId equals item.Id
        where item.CreatedAt < day.End && (item.WithdrawnAt == null || item.WithdrawnAt >= day.End)
        select new Shown { Control = link.ToId, Until = item.ValidUntil };

    private static IQueryable<Control> InPlace(MoatDb db) =>
        db.Set<Control>()
            .Where(c =>
                c.Standing == Standing.Adopted
                && c.Applicability == Applicability.Applicable
                && c.Implementation == Implementation.Implemented
            );

    private static async Task<Breakage> Unwatched(MoatDb db, FlowDay day, List<Candidate> found, CancellationToken ct)
    {
        if (found.Count == 0)
            return new Breakage([], 0);
        var moment = CheckInterval.Milliseconds(day.End);
        var passing = await db.Set<CheckInterval>()
            .Where(i => i.Outcome == CheckOutcome.Passing && i.Since < moment && i.Until >= moment)
            .Select(i => i.Check)
            .Distinct()
            .ToListAsync(ct);
        var watched = KnowledgeBase
            .Shipped.Checks.Where(c => passing.Contains(c.Id))
            .SelectMany(c => c.Controls)
            .ToHashSet();
        return Named(found.Where(f => !watched.Contains(f.Code)));
    }

    private static Breakage Named(IEnumerable<Candidate> found) =>
        FlowRule.Of([
            .. found.Select(f => new Broken
            {
                Number = f.Number,
                Title = $"{f.Code} {f.Title}",
                On = f.On,
                At = f.At,
            }),
        ]);

    private sealed class Shown
    {
        public required Guid Control { get; init; }

        public required DateOnly Until { get; init; }
    }

    private sealed class Candidate
    {
        public required string Code { get; init; }

        public required int Number { get; init; }

        public required string Title { get; init; }

        public DateOnly? On { get; init; }

        public DateTime? At { get; init; }
    }
}
