using System.Text.Json.Nodes;
using Moat.Isms.Work.Cadences;

namespace Moat.Cli.Demo;

/// <summary>
/// What comes round at the company: a handful of cadences, one of them forgotten in autumn and done late, and a data
/// lead on holiday.
/// </summary>
internal sealed partial class DemoStory
{
    private static readonly string[] ComesRound =
    [
        "Publish the Statement of Applicability anew",
        "Audit the ISMS internally",
        "Hold the management review",
        "Say what the numbers tell",
        "Compare a sample of training data with its recorded digests",
    ];

    private string _sample = "";

    private async Task WorkOfTheMonth(int month, CancellationToken ct)
    {
        if (month == 3)
            await AdoptCadences(ct);
        if (month == 7)
            await cast.Do(
                "dana",
                "absences.create",
                new
                {
                    from = Date(_day),
                    until = Date(_day + 12),
                    deputy = cast.People["ivo"],
                    handOver = true,
                },
                ct
            );
        foreach (var operation in new[] { "absences.keep-current", "cadences.keep-current", "tasks.keep-current" })
            await cast.Do("jonas", operation, new JsonObject(), ct);
        if (month == 6)
            await HashAgain(
                "Seed 6, a hundred objects of triage-notes 2.3: all digests equal. List in the data room.",
                ct
            );
        if (month == 10)
            await HashAgain(
                "Forgotten while the coding model was released, done now. Seed 10: two digests differ, both from the re-encoding of March; intake now records the digest after it.",
                ct
            );
    }

    private async Task AdoptCadences(CancellationToken ct)
    {
        var proposed = (IReadOnlyList<CadenceRow>)await cast.Do("jonas", "cadences.list", new JsonObject(), ct);
        var chosen = proposed.Where(c => ComesRound.Contains(c.Title)).ToList();
        await cast.Do("jonas", "draft.adopt", new { refs = chosen.Select(c => c.Ref) }, ct);
        // Twelve people say twice a year what the numbers tell; every quarter would be a promise that nobody keeps.
        await cast.Do(
            "jonas",
            "cadences.edit",
            new
            {
                @ref = chosen.First(c => c.Title.StartsWith("Say what", StringComparison.Ordinal)).Ref,
                everyMonths = 6,
            },
            ct
        );
        _sample = chosen.First(c => c.Title.StartsWith("Compare a sample", StringComparison.Ordinal)).Ref;
    }

    private Task HashAgain(string outcome, CancellationToken ct) =>
        cast.Do("dana", "cadences.meet", new { @ref = _sample, outcome }, ct);
}
