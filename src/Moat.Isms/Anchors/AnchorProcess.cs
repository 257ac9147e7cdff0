using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Journal;

namespace Moat.Isms.Anchors;

/// <summary>
/// Places outside that hold checkpoints of the journal, so that whoever runs the server cannot rewrite history unseen.
/// </summary>
[Process(Name, Summary)]
public sealed class AnchorProcess(MoatDb db, AnchorTargets targets)
{
    internal const string Name = "anchors";
    internal const string Summary =
        "Places outside that hold checkpoints of the journal, so that whoever runs the server cannot rewrite history unseen.";

    /// <summary>Up to where history is held outside, and what is late.</summary>
    [Query("status", Permission.ReadJournal, "Up to where history is held outside, by whom, and what is late")]
    public async Task<AnchorStatus> Status(Nothing input, CancellationToken ct)
    {
        var entries = await db.Set<JournalHead>().Select(h => (long?)h.Size).FirstOrDefaultAsync(ct) ?? 0;
        var places = await Places(ct);
        return AnchorWords.Of(entries, await OwnNotes(places, entries, ct), places, db.Now, targets.IsStory);
    }

    /// <summary>What places said of checkpoints, the latest first.</summary>
    [Query("list", Permission.ReadJournal, "List what places outside said of checkpoints, the latest first")]
    public async Task<IReadOnlyList<AnchorRow>> List(ListAnchors input, CancellationToken ct) =>
        await db.Set<Anchor>()
            .Where(a => input.Place == null || a.Place == input.Place)
            .OrderByDescending(a => a.AnsweredAt)
            .ThenByDescending(a => a.Size)
            .Take(input.Limit)
            .Select(a => new AnchorRow(
                a.Id,
                a.Place,
                a.Kind,
                a.Size,
                a.Because,
                a.AskedAt,
                a.AnsweredAt,
                a.Contradicts,
                a.Says
            ))
            .ToListAsync(ct);

    /// <summary>A checkpoint and what a place gave for it, as a file to keep.</summary>
    [Query(
        "receipt",
        Permission.ReadJournal,
        "A checkpoint and what a place outside gave for it, as a file for moat verify --since"
    )]
    public async Task<MadeFile> Receipt(OneAnchor input, CancellationToken ct)
    {
        var anchor =
            await db.Set<Anchor>().FirstOrDefaultAsync(a => a.Id == input.Id, ct) ?? throw new NotFound("anchor");
        var json = JsonSerializer.SerializeToNode(
            new
            {
                anchor.Place,
                anchor.Kind,
                anchor.Size,
                anchor.AnsweredAt,
                anchor.Says,
                anchor.Checkpoint,
                anchor.Receipt,
            },
            InputBinder.Json
        );
        return new MadeFile(
            string.Create(CultureInfo.InvariantCulture, $"anchor-{anchor.AnsweredAt:yyyy-MM-dd}-{anchor.Size}.json"),
            "application/json",
            CanonicalJson.Bytes(json!)
        );
    }

    private async Task<IReadOnlyList<AnchorPlaceRow>> Places(CancellationToken ct)
    {
        var named = await db.Set<AnchorPlace>().AsNoTracking().ToDictionaryAsync(p => p.Place, ct);
        var anchors = db.Set<Anchor>();
        var newest = await anchors
            .Where(a =>
                !a.Contradicts
                && a.AnsweredAt == anchors.Where(o => o.Place == a.Place && !o.Contradicts).Max(o => o.AnsweredAt)
            )
            .OrderByDescending(a => a.Size)
            .ToListAsync(ct);
        var wrong = await anchors
            .Where(a =>
                a.Contradicts
                && a.AnsweredAt == anchors.Where(o => o.Place == a.Place && o.Contradicts).Max(o => o.AnsweredAt)
            )
            .ToListAsync(ct);
        return
        [
            .. named
                .Keys.Union(newest.Select(a => a.Place))
                .Union(wrong.Select(a => a.Place))
                .Order(StringComparer.Ordinal)
                .Select(p =>
                    Row(
                        p,
                        named.GetValueOrDefault(p),
                        newest.FirstOrDefault(a => a.Place == p),
                        wrong.FirstOrDefault(a => a.Place == p)
                    )
                ),
        ];
    }

    private static AnchorPlaceRow Row(string place, AnchorPlace? named, Anchor? held, Anchor? wrong)
    {
        // What a place confirmed after it contradicted has settled it.
        var contradiction =
            wrong is not null && (held is null || held.AnsweredAt < wrong.AnsweredAt) ? wrong.Says : null;
        return new AnchorPlaceRow(
            place,
            named?.Kind ?? (held ?? wrong)!.Kind,
            named is not null,
            held?.Size ?? 0,
            held?.AnsweredAt,
            held?.Says,
            named?.WaitingSince,
            named?.Attempts ?? 0,
            named?.NextAt,
            named?.Problem,
            contradiction
        );
    }

    /// <summary>How many of the entries that no place holds yet only tell of sending.</summary>
    private async Task<long> OwnNotes(IReadOnlyList<AnchorPlaceRow> places, long entries, CancellationToken ct)
    {
        var held = AnchorWords.Held(places)?.HeldSize ?? 0;
        return held >= entries
            ? 0
            : await db.Journal.LongCountAsync(e => e.Sequence >= held && e.Operation == Name + ".tell", ct);
    }
}
