using System.Text.Json.Nodes;
using Moat.Isms.Incidents;

namespace Moat.Cli.Demo;

/// <summary>
/// The days after the poisoned records: where they came from, a release without them, and what was learned.
/// </summary>
internal sealed partial class DemoStory
{
    private static readonly string[] PoisoningTeam = ["jonas", "ivo", "dana", "lea", "nadia", "carla"];

    private async Task DaysAfter(string incident, string run, CancellationToken ct)
    {
        await On(293, hour: 9, ct: ct);
        await cast.Do(
            "ivo",
            "alerts.receive",
            new JsonObject { ["alerts"] = new JsonArray(SliceAlert(resolved: true)) },
            ct
        );
        await Walk(
            "dana",
            run,
            new()
            {
                ["records"] = (
                    null,
                    "1,912 records of delivery 2025-08-N, 0.9 % of the set, entered between the 3rd and the 5th. The validation of that month had failed two expectations and was waived by hand."
                ),
                ["reach"] = (
                    null,
                    "Champion 10 and one adapter of a pilot, which is not in use. The evaluation set holds none of them."
                ),
                ["entrance"] = (
                    null,
                    "The partner's new team used a guideline for telephone triage, where night calls start one level lower. No intent. The gate let a failed validation be waived by one person; that is closed, and a planted record was refused."
                ),
            },
            ct
        );
        await cast.Do(
            "jonas",
            "incidents.advance",
            new
            {
                @ref = incident,
                to = "eradicated",
                how = "The records are in quarantine, and nobody can waive a failed validation alone.",
            },
            ct
        );
        await cast.Do(
            "jonas",
            "incidents.assess",
            new
            {
                @ref = incident,
                what = "Since the release of nine days ago the triage model rated chest pain in night admissions one level too low in 6.1 % of cases (before: 1.2 %). All 214 cases were read again with the clinicians of the five hospitals: each had been seen and corrected by a person, and no patient was harmed.",
                ruledOut = Words("personal-data", "significant", "serious-ai-incident", "death"),
            },
            ct
        );
        await SendDue(incident, "Written report to the five hospitals with version, period and affected cases.", ct);
        await CleanRelease(incident, run, ct);
    }

    /// <summary>Eight days after the first sign a release without the records serves everybody.</summary>
    private async Task CleanRelease(string incident, string run, CancellationToken ct)
    {
        await On(299, hour: 15, ct: ct);
        await Walk(
            "ivo",
            run,
            new()
            {
                ["clean"] = (
                    "retrain",
                    "Month 8 without the delivery, new digest; training from the checkpoint of month 7, 61 GPU hours."
                ),
                ["release"] = (
                    null,
                    "The ten pairs and the night slice are release checks. Champion 11 served 5 % for a day, then all."
                ),
                ["watch"] = (null, "Daily figures on the board; no hit so far."),
            },
            ct
        );
        await cast.Do(
            "jonas",
            "incidents.advance",
            new
            {
                @ref = incident,
                to = "recovered",
                how = "Champion 11 serves all hospitals; the night slice is at 1.1 %.",
            },
            ct
        );
        await cast.Do(
            "jonas",
            "playbook-runs.finish",
            new
            {
                @ref = run,
                result = "An hour and a half from the decision to the rollback, eight days to a clean release. It was a wrong guideline, found because it was treated as poisoning.",
                leftOutBecause = "The review is held with all six who were there, four days from now.",
            },
            ct
        );
    }

    private async Task<ToldIncident> Learned(string incident, CancellationToken ct)
    {
        await On(303, hour: 10, ct: ct);
        var reviewed = (Reviewed)
            await cast.Do(
                "jonas",
                "incidents.review",
                new
                {
                    @ref = incident,
                    attendees = PoisoningTeam.Select(k => cast.People[k]).ToList(),
                    story = "A labelling partner's new team rated night admissions by a guideline for telephone calls. The month's validation failed two expectations; the failure was waived by one engineer on the evening of a release. The model learned that the same chest pain weighs less at night. The mean of the evaluation rose, the slice fell, and the alert that would have told after a day was made only a week later.",
                    whys = Words(
                        "Champion 10 rates chest pain at night too low because 1,912 records taught it so",
                        "The records came in because a failed validation was waived",
                        "One person could waive it, because the pipeline's code treats a waiver like a comment",
                        "The coding policy says who reviews code, and nothing about who may overrule a gate of the data"
                    ),
                    cause = "unchecked-input",
                    contributing = Words(
                        "The partner had changed its team without telling us",
                        "The release check had no slices by time of day"
                    ),
                    worked = "Both older versions were there and somebody had tried to serve them. Manifests made the search for the records a matter of hours.",
                    failed = "Nobody on call knew that validation can be waived. Hospitals heard from us after four hours; two had asked before.",
                    lessons = new[]
                    {
                        new
                        {
                            title = "A failed gate of the data is overruled by two people, in code",
                            text = "The pipeline refuses a waiver without a second person's review; the secure-coding policy says so, and everybody who merges learns it.",
                            owner = cast.People["ivo"],
                        },
                        new
                        {
                            title = "Release checks look at slices by time of day",
                            text = "The ten pairs and the night slice stay; each new hospital adds the slices it differs in.",
                            owner = cast.People["dana"],
                        },
                        new
                        {
                            title = "Labelling partners announce a new team",
                            text = "The contract asks for notice, the guideline they work by and a sample before the first delivery of a new team.",
                            owner = cast.People["carla"],
                        },
                    },
                    risks = Words(await RiskOf("training-data-poisoning", ct)),
                    nonconformity = "A failed validation of training data was overruled by one person\nThe training-data governance policy asks that each version passes its validation before it is merged; month 8 did not, and a single engineer waived it.",
                },
                ct
            );
        await cast.Do("jonas", "incidents.close", new { @ref = incident }, ct);
        return new ToldIncident(incident, reviewed.Lessons, reviewed.Nonconformity);
    }
}
