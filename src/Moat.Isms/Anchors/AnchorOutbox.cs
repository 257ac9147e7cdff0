using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Journal;

namespace Moat.Isms.Anchors;

/// <summary>
/// What the server itself does so that checkpoints get outside: says which are due, remembers how sending went. A day
/// on which nothing happened but sending needs no new checkpoint: what is held says it all.
/// </summary>
[Process(AnchorProcess.Name, AnchorProcess.Summary)]
public sealed class AnchorOutbox(MoatDb db, CurrentCaller caller, AnchorTargets targets, JournalTree tree)
{
    internal const string Telling = AnchorProcess.Name + ".tell";
    private const string Daily = "a new day";

    /// <summary>What there is to do now.</summary>
    [Query("due", Permission.System, "Which checkpoints are to be sent outside now")]
    public async Task<AnchorsDue> Due(Nothing input, CancellationToken ct)
    {
        var now = db.Now;
        var places = await db.Set<AnchorPlace>().AsNoTracking().OrderBy(p => p.Place).ToListAsync(ct);
        var head = await db.Set<JournalHead>().FirstOrDefaultAsync(ct);
        if (head is null)
            return new AnchorsDue(false, []);
        var named = places.Select(p => p.Place).ToHashSet();
        var ask = !named.SetEquals(targets.All.Select(t => t.Place)) || (await Wanted(places, null, ct)).Count > 0;
        return new AnchorsDue(
            ask,
            [
                .. places
                    .Where(p => p.Waiting is not null && p.NextAt <= now)
                    .Select(p => new OutgoingAnchor(
                        p.Place,
                        p.AskedSize,
                        p.Waiting!,
                        p.AskedAt!.Value,
                        p.HeldSize,
                        head.VerifierKey
                    )),
            ]
        );
    }

    /// <summary>
    /// Keeps which places the operator names, and has today's checkpoint sent to those that want one.
    /// </summary>
    [Operation("ask", Permission.System, "Have the journal's checkpoint sent to the places outside that want one")]
    public async Task<Tally> Ask(AskAnchors input, CancellationToken ct)
    {
        if (await db.Set<JournalHead>().FirstOrDefaultAsync(ct) is not { } head)
            return new Tally(0, []);
        var places = await Named(ct);
        var wanted = await Wanted(places, input.Because, ct);
        foreach (var (place, because) in wanted)
            place.Ask(head.Size, head.Checkpoint, because, db.Now);
        return new Tally(wanted.Count, []);
    }

    /// <summary>
    /// Keeps how sending went. What a place confirms or contradicts is entered; what did not work is tried again.
    /// </summary>
    [Operation("tell", Permission.System, "Keep what places outside said of the checkpoints that they were sent")]
    public async Task<Tally> Tell(TellAnchors input, CancellationToken ct)
    {
        var entered = 0;
        foreach (var answer in input.Answers)
        {
            var place = await db.Set<AnchorPlace>()
                .FirstOrDefaultAsync(
                    p => p.Place == answer.Place && p.AskedSize == answer.Size && p.Waiting != null,
                    ct
                );
            // Another server of this installation was quicker, or a later checkpoint has taken its place.
            if (place is null)
                continue;
            entered += await Keep(place, answer, ct);
        }
        return new Tally(entered, []);
    }

    /// <summary>Proves that an earlier size is a beginning of a later one.</summary>
    [Query("proof", Permission.System, "Prove that an earlier size of the journal is a beginning of a later one")]
    public async Task<BeginningProof> Prove(ProveBeginning input, CancellationToken ct)
    {
        if (input.To < input.From)
            throw new InputInvalid("to", string.Create(CultureInfo.InvariantCulture, $"At least {input.From}."));
        return await db.Journal.CountAsync(e => e.Sequence < input.To, ct) < input.To
            ? new BeginningProof(null, [])
            : new BeginningProof(
                await tree.Root(new LeafRange(0, input.From), ct),
                await tree.Consistency(input.From, input.To, ct)
            );
    }

    private async Task<int> Keep(AnchorPlace place, AnchorAnswer answer, CancellationToken ct)
    {
        var (now, checkpoint) = (db.Now, place.Waiting!);
        var (because, askedAt) = (place.Because!, place.AskedAt!.Value);
        if (answer.Outcome == AnchorOutcome.Held)
            place.Hold(now);
        else
            place.Fail(answer.Says, now);
        if (
            answer.Outcome == AnchorOutcome.Failed
            || (answer.Outcome == AnchorOutcome.Contradicted && await IsKnown(answer, ct))
        )
            return 0;
        await db.Enter(
            new Anchor
            {
                Place = place.Place,
                Kind = place.Kind,
                Size = answer.Size,
                Checkpoint = checkpoint,
                Because = because,
                AskedAt = askedAt,
                AnsweredAt = now,
                Contradicts = answer.Outcome == AnchorOutcome.Contradicted,
                Says = answer.Says,
                Receipt = answer.Receipt,
            },
            ct
        );
        return 1;
    }

    /// <summary>A contradiction stands in the journal once, however often the place is asked again.</summary>
    private Task<bool> IsKnown(AnchorAnswer answer, CancellationToken ct) =>
        db.Set<Anchor>().AnyAsync(a => a.Place == answer.Place && a.Contradicts && a.Says == answer.Says, ct);

    private async Task<List<AnchorPlace>> Named(CancellationToken ct)
    {
        var known = await db.Set<AnchorPlace>().ToListAsync(ct);
        db.RemoveRange(known.Where(k => targets.All.All(t => t.Place != k.Place)));
        foreach (var target in targets.All.Where(t => known.All(k => k.Place != t.Place)))
        {
            var place = new AnchorPlace
            {
                OrganizationId = caller.OrganizationId,
                Place = target.Place,
                Kind = target.Kind,
                NamedAt = db.Now,
            };
            db.Add(place);
            known.Add(place);
        }
        return [.. known.Where(k => targets.All.Any(t => t.Place == k.Place))];
    }

    /// <summary>
    /// The places that want a checkpoint, and why: something was entered since their last, and the day is new or there
    /// is an occasion.
    /// </summary>
    private async Task<List<(AnchorPlace Place, string Because)>> Wanted(
        List<AnchorPlace> places,
        string? because,
        CancellationToken ct
    )
    {
        if (places.Count == 0)
            return [];
        var first = places.Min(p => p.AskedSize);
        var entries = db.Journal.Where(e => e.Sequence >= first);
        var news = await entries.Where(e => e.Operation != Telling).MaxAsync(e => (long?)e.Sequence, ct) ?? -1;
        var occasion = await entries
            .Where(e => AnchorOccasions.InJournal.Contains(e.Operation))
            .OrderByDescending(e => e.Sequence)
            .Select(e => new { e.Sequence, e.Operation })
            .FirstOrDefaultAsync(ct);
        string? Why(AnchorPlace place) =>
            news < place.AskedSize
                ? null
                : because
                    ?? (
                        occasion is not null && occasion.Sequence >= place.AskedSize ? occasion.Operation
                        : place.AskedAt is not { } at || DateOnly.FromDateTime(at) < db.Today ? Daily
                        : null
                    );
        return [.. places.Select(p => (p, Why(p))).Where(w => w.Item2 is not null).Select(w => (w.p, w.Item2!))];
    }
}
