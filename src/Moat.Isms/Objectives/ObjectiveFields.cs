using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Documents;
using Moat.Isms.Kernel;
using Moat.Knowledge.Documents;

namespace Moat.Isms.Objectives;

/// <summary>What documents say of objectives (6.2).</summary>
public sealed class ObjectiveFields(MoatDb db) : IDocumentFieldSource
{
    /// <inheritdoc />
    public async Task Fill(DocumentFields fields, DocumentNames names, CancellationToken ct)
    {
        var objectives = await db.Set<Objective>()
            .Where(o => o.Standing == Standing.Adopted)
            .OrderBy(o => o.Number)
            .Take(IDocumentFieldSource.MostRows)
            .ToListAsync(ct);
        fields.Set(
            "objectives",
            objectives
                .Where(o => o.DroppedOn is null)
                .Select(o =>
                    (string[])
                        [
                            o.Title,
                            o.Metric,
                            $"{(o.Comparator == Comparator.AtLeast ? "at least" : "at most")} {o.Target.ToString("0.##", CultureInfo.InvariantCulture)} {o.Unit}",
                            o.Period,
                            names.Name(o.OwnerId, o.Title),
                            o.Plan,
                            DocumentWords.Day(o.DueOn, "no date yet"),
                        ]
                )
        );
    }
}
