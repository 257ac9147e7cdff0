using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Rules;

namespace Moat.Isms.Incidents.Playbooks;

/// <summary>Exercises that tested something (A.5.24, A.5.29, A.5.30).</summary>
public sealed class ExerciseRecords(MoatDb db) : IOwnRecords
{
    /// <inheritdoc />
    public string Source => "exercises";

    /// <inheritdoc />
    public string CountsWhen =>
        "An exercise that lasted at least twenty minutes and whose steps have findings by more than one person.";

    /// <inheritdoc />
    public Task<IReadOnlyList<OwnRecord>> Read(DateTime since, CancellationToken ct) =>
        RunSubstance.Of(db, exercise: true, since, ct);
}

/// <summary>Playbooks that were followed in an incident (A.5.26).</summary>
public sealed class FollowedRunRecords(MoatDb db) : IOwnRecords
{
    /// <inheritdoc />
    public string Source => "playbook-runs";

    /// <inheritdoc />
    public string CountsWhen =>
        "A playbook that was followed in an incident for at least twenty minutes, by more than one person.";

    /// <inheritdoc />
    public Task<IReadOnlyList<OwnRecord>> Read(DateTime since, CancellationToken ct) =>
        RunSubstance.Of(db, exercise: false, since, ct);
}

/// <summary>What makes a run of a playbook worth the name.</summary>
internal static class RunSubstance
{
    private const int LeastMinutes = 20;
    private const int LeastPeople = 2;
    private const int LeastFindings = 3;
    private const int WordsOfAFinding = 3;

    /// <summary>Runs that ended with minutes.</summary>
    public static async Task<IReadOnlyList<OwnRecord>> Of(
        MoatDb db,
        bool exercise,
        DateTime since,
        CancellationToken ct
    )
    {
        var runs = await db.Set<PlaybookRun>()
            .Where(r => r.Exercise == exercise && r.EndedAt >= since && r.MinutesId != null)
            .Select(r => new
            {
                r.Id,
                r.Number,
                r.Title,
                r.StartedAt,
                At = r.EndedAt!.Value,
            })
            .ToListAsync(ct);
        var ids = runs.Select(r => r.Id).ToList();
        var done = (
            await db.Set<RunItem>()
                .Where(i => ids.Contains(i.RunId) && i.State == RunItemState.Done)
                .Select(i => new
                {
                    i.RunId,
                    i.By,
                    i.Text,
                })
                .ToListAsync(ct)
        ).ToLookup(i => i.RunId, i => (i.By, i.Text));
        return
        [
            .. runs.Select(r => new OwnRecord(
                $"RUN-{r.Number}",
                r.Title,
                r.At,
                Lacking: Lacking(r.At - r.StartedAt, [.. done[r.Id]])
            )),
        ];
    }

    private static string? Lacking(TimeSpan lasted, IReadOnlyList<(string? By, string? Text)> done)
    {
        if (lasted < TimeSpan.FromMinutes(LeastMinutes))
            return $"lasted {(int)lasted.TotalMinutes} minutes";
        if (done.Count(d => Substance.Says(d.Text, WordsOfAFinding)) < LeastFindings)
            return "has too few steps with a finding that says something";
        var people = done.Select(d => d.By).OfType<string>().Distinct().Count();
        return people < LeastPeople ? "was done by one person alone" : null;
    }
}
