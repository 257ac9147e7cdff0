using Microsoft.EntityFrameworkCore;
using Moat.Isms.Evidence.Counting;
using Moat.Isms.Kernel.Rules;

namespace Moat.Isms.Evidence;

/// <summary>What readiness of clauses 7.5.1 and 8.1 is computed from.</summary>
public sealed record EvidenceFacts
{
    /// <summary>Pieces that were not withdrawn.</summary>
    public required int All { get; init; }

    /// <summary>Those that count today.</summary>
    public required int Counting { get; init; }

    /// <summary>Applicable controls.</summary>
    public required int Controls { get; init; }

    /// <summary>Those that evidence of a kind they name shows today.</summary>
    public required int Shown { get; init; }

    /// <summary>Those that such evidence has shown for as long as its kind asks.</summary>
    public required int OverTime { get; init; }
}

/// <summary>The rule about records of operation (clauses 7.5.1, 8.1).</summary>
public sealed class EvidenceReadiness : ReadinessRules<EvidenceFacts>
{
    private const int HalfOf = 2,
        OverTimeOneOf = 4;

    /// <inheritdoc />
    protected override IReadOnlyList<Rule<EvidenceFacts>> Rules { get; } =
    [
        new(
            "operational-evidence",
            "half of the applicable controls are shown today by evidence of a kind that they name, and a quarter have been for as long as that kind asks",
            Operated
        ),
    ];

    /// <inheritdoc />
    protected override async Task<EvidenceFacts> Read(RuleSource source, CancellationToken ct)
    {
        var (db, today) = (source.Db, source.Db.Today);
        var counted = await db.Set<EvidenceItem>()
            .Where(e => e.WithdrawnAt == null)
            .GroupBy(_ => 1)
            .Select(g => new { All = g.Count(), Counting = g.Count(e => e.ValidUntil >= today) })
            .FirstOrDefaultAsync(ct);
        var controls = (await source.Of<ControlCounting>().All(ct)).Values;
        return new EvidenceFacts
        {
            All = counted?.All ?? 0,
            Counting = counted?.Counting ?? 0,
            Controls = controls.Count(),
            Shown = controls.Count(c => c.State >= ControlState.Shown),
            OverTime = controls.Count(c => c.State == ControlState.ShownOverTime),
        };
    }

    private static RuleResult Operated(EvidenceFacts f, Asked asked)
    {
        if (f.Controls == 0)
            return RuleResult.No("No control is applicable yet");
        if (HalfOf * f.Shown < f.Controls)
            return RuleResult.No(
                $"{f.Shown} of {f.Controls} applicable controls are shown by evidence of a kind that they name; half of them must be"
            );
        var said =
            $"{f.Shown} of {f.Controls} applicable controls are shown today, {f.OverTime} of them for as long as their evidence asks";
        return OverTimeOneOf * f.OverTime < f.Controls
            ? RuleResult.No($"{said}; a quarter must be")
            : RuleResult.Yes(said);
    }
}
