using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.Processes.Threads;

namespace Moat.Isms.Processes;

/// <summary>One connection of a record.</summary>
public sealed record ThreadLink(string Type, bool Outgoing, string Ref, string Process, string Title, DateTime Since);

/// <summary>What happened to a record and what it is connected with.</summary>
/// <param name="Ref">The record.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Events">What happened to it, the latest first.</param>
/// <param name="Links">Its direct connections.</param>
/// <param name="Walk">The whole thread, upstream and downstream, where it was asked for.</param>
public sealed record ThreadView(string Ref, string Title, IReadOnlyList<ThreadEvent> Events, IReadOnlyList<ThreadLink> Links, ThreadWalk? Walk);

/// <summary>One step in a record's history.</summary>
public sealed record ThreadEvent(long Sequence, DateTime At, string Actor, string Operation, string? Reason, IReadOnlyList<FieldChange> Fields);

/// <summary>A field before and after.</summary>
public sealed record FieldChange(string Field, string? Before, string? After);

/// <summary>A typed connection between two records.</summary>
public sealed record ConnectRecords
{
    /// <summary>The record it starts at, such as RISK-2.</summary>
    [MaxLength(80)] public required string From { get; init; }

    /// <summary>What it means, such as learned-from.</summary>
    [MaxLength(40)] public required string Type { get; init; }

    /// <summary>The record it ends at.</summary>
    [MaxLength(80)] public required string To { get; init; }
}

/// <summary>The thread: what connects records across processes, and what happened to each (clause 4.4).</summary>
[Process("thread", "What connects a record with others, and what happened to it (4.4).")]
public sealed class ThreadProcess(MoatDb db, RecordFinder records, ThreadHistory history, ThreadWalker walker)
{
    private static readonly string[] ByHand = [LinkTypes.CausedBy, LinkTypes.LearnedFrom, LinkTypes.Serves, LinkTypes.DependsOn];

    /// <summary>History, connections and the whole thread of a record.</summary>
    [Query("get", Permission.ReadIsms, "History, connections and the whole thread of any record")]
    public async Task<ThreadView> Get(OneThread input, CancellationToken ct)
    {
        var record = await records.One(input.Ref, ct);
        var links = await db.Links.Where(l => l.FromId == record.Id || l.ToId == record.Id)
            .OrderByDescending(l => l.CreatedAt).Take(200).ToListAsync(ct);
        var others = await records.ByKindAndId(links.Select(l => l.FromId == record.Id ? (l.ToKind, l.ToId) : (l.FromKind, l.FromId)), ct);
        return new ThreadView(
            record.Ref, record.Caption, await history.Of(record, ct),
            [.. from link in links
                let outgoing = link.FromId == record.Id
                let other = others.GetValueOrDefault(outgoing ? link.ToId : link.FromId)
                where other is not null
                select new ThreadLink(link.Type, outgoing, other.Ref, RecordKind.Of(other.GetType()).Process, other.Caption, link.CreatedAt)],
            input.Walk ? await walker.From(record, ct) : null);
    }

    /// <summary>The whole thread of a record.</summary>
    [Query("walk", Permission.ReadIsms, "Walk the whole thread of a record: what it came from and what came of it, with dates and people")]
    public async Task<ThreadWalk> Walk(OneRecord input, CancellationToken ct) => await walker.From(await records.One(input.Ref, ct), ct);

    /// <summary>Connects two records.</summary>
    [Operation("connect", Permission.EditRisks, "Connect two records: caused-by, learned-from, serves or depends-on")]
    public async Task<Tally> Connect(ConnectRecords input, CancellationToken ct)
    {
        if (!ByHand.Contains(input.Type)) throw new InputInvalid("type", $"One of: {string.Join(", ", ByHand)}.");
        var (from, to) = (await records.One(input.From, ct), await records.One(input.To, ct));
        if (from.Id == to.Id) throw new InputInvalid("to", "A record is not connected with itself.");
        return new Tally(await db.Connect(from, input.Type, to, ct) is null ? 0 : 1, []);
    }
}
