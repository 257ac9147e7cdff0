using Microsoft.EntityFrameworkCore;
using Moat.Isms.Controls;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Rules;

namespace Moat.Isms.Evidence;

/// <summary>What readiness of clauses 7.5.1 and 8.1 is computed from.</summary>
public sealed record EvidenceFacts
{
    /// <summary>Pieces that were not withdrawn.</summary>
    public required int All { get; init; }
    /// <summary>Those that count today.</summary>
    public required int Counting { get; init; }
    /// <summary>Days on which something came in that is more than a note or a link and counts today.</summary>
    public required IReadOnlyList<DateOnly> Days { get; init; }
    /// <summary>Applicable controls.</summary>
    public required int Controls { get; init; }
    /// <summary>Those with such a piece that counts today.</summary>
    public required int Shown { get; init; }
}

/// <summary>The rule about records of operation (clauses 7.5.1, 8.1).</summary>
public sealed class EvidenceReadiness : ReadinessRules<EvidenceFacts>
{
    private const int OneOf = 2;

    /// <inheritdoc />
    protected override IReadOnlyList<Rule<EvidenceFacts>> Rules { get; } =
    [
        new("operational-evidence",
            "half of the applicable controls have evidence that counts today and is more than a note or a link, and it came in on days at least 30 days apart, the last within the time asked", (f, a) => f.Controls == 0
                ? RuleResult.No("No control is applicable yet")
                : OneOf * f.Shown < f.Controls
                    ? RuleResult.No($"{f.Shown} of {f.Controls} applicable controls have evidence that is more than a note or a link; half of them must")
                    : a.OverTime(f.Days, $"Evidence for {f.Shown} of {f.Controls} applicable controls")),
    ];

    /// <inheritdoc />
    protected override async Task<EvidenceFacts> Read(RuleSource source, CancellationToken ct)
    {
        var (db, today) = (source.Db, source.Db.Today);
        var counted = await db.Set<EvidenceItem>().Where(e => e.WithdrawnAt == null).GroupBy(_ => 1).Select(g => new { All = g.Count(), Counting = g.Count(e => e.ValidUntil >= today) }).FirstOrDefaultAsync(ct);
        var solid = db.Set<EvidenceItem>().Where(e => e.WithdrawnAt == null && e.ValidUntil >= today && e.Kind != EvidenceKind.Note && e.Kind != EvidenceKind.Link);
        var applicable = db.Set<Control>().Where(c => c.Standing == Standing.Adopted && c.Applicability == Applicability.Applicable);
        return new EvidenceFacts
        {
            All = counted?.All ?? 0,
            Counting = counted?.Counting ?? 0,
            Days = [.. (await solid.Select(e => e.CreatedAt).ToListAsync(ct)).Select(at => at.Day()).Distinct()],
            Controls = await applicable.CountAsync(ct),
            Shown = await applicable.CountAsync(c => db.Links.Any(l => l.Type == LinkTypes.Evidences && l.ToId == c.Id && solid.Any(e => e.Id == l.FromId)), ct),
        };
    }
}
