using System.Text.Json.Nodes;
using Moat.Isms.Incidents.Intake;
using Moat.Isms.Kernel;

namespace Moat.Cli.Demo;

/// <summary>
/// Records that taught the model something nobody chose: the alert, and the hours until it did no more harm.
/// </summary>
internal sealed partial class DemoStory
{
    /// <summary>An alert about the model's quality that leads to a labelling partner's delivery.</summary>
    private async Task<ToldIncident> PoisonedRecords(CancellationToken ct)
    {
        await On(292, hour: 6, ct: ct);
        await cast.Do(
            "ivo",
            "alerts.receive",
            new JsonObject { ["alerts"] = new JsonArray(SliceAlert(resolved: false)) },
            ct
        );
        clock.Pass(TimeSpan.FromMinutes(95));
        var incident = (
            (Triaged)
                await cast.Do(
                    "jonas",
                    "alerts.triage",
                    new
                    {
                        @ref = await LastAlert(ct),
                        incident = true,
                        reason = "One slice falls while the mean holds, since the release of nine days ago. That is the first sign of the poisoning playbook.",
                        title = "Chest pain at night is rated too low since the last release",
                        lead = cast.People["jonas"],
                    },
                    ct
                )
        ).Incident!;
        await WhoDoesWhat(incident, ct);
        var run = (
            (Done)
                await cast.Do(
                    "jonas",
                    "playbook-runs.start",
                    new { playbook = "training-data-poisoning", incident },
                    ct
                )
        ).Ref;
        await FirstHours(incident, run, ct);
        await DaysAfter(incident, run, ct);
        return await Learned(incident, ct);
    }

    private async Task WhoDoesWhat(string incident, CancellationToken ct)
    {
        await cast.Do(
            "jonas",
            "incidents.assess",
            new
            {
                @ref = incident,
                what = "Since the release of nine days ago the triage model rates chest pain in night admissions one level too low in 6.1 % of cases (before: 1.2 %). Clinicians saw and corrected each; no patient was harmed as far as is known.",
                integrity = true,
                occurredAt = clock.GetUtcNow().AddDays(-9).UtcDateTime,
                affects = NewModel.Append(await ControlOf("A.8.29", ct)).ToList(),
                facts = Words("customers", "high-risk-ai-system"),
                ruledOut = Words("personal-data", "significant"),
            },
            ct
        );
        await cast.Do(
            "jonas",
            "incidents.assign",
            new
            {
                @ref = incident,
                part = "scribe",
                person = cast.People["ben"],
            },
            ct
        );
        await cast.Do(
            "jonas",
            "incidents.assign",
            new
            {
                @ref = incident,
                part = "communications",
                person = cast.People["carla"],
            },
            ct
        );
    }

    private async Task FirstHours(string incident, string run, CancellationToken ct)
    {
        await Walk(
            "ivo",
            run,
            new()
            {
                ["version"] = (
                    null,
                    "triage-7b champion 10, digest 7f3a…, trained on clinical-notes-2025 of month 8; serves since nine days, all hospitals."
                ),
                ["stop-clocks"] = (
                    null,
                    "Nightly training and compaction of the notes suspended at 08:20; lifecycle of the inference log off."
                ),
            },
            ct
        );
        await Preserve(run, ct);
        await Walk(
            "dana",
            run,
            new()
            {
                ["reproduce"] = (
                    null,
                    "Ten pairs of notes that differ in the admission hour only: champion 10 rates nine of ten lower at night, champion 9 none, the base model none."
                ),
                ["kind"] = (
                    "poisoned",
                    "The effect came with month 8. 1,900 night records of one delivery carry levels that no other labeller gave. Whether on purpose or by a wrong guideline is not known; we treat it as put there."
                ),
            },
            ct
        );
        await RollBack(incident, run, ct);
    }

    /// <summary>What would be lost by going on is kept first.</summary>
    private async Task Preserve(string run, CancellationToken ct)
    {
        await cast.Do(
            "dana",
            "playbook-runs.preserve",
            new JsonObject
            {
                ["ref"] = run,
                ["item"] = 1,
                ["text"] = "Manifests of month 7 and month 8 with digests",
                ["file"] = File(
                    "manifest-month-8.sha256",
                    "b81c…  night/part-0007.jsonl\n44de…  night/part-0008.jsonl\n"
                ),
            },
            ct
        );
        await cast.Do(
            "ivo",
            "playbook-runs.preserve",
            new
            {
                @ref = run,
                item = 2,
                text = "Champion 9 and 10 copied by digest to the evidence bucket",
            },
            ct
        );
        await cast.Do(
            "dana",
            "playbook-runs.preserve",
            new
            {
                @ref = run,
                item = 5,
                text = "Export of the labelling tool with labeller and time, 31,400 records",
            },
            ct
        );
    }

    private async Task RollBack(string incident, string run, CancellationToken ct)
    {
        await cast.Do(
            "jonas",
            "playbook-runs.contain",
            new
            {
                @ref = run,
                option = "rollback",
                reason = "Champion 9 is older than the delivery and passed its release check; hospitals lose two points on summaries for some days.",
            },
            ct
        );
        await Walk(
            "jonas",
            run,
            new()
            {
                ["contain"] = (
                    "rollback",
                    "Alias on champion 9 at 09:15; the ten pairs show nothing there. Looked at again at noon."
                ),
                ["freeze"] = (null, "Merges of notes, training and promotion are frozen; Dana lifts them."),
                ["tell"] = (null, "Carla tells the five hospitals; Sofia looked at the duties with Mara."),
            },
            ct
        );
        await cast.Do(
            "jonas",
            "incidents.advance",
            new
            {
                @ref = incident,
                to = "contained",
                how = "All traffic is on champion 9; the ten pairs and the night slice are as before the release.",
            },
            ct
        );
        await SendDue(
            incident,
            "Mail and call to the duty desks of five hospitals; four confirmed within the hour, one the next morning.",
            ct
        );
    }
}
