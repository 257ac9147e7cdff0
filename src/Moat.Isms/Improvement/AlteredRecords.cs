using Microsoft.EntityFrameworkCore;
using Moat.Isms.Controls;
using Moat.Isms.Kernel;

namespace Moat.Isms.Improvement;

/// <summary>Keeps which records an action, an improvement or a change altered.</summary>
public sealed class AlteredRecords(MoatDb db, RecordFinder records)
{
    private static readonly HashSet<string> Alterable =
    [
        "DOC",
        "VER",
        "CTL",
        "CHK",
        "RISK",
        "TRN",
        "AST",
        "OBJ",
        "SUP",
        "SRC",
        "RES",
        "ROLE",
        "SCP",
        "METH",
        "SOA",
        "COM",
        "OUT",
        "PROG",
        "CAD",
    ];

    /// <summary>Notes what was altered; controls may be named by their code.</summary>
    public async Task Note(Referenced by, IReadOnlyList<string> references, CancellationToken ct)
    {
        foreach (var reference in references)
        {
            var record =
                await db.Set<Control>().FirstOrDefaultAsync(c => c.Code == reference, ct)
                ?? await records.One(reference, ct);
            var kind = RecordKind.Of(record.GetType()).Prefix;
            if (!Alterable.Contains(kind))
                throw new InputInvalid(
                    "updates",
                    $"{reference} is nothing that an action alters. Name documents, controls, checks, risks, courses or assets."
                );
            await db.Connect(by, LinkTypes.Updates, record, ct);
        }
    }

    /// <summary>What a record altered, or what shows its effect.</summary>
    internal async Task<IReadOnlyList<Related>> Linked(Guid id, string type, bool outgoing, CancellationToken ct)
    {
        var links = await db
            .Links.Where(l => l.Type == type && (outgoing ? l.FromId == id : l.ToId == id))
            .OrderBy(l => l.CreatedAt)
            .Take(50)
            .ToListAsync(ct);
        var found = await records.ByKindAndId(
            links.Select(l => outgoing ? (l.ToKind, l.ToId) : (l.FromKind, l.FromId)),
            ct
        );
        return
        [
            .. links
                .Select(l => found.GetValueOrDefault(outgoing ? l.ToId : l.FromId))
                .OfType<Referenced>()
                .Select(r => new Related(r.Ref, r.Caption, "")),
        ];
    }
}
