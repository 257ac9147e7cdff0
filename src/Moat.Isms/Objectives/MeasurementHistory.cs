using System.Globalization;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Registers;

namespace Moat.Isms.Objectives;

/// <summary>The numbers of objectives, and what was made of them.</summary>
internal sealed class MeasurementHistory : RegisterHistory
{
    /// <inheritdoc />
    public override string Register => "objectives";

    /// <inheritdoc />
    public override async Task<IReadOnlyList<TableSheet>> Sheets(IRegisterSource source, CancellationToken ct) =>
        [await Measurements(source, ct), await Evaluations(source, ct)];

    private static Task<TableSheet> Measurements(IRegisterSource source, CancellationToken ct)
    {
        var query =
            from m in source.Of<Measurement>()
            join o in source.Of<Objective>() on m.ObjectiveId equals o.Id
            orderby o.Number, m.To descending, m.CreatedAt descending, m.Id
            select new { Objective = o, Entry = m };
        return Sheet(
            source,
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
            ],
            query,
            r => Measured(r.Objective, r.Entry),
            ct
        );
    }

    private static Task<TableSheet> Evaluations(IRegisterSource source, CancellationToken ct)
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
        return Sheet(
            source,
            "Evaluations",
            ["Objective", "Title", "On", "By", "What the numbers told", "Conclusion", "Target before", "Target after"],
            query,
            r => [$"OBJ-{r.Number}", r.Title, r.On, r.By, r.Text, r.Conclusion.Words(), r.TargetBefore, r.Target, r.Id],
            ct
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
}
