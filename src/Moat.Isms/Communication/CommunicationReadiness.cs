using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Rules;
using Moat.Isms.Looks;

namespace Moat.Isms.Communication;

/// <summary>What readiness of clause 7.4 is computed from.</summary>
public sealed record CommunicationFacts
{
    /// <summary>Adopted entries of the plan.</summary>
    public required IReadOnlyList<CommunicationEntry> Plan { get; init; }

    /// <summary>Days on which people kept what was sent.</summary>
    public required IReadOnlyList<DateOnly> Sent { get; init; }

    /// <summary>When a person looked at each entry.</summary>
    public required ILookup<string, DateOnly> Looked { get; init; }
}

/// <summary>The rules about communication (clause 7.4).</summary>
public sealed class CommunicationReadiness : ReadinessRules<CommunicationFacts>
{
    private const int FewestEntries = 3;

    /// <inheritdoc />
    public override IReadOnlyList<string> Acts => ["communication.edit", "communication.send"];

    /// <inheritdoc />
    protected override IReadOnlyList<Rule<CommunicationFacts>> Rules { get; } =
    [
        new(
            "communication-plan",
            "at least three entries are adopted and each says what, when, with whom and how, in words of its own",
            (f, a) =>
                Asked.Every(
                    Math.Min(f.Plan.Count(IsWhole), Substance.Saying(f.Plan.Select(e => e.What), 2)),
                    f.Plan.Count,
                    FewestEntries,
                    "adopted entries of the plan say what, when, with whom and how"
                )
        ),
        new(
            "communication-sent",
            "people kept what they sent on two days at least 30 days apart, the last within the time asked, and no entry of the plan is overdue",
            Sent
        ),
        new(
            "communication-reviewed",
            "a person changed an entry of the plan, or confirmed it with a reason, at least 30 days after it was entered and within the time asked",
            (f, a) =>
                a.Fresh(
                    f.Plan.SelectMany(e => f.Looked[e.Ref].Where(on => on.WellAfter(e.CreatedAt)))
                        .Max(d => (DateOnly?)d),
                    "The communication plan was looked at again",
                    $"No person looked at the plan again {Asked.DaysApart} days or more after it was entered"
                )
        ),
    ];

    /// <inheritdoc />
    protected override async Task<CommunicationFacts> Read(RuleSource source, CancellationToken ct)
    {
        var sent = source.Acts.ByRef("communication.send");
        return new CommunicationFacts
        {
            Plan = await source
                .Db.Set<CommunicationEntry>()
                .AsNoTracking()
                .Where(e => e.Standing == Standing.Adopted)
                .ToListAsync(ct),
            Sent =
            [
                .. (await source.Db.Set<CommunicationSent>().AsNoTracking().ToListAsync(ct))
                    .Where(s => sent.Contains(s.Ref) && Substance.Says(s.What, 2))
                    .Select(s => sent[s.Ref].First().On),
            ],
            Looked = await LookDays.Read(source, "COMM", ["communication.edit"], ct),
        };
    }

    private static bool IsWhole(CommunicationEntry entry) =>
        Substance.Says(entry.When, 1) && Substance.Says(entry.WithWhom, 1) && Substance.Says(entry.How, 1);

    private static RuleResult Sent(CommunicationFacts f, Asked asked)
    {
        var late = f.Plan.FirstOrDefault(e => e.NextOn < asked.Today);
        return late is null
            ? asked.OverTime(f.Sent, "Messages that people sent and kept")
            : RuleResult.No($"{late.Ref} is overdue: {late.Caption}");
    }
}
