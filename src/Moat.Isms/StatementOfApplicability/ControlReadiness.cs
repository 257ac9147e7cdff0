using Microsoft.EntityFrameworkCore;
using Moat.Isms.Controls;
using Moat.Isms.Evidence.Counting;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Rules;

namespace Moat.Isms.StatementOfApplicability;

/// <summary>
/// What readiness of clauses 5.3, 6.1.3 and 8.3 reads about controls and the Statement of Applicability.
/// </summary>
public sealed record ControlFacts
{
    /// <summary>Adopted applicable controls.</summary>
    public required IReadOnlyList<Control> Applicable { get; init; }

    /// <summary>Those of them that treat a risk.</summary>
    public required IReadOnlySet<Guid> Treating { get; init; }

    /// <summary>How far evidence shows each control, by code.</summary>
    public required IReadOnlyDictionary<string, ControlStanding> Standings { get; init; }

    /// <summary>Published versions, the oldest first, without their rows.</summary>
    public required IReadOnlyList<(string Ref, DateTime At, string Sha256, string By)> Statements { get; init; }

    /// <summary>Versions that a person published.</summary>
    public required IReadOnlySet<string> PublishedByPerson { get; init; }

    /// <summary>The rows of the last version.</summary>
    public required IReadOnlyList<SoaRow> Published { get; init; }

    /// <summary>The rows of today.</summary>
    public required IReadOnlyList<SoaRow> Today { get; init; }

    /// <summary>Those with an owner.</summary>
    public int Owned => Applicable.Count(c => c.OwnerId is not null);

    /// <summary>Those that are said to be implemented.</summary>
    public int Implemented => Applicable.Count(c => c.Implementation == Implementation.Implemented);
}

/// <summary>The rules about controls as a whole and the Statement of Applicability (clauses 5.3, 6.1.3, 8.3).</summary>
public sealed class ControlReadiness : ReadinessRules<ControlFacts>
{
    /// <inheritdoc />
    public override IReadOnlyList<string> Acts => ["soa.publish"];

    /// <inheritdoc />
    protected override IReadOnlyList<Rule<ControlFacts>> Rules { get; } =
    [
        new(
            "controls-owned",
            "every applicable control is adopted and has an owner",
            (f, a) => Asked.Every(f.Owned, f.Applicable.Count, 1, "applicable controls have an owner")
        ),
        new(
            "controls-implemented",
            "evidence of a kind that it names shows every applicable control that treats a risk today, and half of them for as long as that kind asks",
            Implemented
        ),
        new(
            "soa-published",
            "a person published a Statement of Applicability in which every row has a reason of its own",
            Published
        ),
        new("soa-current", "the last published version has the rows of today, excluded ones too", Current),
        new(
            "soa-revised",
            "a version with other rows was published at least 30 days after the first, within the time asked",
            Revised
        ),
    ];

    /// <inheritdoc />
    protected override async Task<ControlFacts> Read(RuleSource source, CancellationToken ct)
    {
        var db = source.Db;
        var statements = await db.Set<Soa>()
            .OrderBy(s => s.Number)
            .Select(s => new
            {
                s.Number,
                s.CreatedAt,
                s.Sha256,
                s.ApprovedBy,
            })
            .ToListAsync(ct);
        var last = await db.Set<Soa>().OrderByDescending(s => s.Number).Select(s => s.Rows).FirstOrDefaultAsync(ct);
        return new ControlFacts
        {
            Applicable = await db.Unchanged((nameof(ControlFacts), nameof(Applicable)), () => Applicable(db, ct), ct),
            Treating = await db.Unchanged((nameof(ControlFacts), nameof(Treating)), () => Treating(db, ct), ct),
            Standings = await source.Of<ControlCounting>().All(ct),
            Statements = [.. statements.Select(s => ($"SOA-{s.Number}", s.CreatedAt, s.Sha256, s.ApprovedBy))],
            PublishedByPerson = source.Acts.ByRef("soa.publish").Select(g => g.Key).ToHashSet(),
            Published = last is null ? [] : SoaRow.Read(last),
            Today = last is null
                ? []
                : await db.Unchanged(
                    (nameof(ControlFacts), nameof(ControlFacts.Today)),
                    () => SoaSource.Rows(db, null, ct),
                    ct
                ),
        };
    }

    // What there is most of is read anew only when it changed itself, not when evidence of a control came in.
    private static Task<List<Control>> Applicable(MoatDb db, CancellationToken ct) =>
        db.Set<Control>()
            .AsNoTracking()
            .Where(c => c.Standing == Standing.Adopted && c.Applicability == Applicability.Applicable)
            .ToListAsync(ct);

    private static async Task<HashSet<Guid>> Treating(MoatDb db, CancellationToken ct) =>
        (
            await db
                .Links.Where(l => l.Type == LinkTypes.Treats && l.FromKind == "CTL")
                .Select(l => l.FromId)
                .Distinct()
                .ToListAsync(ct)
        ).ToHashSet();

    private static RuleResult Implemented(ControlFacts f, Asked asked)
    {
        var treating = f.Applicable.Where(c => f.Treating.Contains(c.Id)).ToList();
        if (treating.Count == 0)
            return RuleResult.No("No applicable control treats a risk yet");
        int At(ControlState least) => treating.Count(c => f.Standings.GetValueOrDefault(c.Code)?.State >= least);
        var every = Asked.Every(
            At(ControlState.Shown),
            treating.Count,
            1,
            "controls that treat a risk are shown by evidence of a kind that they name"
        );
        return every.Holds && 2 * At(ControlState.ShownOverTime) < treating.Count
            ? RuleResult.No(
                $"{every.Because}, but {At(ControlState.ShownOverTime)} of them for as long as their evidence asks; half of them must be"
            )
            : every;
    }

    private static RuleResult Published(ControlFacts f, Asked asked)
    {
        if (f.Statements.Count == 0)
            return RuleResult.No("No Statement of Applicability is published");
        var last = f.Statements[^1];
        if (!f.PublishedByPerson.Contains(last.Ref))
            return RuleResult.No($"{last.Ref} was published by no person");
        var reasons = f.Published.Count(r =>
            r.Risks.Count + r.Obligations.Count > 0 || Substance.Says(r.Justification)
        );
        return reasons < f.Published.Count
            ? RuleResult.No(
                $"{f.Published.Count - reasons} of {f.Published.Count} rows of {last.Ref} name no risk, no obligation and no reason in words"
            )
            : asked.Fresh(last.At, $"{last.Ref} was published by {last.By}", "");
    }

    private static RuleResult Current(ControlFacts f, Asked asked)
    {
        if (f.Statements.Count == 0)
            return RuleResult.No("No Statement of Applicability is published");
        var changed = SoaComparison.Between(f.Published, f.Today).Select(c => c.Code).Distinct().ToList();
        return changed.Count == 0
            ? asked.Fresh(f.Statements[^1].At, "Every row is what was published", "")
            : RuleResult.No($"{changed.Count} rows are different from {f.Statements[^1].Ref}, first {changed[0]}");
    }

    private static RuleResult Revised(ControlFacts f, Asked asked)
    {
        if (f.Statements.Count < 2)
            return RuleResult.No(
                f.Statements.Count == 0 ? "No Statement of Applicability is published" : "Only one version is published"
            );
        var first = f.Statements[0];
        var later = f
            .Statements.Zip(f.Statements.Skip(1))
            .Where(p =>
                p.First.Sha256 != p.Second.Sha256
                && p.Second.At.Day().WellAfter(first.At)
                && f.PublishedByPerson.Contains(p.Second.Ref)
            )
            .Select(p => p.Second)
            .ToList();
        return later.Count == 0
            ? RuleResult.No(
                $"No version with other rows was published {Asked.DaysApart} days or more after {first.Ref}"
            )
            : asked.Fresh(later[^1].At, $"{later[^1].Ref} with other rows was published", "");
    }
}
