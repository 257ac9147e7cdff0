using Microsoft.EntityFrameworkCore;
using Moat.Isms.Assets;
using Moat.Isms.Controls;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Rules;
using Moat.Isms.Processes.Threads;
using Moat.Isms.Risks;
using Moat.Knowledge;

namespace Moat.Isms.Processes.Flow;

/// <summary>
/// Counts what flowed between processes, from links and the journal, in a number of statements that depends on neither.
/// What Moat drafted counts when a person adopted the record that it starts at; what somebody tied by hand is a claim
/// and counts for nothing.
/// </summary>
public sealed class FlowReading(MoatDb db, KnowledgeBase knowledge, HandTied hand, IServiceProvider services)
{
    private sealed record CountedProofs(IReadOnlyList<ProofView> Proofs) : IPart;

    private const string OfJournal = "journal:";
    private static readonly string[] Drafts = ["catalogue", "interview"];

    /// <summary>What flowed from one day to another, and what is broken on the last.</summary>
    public Task<FlowPicture> Between(DateOnly from, DateOnly to, CancellationToken ct) =>
        db.Unchanged((nameof(FlowReading), from, to), () => Read(from, to, ct), ct);

    private async Task<FlowPicture> Read(DateOnly from, DateOnly to, CancellationToken ct)
    {
        var (start, day) = (from.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc), new FlowDay(to, services));
        var operations = await Operations(start, day, ct);
        var counted = operations
            .Concat(await Links(start, day, ct))
            .Concat(await DraftedLinks(start, day, ct))
            .Concat(await Fields(start, day, ct))
            .GroupBy(p => p.Proof)
            .ToDictionary(g => g.Key, g => new ProofView(g.Key, g.Sum(p => p.Count), g.Max(p => p.Last)));
        var breaks = await Breaks(day, ct);
        var interactions = (
            from process in knowledge.Processes
            from interaction in process.Interactions
            select View(process.Id, interaction, counted, breaks)
        ).ToList();
        var proofs = knowledge.Processes.SelectMany(p => p.Interactions).SelectMany(i => i.ProvenBy).ToHashSet();
        return new FlowPicture(
            from,
            to,
            counted.Values.Where(p => proofs.Contains(p.Proof)).Sum(p => p.Count),
            interactions,
            breaks,
            operations
        );
    }

    private static InteractionView View(
        string from,
        Interaction interaction,
        Dictionary<string, ProofView> counted,
        IReadOnlyList<BreakView> breaks
    )
    {
        var proofs = interaction
            .ProvenBy.Select(p => counted.GetValueOrDefault(p) ?? new ProofView(p, 0, null))
            .ToList();
        var broken = breaks.Where(b => b.From == from && b.To == interaction.To).Select(b => b.Rule).ToList();
        var count = proofs.Sum(p => p.Count);
        var state =
            broken.Count > 0 ? FlowState.Broken
            : count > 0 ? FlowState.Alive
            : FlowState.Quiet;
        return new InteractionView(
            from,
            interaction.To,
            interaction.Flows,
            state,
            count,
            proofs.Max(p => p.Last),
            proofs,
            broken,
            interaction.FlowsWhen
        );
    }

    private async Task<IReadOnlyList<ProofView>> Operations(DateTime start, FlowDay day, CancellationToken ct) =>
        (
            await db.Grown(
                (nameof(Operations), start, day.On),
                new CountedProofs([]),
                async (known, from, to) =>
                    new CountedProofs([
                        .. known
                            .Proofs.Concat(await Operations(start, day, from, to, ct))
                            .GroupBy(p => p.Proof)
                            .Select(g => new ProofView(g.Key, g.Sum(p => p.Count), g.Max(p => p.Last))),
                    ]),
                ct
            )
        ).Proofs;

    private async Task<IEnumerable<ProofView>> Operations(
        DateTime start,
        FlowDay day,
        long from,
        long to,
        CancellationToken ct
    )
    {
        var counted = await db
            .Journal.Where(e => e.Sequence >= from && e.Sequence < to && e.At < day.End)
            .GroupBy(e => e.Operation)
            .Select(g => new
            {
                g.Key,
                Count = g.Count(e => e.At >= start),
                Last = g.Max(e => e.At),
            })
            .ToListAsync(ct);
        return counted.Select(c => new ProofView(OfJournal + c.Key, c.Count, c.Last));
    }

    private async Task<IReadOnlyList<ProofView>> Links(DateTime start, FlowDay day, CancellationToken ct)
    {
        var tied = (await hand.Ids(ct)).ToList();
        return await Part(
            (nameof(Links), start, day.On),
            () =>
                Count(
                    db.Links.Where(l =>
                        l.CreatedAt < day.End
                        && (l.Source == null || !Drafts.Contains(l.Source))
                        && !tied.Contains(l.Id)
                    ),
                    start,
                    ct
                ),
            ct
        );
    }

    private async Task<List<ProofView>> Fields(DateTime start, FlowDay day, CancellationToken ct)
    {
        var found = new List<ProofView>();
        foreach (var proof in FieldProof.All.Values)
            found.AddRange(await Part((proof.Proof, start, day.On), () => Field(proof, start, day, ct), ct));
        return found;
    }

    private async Task<IReadOnlyList<ProofView>> Field(
        FieldProof proof,
        DateTime start,
        FlowDay day,
        CancellationToken ct
    )
    {
        var counted = await proof
            .Query(db)
            .Where(f => f.At < day.End)
            .GroupBy(_ => 1)
            .Select(g => new { Count = g.Count(f => f.At >= start), Last = g.Max(f => (DateTime?)f.At) })
            .FirstOrDefaultAsync(ct);
        return counted is null ? [] : [new ProofView(proof.Proof, counted.Count, counted.Last)];
    }

    private async Task<IReadOnlyList<ProofView>> DraftedLinks(DateTime start, FlowDay day, CancellationToken ct) =>
        [
            .. await Drafted<Risk>(start, day, ct),
            .. await Drafted<Control>(start, day, ct),
            .. await Drafted<Asset>(start, day, ct),
        ];

    private Task<IReadOnlyList<ProofView>> Drafted<T>(DateTime start, FlowDay day, CancellationToken ct)
        where T : Proposable
    {
        var kind = RecordKind.Of(typeof(T)).Prefix;
        return Part(
            (nameof(Drafted), kind, start, day.On),
            () =>
                Count(
                    db.Links.Where(l =>
                        l.FromKind == kind
                        && l.CreatedAt < day.End
                        && Drafts.Contains(l.Source)
                        && db.Set<T>().Any(r => r.Id == l.FromId && r.Standing == Standing.Adopted)
                    ),
                    start,
                    ct
                ),
            ct
        );
    }

    // Each by itself, so that a write is followed only by counting what it touched.
    private async Task<IReadOnlyList<ProofView>> Part(
        object key,
        Func<Task<IReadOnlyList<ProofView>>> count,
        CancellationToken ct
    ) => (await db.Unchanged(key, async () => new CountedProofs(await count()), ct)).Proofs;

    private static async Task<IReadOnlyList<ProofView>> Count(
        IQueryable<Link> links,
        DateTime start,
        CancellationToken ct
    )
    {
        var counted = await links
            .GroupBy(l => new
            {
                l.FromKind,
                l.Type,
                l.ToKind,
            })
            .Select(g => new
            {
                g.Key,
                Count = g.Count(l => l.CreatedAt >= start),
                Last = g.Max(l => l.CreatedAt),
            })
            .ToListAsync(ct);
        return
        [
            .. counted.Select(c => new ProofView($"{c.Key.FromKind} {c.Key.Type} {c.Key.ToKind}", c.Count, c.Last)),
        ];
    }

    private async Task<IReadOnlyList<BreakView>> Breaks(FlowDay day, CancellationToken ct)
    {
        var breaks = new List<BreakView>();
        foreach (var rule in FlowRules.All)
        {
            var found = await db.Unchanged((rule.Id, day.On), () => rule.Find(db, day, ct), ct);
            if (found.Total == 0)
                continue;
            var process = RecordKind.All[rule.Kind].Process;
            var records = found
                .First.Select(b => new BrokenRecord(
                    $"{rule.Kind}-{b.Number}",
                    process,
                    b.Title,
                    b.On ?? (b.At is { } at ? DateOnly.FromDateTime(at) : null)
                ))
                .ToList();
            breaks.Add(
                new BreakView(
                    rule.Id,
                    rule.From,
                    rule.To,
                    rule.Title,
                    rule.Next,
                    records.Min(r => r.Since),
                    found.Total,
                    records
                )
            );
        }
        return breaks;
    }
}
