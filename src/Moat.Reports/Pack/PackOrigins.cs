using Microsoft.EntityFrameworkCore;
using Moat.Isms.Evidence;
using Moat.Isms.Evidence.Checks;
using Moat.Isms.Evidence.Counting;
using Moat.Isms.Evidence.Grades;
using Moat.Isms.Kernel;
using Moat.Isms.People;

namespace Moat.Reports.Pack;

/// <summary>
/// What an auditor should know before reading a number: where the evidence comes from and who decided.
/// </summary>
/// <param name="Evidence">How much evidence has which grade.</param>
/// <param name="Decisions">How many people changed anything, and how much programs did.</param>
/// <param name="Controls">How many controls are claimed, shown and shown over time.</param>
public sealed record PackOrigins(string Evidence, string Decisions, string Controls);

/// <summary>Reads where the content of a pack comes from.</summary>
public sealed class PackOriginReading(MoatDb db, ControlCounting counting)
{
    /// <summary>Counts evidence by grade, entries by people and programs, and controls by state.</summary>
    public async Task<PackOrigins> Read(CancellationToken ct)
    {
        var evidence = (
            await db.Set<EvidenceItem>()
                .Where(e => e.WithdrawnAt == null)
                .Select(e => new
                {
                    e.Kind,
                    e.Origin,
                    e.Size,
                })
                .ToListAsync(ct)
        ).CountBy(e => EvidenceGrading.Of(e.Kind, e.Origin, e.Size)).ToDictionary();
        var watched = await db.Set<CheckInterval>().Select(i => i.ResourceId).Distinct().CountAsync(ct);
        return new PackOrigins(Evidence(evidence, watched), await Decisions(ct), Controls(await counting.All(ct)));
    }

    private static string Evidence(Dictionary<EvidenceGrade, int> grades, int watched)
    {
        int Of(EvidenceGrade grade) => grades.GetValueOrDefault(grade);
        var collected =
            Of(EvidenceGrade.Collected) + watched == 0
                ? "Nothing was collected: every piece of evidence was given by hand."
                : $"{Of(EvidenceGrade.Collected)} pieces of evidence were collected without anybody's hand, and checks watch {watched} {(watched == 1 ? "resource" : "resources")}.";
        return $"{collected} {Of(EvidenceGrade.Record)} are records or files that somebody gave, {Of(EvidenceGrade.Attestation)} are confirmed statements, and {Of(EvidenceGrade.Note)} are notes or links, which show nothing by themselves.";
    }

    private async Task<string> Decisions(CancellationToken ct)
    {
        var accounts = (await db.Set<Membership>().Select(m => m.UserId).ToListAsync(ct)).ToHashSet();
        var entries = await db
            .Journal.GroupBy(e => new { e.ActorId, e.Door })
            .Select(g => new
            {
                g.Key.ActorId,
                g.Key.Door,
                Count = g.Count(),
            })
            .ToListAsync(ct);
        bool IsPerson(Guid? actor, string door) => door == "ui" && actor is { } id && accounts.Contains(id);
        var people = entries.Where(e => IsPerson(e.ActorId, e.Door)).Select(e => e.ActorId).Distinct().Count();
        var (byPeople, all) = (
            entries.Where(e => IsPerson(e.ActorId, e.Door)).Sum(e => e.Count),
            entries.Sum(e => e.Count)
        );
        var who = people switch
        {
            0 => "Nobody who was signed in decided anything",
            1 => "1 person who was signed in decided",
            _ => $"{people} people who were signed in decided",
        };
        return $"{who}: {byPeople} of {all} entries of the journal are theirs, the others come from programs and from Moat itself.";
    }

    private static string Controls(IReadOnlyDictionary<string, ControlStanding> standings)
    {
        int Of(ControlState state) => standings.Values.Count(s => s.State == state);
        return $"Of {standings.Count} applicable controls, {Of(ControlState.ShownOverTime)} are shown over time, {Of(ControlState.Shown)} are shown today, {Of(ControlState.Claimed)} are only claimed, and {Of(ControlState.NotClaimed)} are not called implemented.";
    }
}
