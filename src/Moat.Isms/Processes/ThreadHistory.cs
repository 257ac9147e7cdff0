using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;

namespace Moat.Isms.Processes;

/// <summary>Reads a record's history out of the journal.</summary>
public sealed class ThreadHistory(MoatDb db)
{
    private const int MostEvents = 50;

    /// <summary>The last changes of a record, the latest first.</summary>
    public async Task<IReadOnlyList<ThreadEvent>> Of(Referenced record, CancellationToken ct)
    {
        var id = record.Id.ToString("D", CultureInfo.InvariantCulture);
        var entries = await db.EntriesOf(record.Ref)
            .OrderByDescending(e => e.Sequence)
            .Take(MostEvents)
            .ToListAsync(ct);
        return
        [
            .. from entry in entries
            let change = JsonNode.Parse(entry.Changes)!.AsArray().FirstOrDefault(c => (string?)c!["id"] == id)
            where change is not null
            select new ThreadEvent(
                entry.Sequence,
                entry.At,
                entry.Actor,
                entry.Operation,
                entry.Reason,
                [
                    .. change["fields"]!
                        .AsObject()
                        .Where(f => !(f.Value![0] is null && f.Value[1] is null))
                        .Select(f => new FieldChange(f.Key, f.Value![0]?.ToString(), f.Value[1]?.ToString())),
                ]
            ),
        ];
    }
}
