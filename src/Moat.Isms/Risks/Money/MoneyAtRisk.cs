using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Remembering;
using Moat.Knowledge;

namespace Moat.Isms.Risks.Money;

/// <summary>Estimates what a year costs: the same risks give the same figures.</summary>
public sealed class MoneyAtRisk(MoatDb db, CurrentCaller caller, MoneyCounter counter, KnowledgeBase knowledge)
{
    private static readonly TimeSpan PatienceOfAProgram = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan PatienceOfAPage = TimeSpan.FromMilliseconds(100);

    private static readonly string[] Assumptions =
    [
        "Frequency and loss of each threat are the ranges of the catalogue for comparable companies without controls; nine years in ten lie within them.",
        "One step on the likelihood scale is a factor of three, one step on the impact scale a factor of ten, as the criteria of the risk method say. The distance from the assessment without controls to that of today, or to that after treatment, moves the ranges.",
        "Risks strike independently, also those of the same threat. A week in which everything happens at once is rarer here than it may be in life.",
        "Losses are what the company itself bears: work, contracts, fines, compensation. Harm to other people is not counted in money.",
        "Averages are calculated from the ranges. What usual and bad years are like is simulated: 4,000 years, in each of which chance says of every risk how often it strikes (400 times at most) and what each time costs. Chance follows from the risk's number and the year alone, so the same risks give the same figures, and a new risk changes nothing about the others. Read the first digit, not the last.",
    ];

    /// <summary>
    /// The estimate of today; while many risks are counted again, that before it, or none, and it says so.
    /// </summary>
    public async Task<MoneyView> Estimate(CancellationToken ct)
    {
        var question = await db.Unchanged(nameof(MoneyAtRisk), () => Read(ct), ct);
        var counted = await counter.Ask(caller.OrganizationId, question, Patience(caller.Value.Door), ct);
        if (!counted.IsCurrent)
            ReadingNote.Add(WhatWasRead.Unfinished);
        // The sum of nothing is no figure.
        var figures = counted.Figures is { Counted: > 0 } known ? known : null;
        return new MoneyView(
            counted.IsCurrent ? MoneyState.Counted : MoneyState.BeingCounted,
            counted.At,
            figures?.WithoutControls,
            figures?.Today,
            figures?.AfterTreatment,
            figures?.Top ?? [],
            figures?.Counted ?? question.Risks.Count,
            figures?.NotCounted ?? question.NotCounted,
            Assumptions
        );
    }

    /// <summary>
    /// What each of these risks adds to an average year with the controls of today; those without a figure are left
    /// out.
    /// </summary>
    public IReadOnlyDictionary<Guid, long> Yearly(IEnumerable<Risk> risks)
    {
        var tables = new ThreatTables();
        long Average(Risk risk) =>
            MoneySimulation.Round(
                tables.Average(
                    knowledge.ThreatById[risk.ThreatId!].Quantify,
                    new Steps(
                        risk.CurrentLikelihood - risk.InherentLikelihood,
                        risk.CurrentImpact - risk.InherentImpact
                    )
                )
            );
        return risks
            .Where(r => HasRange(r.CurrentScore, r.ThreatId))
            .DistinctBy(r => r.Id)
            .ToDictionary(r => r.Id, Average);
    }

    /// <summary>
    /// For how long who asks through a door waits for the figures: a page draws itself again, and a command has nobody
    /// who would count later.
    /// </summary>
    public static TimeSpan Patience(string door) =>
        door switch
        {
            "ui" => PatienceOfAPage,
            "cli" => Timeout.InfiniteTimeSpan,
            _ => PatienceOfAProgram,
        };

    private bool HasRange(int score, string? threat) =>
        score > 0 && threat is not null && knowledge.ThreatById.ContainsKey(threat);

    private async Task<MoneyQuestion> Read(CancellationToken ct)
    {
        var risks = await db.Set<Risk>()
            .Where(r => r.Standing == Standing.Adopted)
            .Select(r => new
            {
                r.Number,
                r.Title,
                r.ThreatId,
                r.CurrentScore,
                Today = new Steps(r.CurrentLikelihood - r.InherentLikelihood, r.CurrentImpact - r.InherentImpact),
                Treated = r.ResidualScore > 0,
                AfterTreatment = new Steps(
                    r.ResidualLikelihood - r.InherentLikelihood,
                    r.ResidualImpact - r.InherentImpact
                ),
            })
            .ToListAsync(ct);
        var counted = risks
            .Where(r => HasRange(r.CurrentScore, r.ThreatId))
            .Select(r => new MoneyRisk(
                r.Number,
                r.Title,
                knowledge.ThreatById[r.ThreatId!].Quantify,
                r.Today,
                r.Treated ? r.AfterTreatment : r.Today
            ))
            .ToList();
        return new MoneyQuestion(counted, risks.Count - counted.Count);
    }
}
