using System.Globalization;
using Moat.Isms.Evidence.Checks;
using Moat.Isms.Evidence.Collectors;
using Moat.Isms.Evidence.Facts;
using Moat.Isms.Kernel;
using Moat.Isms.Looks;
using Moat.Isms.Objectives;
using Moat.Isms.People;
using Moat.Isms.Reviews;
using Moat.Reports.Documents;

namespace Moat.Reports;

/// <summary>
/// What happened to the records of a register over time and has no reference of its own: the numbers of objectives and
/// what was made of them, from when to when checks passed, runs of collectors, timelines of incidents. An auditor
/// samples from these. Where a sheet would grow too long, the newest are in it.
/// </summary>
public sealed class RegisterHistory(IRegisterSource source)
{
    private const int Most = RegisterTable.MostRows;

    private readonly AuditHistory _audits = new(source);
    private readonly IncidentHistory _incidents = new(source);

    /// <summary>The further sheets of a register; none for most.</summary>
    public async Task<IReadOnlyList<TableSheet>> Of(string register, CancellationToken ct) =>
        register switch
        {
            "objectives" => [await Measurements(ct), await Evaluations(ct)],
            "checks" => [await Intervals(ct)],
            "collectors" => [await Runs(ct)],
            "incidents" => [await _incidents.Timeline(ct), await _incidents.Custody(ct)],
            "reviews" => [await Conclusions(ct), await Decisions(ct)],
            "audits" => [await _audits.Programme(ct), await _audits.Checklists(ct)],
            "scope" => [await Looks(ct)],
            "samples" => [await _audits.Members(ct)],
            "requests" => [await _audits.Answers(ct)],
            _ => [],
        };

    private async Task<TableSheet> Measurements(CancellationToken ct)
    {
        var query =
            from m in source.Of<Measurement>()
            join o in source.Of<Objective>() on m.ObjectiveId equals o.Id
            orderby o.Number, m.To descending, m.CreatedAt descending, m.Id
            select new { Objective = o, Entry = m };
        var rows = await source.List(query.Take(Most), ct);
        return new TableSheet(
            "Measurements",
            [
                "Objective",
                "Title",
                "From",
                "To",
                "Value",
                "Unit",
                "Wanted then",
                "Taken By",
                "Note",
                "Entered",
                "Withdrawn because",
                RegisterSheets.Record,
            ],
            [.. rows.Select(r => Measured(r.Objective, r.Entry))]
        );
    }

    private static IReadOnlyList<object?> Measured(Objective objective, Measurement entry) =>
        [
            objective.Ref,
            objective.Title,
            entry.From,
            entry.To,
            entry.Value,
            objective.Unit,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{objective.Comparator.Words()} {entry.Target ?? objective.Target:0.####}"
            ),
            entry.TakenBy,
            entry.Note,
            entry.CreatedAt,
            entry.WithdrawnBecause,
            entry.Id,
        ];

    private async Task<TableSheet> Evaluations(CancellationToken ct)
    {
        var query =
            from e in source.Of<ObjectiveEvaluation>()
            join o in source.Of<Objective>() on e.ObjectiveId equals o.Id
            orderby o.Number, e.On descending, e.Id
            select new
            {
                o.Number,
                o.Title,
                e.On,
                e.By,
                e.Text,
                e.Conclusion,
                e.TargetBefore,
                e.Target,
                e.Id,
            };
        var rows = await source.List(query.Take(Most), ct);
        return new TableSheet(
            "Evaluations",
            [
                "Objective",
                "Title",
                "On",
                "By",
                "What the numbers told",
                "Conclusion",
                "Target before",
                "Target after",
                RegisterSheets.Record,
            ],
            [
                .. rows.Select(r =>
                    (IReadOnlyList<object?>)
                        [
                            $"OBJ-{r.Number}",
                            r.Title,
                            r.On,
                            r.By,
                            r.Text,
                            r.Conclusion.Words(),
                            r.TargetBefore,
                            r.Target,
                            r.Id,
                        ]
                ),
            ]
        );
    }

    private async Task<TableSheet> Intervals(CancellationToken ct)
    {
        var query =
            from i in source.Of<CheckInterval>()
            join r in source.Of<Resource>() on i.ResourceId equals r.Id
            orderby i.Since descending, i.Id
            select new
            {
                i.Check,
                r.Number,
                r.Name,
                i.Outcome,
                i.Since,
                i.Until,
                i.Detail,
                i.Id,
            };
        var rows = await source.List(query.Take(Most), ct);
        var now = CheckInterval.Milliseconds(source.Now);
        return new TableSheet(
            "Intervals",
            ["Check", "Resource", "Name", "Outcome", "Since", "Until", "Hours", "Detail", RegisterSheets.Record],
            [
                .. rows.Select(r =>
                    (IReadOnlyList<object?>)
                        [
                            r.Check,
                            $"RES-{r.Number}",
                            r.Name,
                            r.Outcome.Words(),
                            CheckInterval.Moment(r.Since),
                            r.Until == CheckInterval.Open ? null : CheckInterval.Moment(r.Until),
                            Math.Round((Math.Min(r.Until, now) - r.Since) / 3_600_000m, 2),
                            r.Detail,
                            r.Id,
                        ]
                ),
            ]
        );
    }

    private async Task<TableSheet> Looks(CancellationToken ct)
    {
        var rows = await source.List(
            source.Of<Look>().OrderByDescending(l => l.CreatedAt).ThenBy(l => l.Id).Take(Most),
            ct
        );
        return new TableSheet(
            "Looked at again",
            ["Looked at", "On", "By", "Why it is still true", RegisterSheets.Record],
            [.. rows.Select(r => (IReadOnlyList<object?>)[r.SubjectRef, r.On, r.By, r.Because, r.Id])]
        );
    }

    private async Task<TableSheet> Conclusions(CancellationToken ct)
    {
        var query =
            from c in source.Of<ReviewConclusion>()
            join r in source.Of<ManagementReview>() on c.ReviewId equals r.Id
            orderby r.Number descending, c.Topic, c.Id
            select new
            {
                r.Number,
                r.Title,
                c.Topic,
                c.Text,
                c.By,
                c.Id,
            };
        var rows = await source.List(query.Take(Most), ct);
        return new TableSheet(
            "Conclusions",
            ["Review", "Title", "Topic", "Conclusion", "By", RegisterSheets.Record],
            [.. rows.Select(r => (IReadOnlyList<object?>)[$"MREV-{r.Number}", r.Title, r.Topic, r.Text, r.By, r.Id])]
        );
    }

    private async Task<TableSheet> Decisions(CancellationToken ct)
    {
        var query =
            from d in source.Of<ReviewDecision>()
            join r in source.Of<ManagementReview>() on d.ReviewId equals r.Id
            join person in source.Of<Person>() on d.OwnerId equals person.Id into owners
            from owner in owners.DefaultIfEmpty()
            orderby r.Number descending, d.Position, d.Id
            select new
            {
                r.Number,
                Decision = d,
                Owner = owner == null ? null : owner.Name,
            };
        var rows = await source.List(query.Take(Most), ct);
        return new TableSheet(
            "Decisions",
            ["Review", "Position", "Kind", "Decision", "Why", "Owner", "Due", "Became", RegisterSheets.Record],
            [
                .. rows.Select(r =>
                    (IReadOnlyList<object?>)
                        [
                            $"MREV-{r.Number}",
                            r.Decision.Position,
                            r.Decision.Kind.Words(),
                            r.Decision.Text,
                            r.Decision.Reason,
                            r.Owner,
                            r.Decision.DueOn,
                            r.Decision.ResultRef,
                            r.Decision.Id,
                        ]
                ),
            ]
        );
    }

    private async Task<TableSheet> Runs(CancellationToken ct)
    {
        var query =
            from run in source.Of<CollectorRun>()
            join s in source.Of<CollectorSource>() on run.SourceId equals s.Id
            orderby run.StartedAt descending, run.Id
            select new
            {
                s.Number,
                s.Name,
                Run = run,
            };
        var rows = await source.List(query.Take(Most), ct);
        return new TableSheet(
            "Runs",
            [
                "Source",
                "Name",
                "Started",
                "Ended",
                "Outcome",
                "Resources",
                "Discovered",
                "Changed",
                "Gone",
                "Message",
                "Not read",
                RegisterSheets.Record,
            ],
            [
                .. rows.Select(r =>
                    (IReadOnlyList<object?>)
                        [
                            $"SRC-{r.Number}",
                            r.Name,
                            r.Run.StartedAt,
                            r.Run.EndedAt,
                            r.Run.Outcome.Words(),
                            r.Run.Resources,
                            r.Run.Discovered,
                            r.Run.Changed,
                            r.Run.Gone,
                            r.Run.Message,
                            string.Join("; ", r.Run.Missing),
                            r.Run.Id,
                        ]
                ),
            ]
        );
    }
}
