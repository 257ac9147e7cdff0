using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Documents;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Remembering;
using Moat.Isms.Kernel.Rules;
using Moat.Isms.Processes.Threads;

namespace Moat.Isms.Processes;

/// <summary>
/// Improving means a change that the journal shows. A link says that an action, improvement, lesson, finding, incident,
/// review or news updated a record; it is proven only when an entry really changed what the record says after the cause
/// came to be. A link that the record's own operation made is proven by that entry or not at all; a link tied by hand
/// proves nothing.
/// </summary>
public sealed class ProvenChanges(MoatDb db, RecordFinder records, HandTied hand, ContentChanges changes)
    : IProvenChanges
{
    // An action that names what it altered when it is done may have been a few days ahead of the record.
    private const int DaysToFollow = 14,
        DaysOfACycle = 365;

    private static readonly List<string> Causes = [.. Teachers.Kinds];

    /// <inheritdoc />
    public Task<IReadOnlyList<ProvenChange>> Since(DateTime since, CancellationToken ct) =>
        db.Unchanged((nameof(ProvenChanges), since), () => Read(since, ct), ct);

    private async Task<IReadOnlyList<ProvenChange>> Read(DateTime since, CancellationToken ct)
    {
        var ties = await Ties(ct);
        var ends = await records.ByKindAndId(
            ties.SelectMany(t => new[] { (t.RecordKind, t.Record), (t.CauseKind, t.Cause) }),
            ct
        );
        var processes = ties.Select(t => t.RecordKind)
            .Distinct()
            .Where(RecordKind.All.ContainsKey)
            .Select(k => RecordKind.All[k].Process)
            .ToList();
        var changed = await changes.Since(since, processes, ct);
        var byRecord = changed.Where(c => c.What.Count > 0).ToLookup(c => c.Record);
        var own = await MadeByOwnOperation(ties, ct);
        var proven =
            from tie in ties
            let record = ends.GetValueOrDefault(tie.Record)
            let cause = ends.GetValueOrDefault(tie.Cause)
            where record is not null && cause is not null
            let change = Proof(tie, cause.CreatedAt, [.. byRecord[tie.Record]], own.Contains(tie.Id))
            where change is not null
            select new ProvenChange(
                record.Id,
                record.Ref,
                cause.Ref,
                change.Entry,
                change.At,
                string.Join(", ", change.What) + " changed"
            );
        var looked = changed
            .Where(c => c.LookedOnly)
            .GroupBy(c => c.Record)
            .Select(g => g.MaxBy(c => c.At)!)
            .Select(c => new ProvenChange(c.Record, c.Ref, c.Ref, c.Entry, c.At, ProvenChange.NoChange));
        return
        [
            .. proven.DistinctBy(p => (p.RecordId, p.CauseRef)).Concat(looked).OrderBy(p => p.At).ThenBy(p => p.Entry),
        ];
    }

    private async Task<List<Tie>> Ties(CancellationToken ct)
    {
        var tied = await hand.Ids(ct);
        var links = await db
            .Links.Where(l =>
                (l.Type == LinkTypes.Updates && Causes.Contains(l.FromKind) && !Causes.Contains(l.ToKind))
                || (l.Type == LinkTypes.LearnedFrom && Causes.Contains(l.ToKind) && !Causes.Contains(l.FromKind))
            )
            .ToListAsync(ct);
        return
        [
            .. links
                .Where(l => !tied.Contains(l.Id))
                .Select(l =>
                    l.Type == LinkTypes.Updates
                        ? new Tie(l.Id, l.ToKind, l.ToId, l.FromKind, l.FromId, l.CreatedAt, ToldAfterwards: true)
                        : new Tie(l.Id, l.FromKind, l.FromId, l.ToKind, l.ToId, l.CreatedAt, ToldAfterwards: false)
                ),
        ];
    }

    // An entry and the records that it enters carry the same moment; which links it entered, it says itself.
    private async Task<HashSet<Guid>> MadeByOwnOperation(List<Tie> ties, CancellationToken ct)
    {
        var moments = ties.Select(t => t.At).Distinct().ToList();
        // The entries of links that are there; later ones come with links of their own.
        var entries = await ReadingNote.Of(
            [nameof(Link)],
            () =>
                db
                    .Journal.Where(e => moments.Contains(e.At))
                    .Select(e => new { e.Operation, e.Changes })
                    .ToListAsync(ct)
        );
        var madeBy = entries
            .SelectMany(e =>
                JsonNode
                    .Parse(e.Changes)!
                    .AsArray()
                    .Where(c => (string?)c!["kind"] == nameof(Link))
                    .Select(c => (Link: Guid.Parse((string)c!["id"]!), e.Operation))
            )
            .ToLookup(l => l.Link, l => l.Operation);
        return
        [
            .. from tie in ties
            where
                RecordKind.All.TryGetValue(tie.RecordKind, out var kind)
                && madeBy[tie.Id].Any(o => o.StartsWith(kind.Process + ".", StringComparison.Ordinal))
            select tie.Id,
        ];
    }

    private static ContentChange? Proof(Tie tie, DateTime causeFrom, IReadOnlyList<ContentChange> candidates, bool own)
    {
        // A document is revised because of something and written afterwards; every other record says what it learned
        // when it changes.
        if (own && tie.RecordKind != RecordKind.Of(typeof(Document)).Prefix)
            return candidates.FirstOrDefault(c => c.At == tie.At && c.At >= causeFrom);
        var from = tie.ToldAfterwards || causeFrom > tie.At ? causeFrom : tie.At;
        var until = tie.At.AddDays(tie.ToldAfterwards ? DaysToFollow : DaysOfACycle);
        var fitting = candidates.Where(c => c.At >= from && c.At <= until).ToList();
        return fitting.LastOrDefault(c => tie.ToldAfterwards && c.At <= tie.At) ?? fitting.FirstOrDefault();
    }

    private sealed record Tie(
        Guid Id,
        string RecordKind,
        Guid Record,
        string CauseKind,
        Guid Cause,
        DateTime At,
        bool ToldAfterwards
    );
}
