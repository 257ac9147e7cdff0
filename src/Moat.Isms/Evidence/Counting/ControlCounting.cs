using Microsoft.EntityFrameworkCore;
using Moat.Isms.Controls;
using Moat.Isms.Evidence.Grades;
using Moat.Isms.Kernel;
using Moat.Knowledge;

namespace Moat.Isms.Evidence.Counting;

/// <summary>
/// Holds every applicable control against the kinds of evidence that its content names: what counts, since when, and
/// what is missing. Everything that says whether a control works asks here.
/// </summary>
public sealed class ControlCounting(
    MoatDb db,
    KnowledgeBase knowledge,
    WatchedStretches watched,
    IEnumerable<IOwnRecords> own,
    IEnumerable<IControlDoubts> doubts
)
{
    private const int DaysLookedAt = 1100;
    private const int UsualCadenceDays = 92;
    private static readonly TimeSpan AtMost = TimeSpan.FromHours(1);

    private sealed record Row(
        Guid Control,
        Guid Id,
        int Number,
        string Title,
        EvidenceKind Kind,
        EvidenceOrigin Origin,
        EvidenceForm? ShownAs,
        int Size,
        DateOnly PeriodTo,
        DateOnly ValidUntil,
        DateTime CreatedAt
    );

    /// <summary>All applicable controls that were not rejected, by code.</summary>
    public Task<IReadOnlyDictionary<string, ControlStanding>> All(CancellationToken ct) =>
        db.Unchanged((nameof(ControlCounting), db.Now.Ticks / AtMost.Ticks), () => Read(ct), ct);

    /// <summary>One control; null where it is excluded or not there.</summary>
    public async Task<ControlStanding?> One(string code, CancellationToken ct) =>
        (await All(ct)).GetValueOrDefault(code);

    private async Task<IReadOnlyDictionary<string, ControlStanding>> Read(CancellationToken ct)
    {
        var controls = await db.Set<Control>()
            .AsNoTracking()
            .Of(null)
            .Where(c => c.Applicability == Applicability.Applicable)
            .Select(c => new
            {
                c.Id,
                c.Code,
                c.Standing,
                c.Implementation,
                c.AnsweredById,
                c.ClaimedSince,
            })
            .ToListAsync(ct);
        var pieces = await Pieces(ct);
        var stretches = await watched.ByControl(ct);
        var records = await OwnRecords(ct);
        var against = await Doubts(ct);
        return controls.ToDictionary(
            c => c.Code,
            c =>
            {
                var kinds = Kinds(c.Code, pieces[c.Id].ToList(), stretches.GetValueOrDefault(c.Code), records);
                var isImplemented = c.Standing == Standing.Adopted && c.Implementation == Implementation.Implemented;
                return ControlWording.Of(
                    c.Code,
                    isImplemented,
                    c.AnsweredById is not null,
                    c.ClaimedSince is { } at ? DateOnly.FromDateTime(at) : null,
                    kinds,
                    against.GetValueOrDefault(c.Code),
                    db.Today
                );
            }
        );
    }

    private List<KindStanding> Kinds(
        string code,
        IReadOnlyList<(Row Piece, int Claims)> pieces,
        WatchedStretch? stretch,
        Dictionary<string, IReadOnlyList<OwnRecord>> records
    )
    {
        var entry = knowledge.ControlById.GetValueOrDefault(code);
        var hints = HintsOf(entry, stretch);
        var byHint = pieces.ToLookup(
            p => EvidenceFit.PositionIn(hints, p.Piece.Kind, p.Piece.Origin, p.Piece.ShownAs),
            p => ObservationOf(p.Piece, p.Claims)
        );
        var watchedAt = hints.FindIndex(h => h.Kind == EvidenceFit.Fact);
        return
        [
            .. hints.Select(
                (hint, index) =>
                {
                    var sources = entry?.Records.Where(r => r.Shows == index + 1).Select(r => r.Source) ?? [];
                    var mine = sources
                        .SelectMany(s => records.GetValueOrDefault(s) ?? [])
                        .Where(r => r.Controls is null || r.Controls.Contains(code))
                        .Select(r => new Observation(
                            r.Ref,
                            r.Title,
                            EvidenceGrade.Collected,
                            DateOnly.FromDateTime(r.At),
                            r.At,
                            Lacking: r.Lacking
                        ));
                    return KindCounting.Of(
                        index + 1,
                        hint,
                        [.. byHint[index + 1], .. mine],
                        index == watchedAt ? stretch : null,
                        db.Today
                    );
                }
            ),
        ];
    }

    /// <summary>
    /// What the content names; where checks watch a control that names no facts, what they watch is one kind more.
    /// </summary>
    private static List<EvidenceHint> HintsOf(ControlEntry? entry, WatchedStretch? stretch)
    {
        List<EvidenceHint> hints = entry is null ? [OfOwnControls] : [.. entry.Evidence];
        if (stretch is not null && hints.TrueForAll(h => h.Kind != EvidenceFit.Fact))
            hints.Add(
                new EvidenceHint
                {
                    Kind = EvidenceFit.Fact,
                    What = string.Join("; ", stretch.Checks),
                    MaxAge = "7d",
                }
            );
        return hints;
    }

    private static EvidenceHint OfOwnControls { get; } =
        new()
        {
            Kind = EvidenceFit.Record,
            What = "a record that shows your own control at work",
            MaxAge = $"{UsualCadenceDays}d",
        };

    private static Observation ObservationOf(Row piece, int claims) =>
        new(
            $"EVD-{piece.Number}",
            piece.Title,
            EvidenceGrading.Of(piece.Kind, piece.Origin, piece.Size),
            piece.PeriodTo,
            piece.CreatedAt,
            piece.ValidUntil,
            claims,
            piece is { Origin: EvidenceOrigin.Moat, Kind: EvidenceKind.File }
                ? "counts through the record that it was made of"
                : null
        );

    private async Task<ILookup<Guid, (Row Piece, int Claims)>> Pieces(CancellationToken ct)
    {
        var since = db.Today.AddDays(-DaysLookedAt);
        var rows = await (
            from link in db.Links
            where link.Type == LinkTypes.Evidences
            join item in db.Set<EvidenceItem>() on link.FromId equals item.Id
            where item.WithdrawnAt == null && item.PeriodTo >= since
            select new Row(
                link.ToId,
                item.Id,
                item.Number,
                item.Title,
                item.Kind,
                item.Origin,
                item.ShownAs,
                item.Size,
                item.PeriodTo,
                item.ValidUntil,
                item.CreatedAt
            )
        ).ToListAsync(ct);
        var claims = rows.CountBy(r => r.Id).ToDictionary();
        return rows.ToLookup(r => r.Control, r => (r, claims[r.Id]));
    }

    private async Task<Dictionary<string, IReadOnlyList<OwnRecord>>> OwnRecords(CancellationToken ct)
    {
        var since = db.Today.AddDays(-DaysLookedAt).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
        var result = new Dictionary<string, IReadOnlyList<OwnRecord>>();
        foreach (var source in own)
        {
            result[source.Source] = await db.Unchanged(
                (nameof(OwnRecord), source.Source),
                () => source.Read(since, ct),
                ct
            );
        }
        return result;
    }

    private async Task<Dictionary<string, string>> Doubts(CancellationToken ct)
    {
        var result = new Dictionary<string, string>();
        foreach (var source in doubts)
        {
            foreach (var (code, against) in await source.Read(ct))
                result.TryAdd(code, against);
        }
        return result;
    }
}
