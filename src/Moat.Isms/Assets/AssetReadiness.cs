using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Rules;
using Moat.Isms.Looks;
using Moat.Isms.People;

namespace Moat.Isms.Assets;

/// <summary>What readiness about assets is computed from.</summary>
public sealed record AssetFacts
{
    /// <summary>Adopted assets: reference, owner and when they were entered.</summary>
    public required IReadOnlyList<(string Ref, Guid? OwnerId, DateTime CreatedAt)> Assets { get; init; }

    /// <summary>Who works here.</summary>
    public required IReadOnlySet<Guid> Working { get; init; }

    /// <summary>When a person looked at each asset.</summary>
    public required ILookup<string, DateOnly> Looked { get; init; }

    /// <summary>Those with an owner who works here.</summary>
    public int Owned => Assets.Count(a => a.OwnerId is { } owner && Working.Contains(owner));
}

/// <summary>The rules about assets (clauses 4.3 and 5.3).</summary>
public sealed class AssetReadiness : ReadinessRules<AssetFacts>
{
    private const int FewestAssets = 5;

    /// <inheritdoc />
    public override IReadOnlyList<string> Acts => ["assets.edit", "assets.create", "draft.adopt"];

    /// <inheritdoc />
    protected override IReadOnlyList<Rule<AssetFacts>> Rules { get; } =
    [
        new(
            "assets-owned",
            "at least five assets are adopted and each is owned by somebody who works here",
            (f, a) =>
                Asked.Every(
                    f.Owned,
                    f.Assets.Count,
                    FewestAssets,
                    "adopted assets are owned by somebody who works here"
                )
        ),
        new(
            "assets-reviewed",
            "a person looked at every adopted asset, or changed it, at least 30 days after it was entered and within the time asked",
            Reviewed
        ),
    ];

    /// <inheritdoc />
    protected override async Task<AssetFacts> Read(RuleSource source, CancellationToken ct) =>
        new()
        {
            Assets =
            [
                .. (
                    await source
                        .Db.Set<Asset>()
                        .Where(a => a.Standing == Standing.Adopted)
                        .Select(a => new
                        {
                            a.Number,
                            a.OwnerId,
                            a.CreatedAt,
                        })
                        .ToListAsync(ct)
                ).Select(a => ($"AST-{a.Number}", a.OwnerId, a.CreatedAt)),
            ],
            Working = (await Audiences.Working(source.Db).Select(p => p.Id).ToListAsync(ct)).ToHashSet(),
            Looked = await LookDays.Read(source, "AST", ["assets.edit"], ct),
        };

    private static RuleResult Reviewed(AssetFacts f, Asked asked)
    {
        var since = asked.Today.AddDays(-asked.MaxAgeDays);
        // What was entered less than a month ago was looked at when it was entered.
        var due = f.Assets.Where(a => asked.Today.WellAfter(a.CreatedAt)).ToList();
        if (due.Count == 0)
            return RuleResult.No(
                $"No adopted asset is {Asked.DaysApart} days old yet, so there is nothing to look at again"
            );
        return Asked.Every(
            due.Count(a => f.Looked[a.Ref].Any(on => on.WellAfter(a.CreatedAt) && on >= since)),
            due.Count,
            FewestAssets,
            $"adopted assets were looked at again by a person at least {Asked.DaysApart} days after they were entered"
        );
    }
}
