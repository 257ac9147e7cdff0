using Microsoft.EntityFrameworkCore;

namespace Moat.Isms.Kernel;

/// <summary>Connects a record with these and no others of the same meaning.</summary>
internal static class OnlyLinks
{
    /// <summary>From a record to these only.</summary>
    public static async Task ConnectOnly(
        this MoatDb db,
        Referenced from,
        string type,
        IReadOnlyCollection<Referenced> to,
        CancellationToken ct
    )
    {
        var links = await db.Links.Where(l => l.FromId == from.Id && l.Type == type).ToListAsync(ct);
        db.RemoveRange(links.Where(l => to.All(t => t.Id != l.ToId)));
        foreach (var record in to)
            await db.Connect(from, type, record, ct);
    }

    /// <summary>From these only to a record.</summary>
    public static async Task ConnectOnly(
        this MoatDb db,
        IReadOnlyCollection<Referenced> from,
        string type,
        Referenced to,
        CancellationToken ct
    )
    {
        var links = await db.Links.Where(l => l.ToId == to.Id && l.Type == type).ToListAsync(ct);
        db.RemoveRange(links.Where(l => from.All(f => f.Id != l.FromId)));
        foreach (var record in from)
            await db.Connect(record, type, to, ct);
    }
}
