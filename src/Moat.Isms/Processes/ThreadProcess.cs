using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.Processes.Threads;
using Moat.Knowledge;

namespace Moat.Isms.Processes;

/// <summary>One connection of a record.</summary>
/// <param name="Type">What it means.</param>
/// <param name="Outgoing">Whether it starts at the record.</param>
/// <param name="Ref">The other record.</param>
/// <param name="Process">The register of that record.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Since">When they were connected.</param>
/// <param name="ClaimedBy">Who tied them by hand; null where an operation connected them while it did
/// something.</param>
public sealed record ThreadLink(
    string Type,
    bool Outgoing,
    string Ref,
    string Process,
    string Title,
    DateTime Since,
    string? ClaimedBy
);

/// <summary>What happened to a record and what it is connected with.</summary>
/// <param name="Ref">The record.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Events">What happened to it, the latest first.</param>
/// <param name="Links">Its direct connections.</param>
/// <param name="Walk">The whole thread, upstream and downstream, where it was asked for.</param>
public sealed record ThreadView(
    string Ref,
    string Title,
    IReadOnlyList<ThreadEvent> Events,
    IReadOnlyList<ThreadLink> Links,
    ThreadWalk? Walk
);

/// <summary>One step in a record's history.</summary>
public sealed record ThreadEvent(
    long Sequence,
    DateTime At,
    string Actor,
    string Operation,
    string? Reason,
    IReadOnlyList<FieldChange> Fields
);

/// <summary>A field before and after.</summary>
public sealed record FieldChange(string Field, string? Before, string? After);

/// <summary>A typed connection between two records.</summary>
public sealed record ConnectRecords
{
    /// <summary>The record it starts at, such as RISK-2.</summary>
    [MaxLength(80)]
    public required string From { get; init; }

    /// <summary>What it means, such as learned-from.</summary>
    [MaxLength(40)]
    public required string Type { get; init; }

    /// <summary>The record it ends at.</summary>
    [MaxLength(80)]
    public required string To { get; init; }
}

/// <summary>The thread: what connects records across processes, and what happened to each (clause 4.4).</summary>
[Process("thread", "What connects a record with others, and what happened to it (4.4).")]
public sealed class ThreadProcess(
    MoatDb db,
    RecordFinder records,
    ThreadHistory history,
    ThreadWalker walker,
    HandTied hand,
    KnowledgeBase knowledge
)
{
    /// <summary>History, connections and the whole thread of a record.</summary>
    [Query("get", Permission.ReadIsms, "History, connections and the whole thread of any record")]
    public Task<ThreadView> Get(OneThread input, CancellationToken ct) =>
        db.Unchanged((nameof(Get), input.Ref, input.Walk, db.Viewer), () => Read(input, ct), ct);

    private async Task<ThreadView> Read(OneThread input, CancellationToken ct)
    {
        var record = await records.One(input.Ref, ct);
        var links = await db
            .Links.Where(l => l.FromId == record.Id || l.ToId == record.Id)
            .OrderByDescending(l => l.CreatedAt)
            .Take(200)
            .ToListAsync(ct);
        var tied = await hand.Ids(ct);
        var others = await records.ByKindAndId(
            links.Select(l => l.FromId == record.Id ? (l.ToKind, l.ToId) : (l.FromKind, l.FromId)),
            ct
        );
        return new ThreadView(
            record.Ref,
            record.Caption,
            await history.Of(record, ct),
            [
                .. from link in links
                let outgoing = link.FromId == record.Id
                let other = others.GetValueOrDefault(outgoing ? link.ToId : link.FromId)
                where other is not null
                select new ThreadLink(
                    link.Type,
                    outgoing,
                    other.Ref,
                    RecordKind.Of(other.GetType()).Process,
                    other.Caption,
                    link.CreatedAt,
                    tied.Contains(link.Id) ? link.ChangedBy : null
                ),
            ],
            input.Walk ? await walker.From(record, ct) : null
        );
    }

    /// <summary>The whole thread of a record.</summary>
    [Query(
        "walk",
        Permission.ReadIsms,
        "Walk the whole thread of a record: what it came from and what came of it, with dates and people"
    )]
    public Task<ThreadWalk> Walk(OneRecord input, CancellationToken ct) =>
        db.Unchanged(
            (nameof(Walk), input.Ref, db.Viewer),
            async () => await walker.From(await records.One(input.Ref, ct), ct),
            ct
        );

    /// <summary>Connects two records by hand.</summary>
    [Operation(
        "connect",
        Permission.EditRisks,
        "Tie two records together as a claim of your own: caused-by, learned-from, serves or depends-on"
    )]
    public async Task<Tally> Connect(ConnectRecords input, CancellationToken ct)
    {
        var types = knowledge.HandTies.Select(t => t.Type).Distinct().ToList();
        if (!types.Contains(input.Type))
            throw new InputInvalid("type", $"One of: {string.Join(", ", types)}.");
        var (from, to) = (await records.One(input.From, ct), await records.One(input.To, ct));
        if (from.Id == to.Id)
            throw new InputInvalid("to", "A record is not connected with itself.");
        MustMean(from, input.Type, to);
        return new Tally(await db.Connect(from, input.Type, to, ct, Link.ByHand) is null ? 0 : 1, []);
    }

    private void MustMean(Referenced from, string type, Referenced to)
    {
        var (start, end) = (RecordKind.Of(from.GetType()).Prefix, RecordKind.Of(to.GetType()).Prefix);
        if (knowledge.HandTies.Any(t => t.Type == type && t.From.Contains(start) && t.To.Contains(end)))
            return;
        var says = LinkWords.Says(type, outgoing: true);
        var possible = Kinds(
            knowledge.HandTies.Where(t => t.Type == type && t.From.Contains(start)).SelectMany(t => t.To)
        );
        var other = knowledge
            .HandTies.Where(t => t.From.Contains(start) && t.To.Contains(end))
            .Select(t => t.Type)
            .Distinct()
            .ToList();
        throw new RuleBroken(
            "thread.connect.pair",
            $"“{from.Ref} {says} {to.Ref}” would mean nothing. "
                + (
                    possible.Length > 0
                        ? $"{start} {says}: {possible}. "
                        : $"Nothing starts with {start} there; what {says} something is {Kinds(knowledge.HandTies.Where(t => t.Type == type).SelectMany(t => t.From))}. "
                )
                + (
                    other.Count > 0
                        ? $"Between the two you can say: {string.Join(", ", other)}."
                        : "The two are not tied by hand; an operation connects them when it does something."
                )
        );
    }

    private static string Kinds(IEnumerable<string> prefixes) =>
        string.Join(", ", prefixes.Distinct().Order(StringComparer.Ordinal));
}
