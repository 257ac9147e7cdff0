using System.Text.Json.Nodes;
using Moat.Isms.Incidents;
using Moat.Isms.Incidents.Duties;
using Moat.Isms.Incidents.Intake;
using Moat.Isms.Kernel;

namespace Moat.Cli.Demo;

/// <summary>What an incident of the story left behind, for those who tell how it went on.</summary>
internal sealed record ToldIncident(string Incident, IReadOnlyList<string> Lessons, string? Nonconformity);

/// <summary>
/// What went wrong in the company: a report that was none, an exercise, a leaked token, and records that taught the
/// model something nobody chose.
/// </summary>
internal sealed partial class DemoStory
{
    private static readonly string[] CredentialTeam = ["ivo", "emil", "jonas"];
    private static readonly string[] PoisoningTeam = ["jonas", "ivo", "dana", "lea", "nadia", "carla"];

    /// <summary>The incident with the poisoned records, once it is told.</summary>
    private ToldIncident? Poisoning { get; set; }

    private async Task MonthlyIncidents(int month, CancellationToken ct)
    {
        if (month == 6)
            await OddMail(ct);
        if (month == 7)
            await Exercise(ct);
        if (month == 8)
            await LeakedToken(ct);
        if (month == 9)
            Poisoning = await PoisonedRecords(ct);
    }

    private async Task OddMail(CancellationToken ct)
    {
        await On(199, hour: 11, ct: ct);
        await cast.Do(
            "carla",
            "incidents.report",
            new
            {
                text = "A hospital forwarded me a mail that looks like ours and asks them to enter their API token on a page. I did not click. They ask whether it is real.",
            },
            ct
        );
        clock.Pass(TimeSpan.FromMinutes(50));
        await cast.Do(
            "jonas",
            "reported-events.triage",
            new
            {
                @ref = "EVT-1",
                incident = false,
                reason = "It is our own rotation notice of Tuesday, sent by the billing tool without our domain. Nothing was stolen. From now on such mails are announced on the status page first. Right to ask.",
            },
            ct
        );
    }

    /// <summary>An hour around a table: who would notice that the weights are gone, and who may cut what.</summary>
    private async Task Exercise(CancellationToken ct)
    {
        await On(236, hour: 13, ct: ct);
        var run = (
            (Done)
                await cast.Do(
                    "jonas",
                    "playbook-runs.start",
                    new { playbook = "weight-theft", lead = cast.People["ben"] },
                    ct
                )
        ).Ref;
        await Walk(
            "jonas",
            run,
            new()
            {
                ["what"] = (
                    null,
                    "Ivo names the bucket and the version in four minutes. Nobody can say who read it on Sunday: the log of reads is off for that prefix."
                ),
                ["going-on"] = (
                    "outsider",
                    "Egress of the training network is a number on a board that nobody watches at night."
                ),
                ["cut"] = (
                    null,
                    "Ivo could cut the identity. Ben, who leads, has no right to; he would call, and the call goes to voice mail."
                ),
                ["lock"] = (
                    "reads",
                    "Agreed after nine minutes. Lea asks what hospitals get meanwhile: nothing changes for them."
                ),
                ["evidence"] = (null, "Ninety days of logs are kept; the theft in the story is a hundred days old."),
                ["inside"] = (
                    null,
                    "Sofia has the list of what the weights were trained on within twenty minutes, from the statement of the last release."
                ),
                ["duties"] = (
                    null,
                    "Sofia would tell the authority and five hospitals. Nobody knew that the insurer wants a call before the first invoice."
                ),
                ["strategy"] = (
                    "rotate",
                    "Mara would bring the next version forward; Dana puts the price at six weeks of the cluster."
                ),
                ["review"] = (
                    null,
                    "What was slow: who may cut, and who may say so at night. Three lessons, all with Ivo."
                ),
            },
            ct
        );
        await cast.Do(
            "jonas",
            "playbook-runs.finish",
            new
            {
                @ref = run,
                result = "The path was cut after 31 minutes in the story; the goal is 15. What worked: the list of what is inside the weights. What did not: reads of the weights bucket are not logged, and whoever leads may not cut anything. Nobody had thought of the hospitals' duty desk before the endpoint goes down.",
                leftOutBecause = "The hour was over. Search, way out, keys, access and marks are technical; the platform team walks through them in spring.",
                lessons = Words(
                    "Reads of weights are logged for a year",
                    "Whoever leads at night may disable any identity of the platform",
                    "Whoever takes the endpoint down tells the hospitals' duty desk first"
                ),
                owner = cast.People["ivo"],
            },
            ct
        );
    }

    private async Task LeakedToken(CancellationToken ct)
    {
        await On(270, hour: 14, ct: ct);
        await cast.Do(
            "ivo",
            "alerts.receive",
            new JsonObject { ["alerts"] = new JsonArray(TokenAlert(resolved: false)) },
            ct
        );
        var incident = (
            (Triaged)
                await cast.Do(
                    "ivo",
                    "alerts.triage",
                    new
                    {
                        @ref = await LastAlert(ct),
                        incident = true,
                        reason = "The token is real and was good for reading and writing models",
                        title = "A registry token in a training notebook",
                        lead = cast.People["ivo"],
                    },
                    ct
                )
        ).Incident!;
        await cast.Do(
            "ivo",
            "incidents.assess",
            new
            {
                @ref = incident,
                what = "Emil committed a notebook whose output held his token of the model registry. The repository is private, eleven people read it. The token was good for 41 minutes after the push.",
                confidentiality = true,
                occurredAt = Stamp(270, 13, 22),
                affects = await NamedAssets(["repositor", "registry"], ct),
                ruledOut = Words("personal-data", "customers", "significant", "serious-ai-incident", "death"),
            },
            ct
        );
        var run = (
            (Done)await cast.Do("ivo", "playbook-runs.start", new { playbook = "leaked-credential", incident }, ct)
        ).Ref;
        await Walk(
            "ivo",
            run,
            new()
            {
                ["identify"] = (
                    null,
                    "Token of the model registry, Emil's, read and write, exposed from 13:22 to 14:03, inside the company only."
                ),
                ["severity"] = ("internal", "Medium: it could have changed a model, and the log shows who did what."),
                ["cut"] = ("now", "Revoked at the registry at 14:03. Emil's evaluation stopped, nobody else's work."),
                ["log-hold"] = (null, "Registry log of the day exported and kept."),
                ["other-places"] = (null, "No copy in images or chat. One fork, deleted."),
                ["foothold"] = (null, "No key, webhook or user was made with it."),
                ["damage"] = (
                    null,
                    "Eleven calls, all from Emil's machine. Nothing was read or written by anybody else."
                ),
            },
            ct
        );
        await cast.Do(
            "ivo",
            "incidents.advance",
            new
            {
                @ref = incident,
                to = "contained",
                how = "The token is revoked; the registry refuses it.",
                at = Stamp(270, 14, 3),
            },
            ct
        );
        await On(271, hour: 10, ct: ct);
        await cast.Do(
            "ivo",
            "alerts.receive",
            new JsonObject { ["alerts"] = new JsonArray(TokenAlert(resolved: true)) },
            ct
        );
        await Walk(
            "ivo",
            run,
            new()
            {
                ["replace"] = (
                    null,
                    "Emil's evaluation runs with a token that is made at its start and lives an hour."
                ),
                ["block"] = (null, "Outputs of notebooks are stripped before a commit; a planted token was refused."),
            },
            ct
        );
        await cast.Do(
            "ivo",
            "incidents.advance",
            new
            {
                @ref = incident,
                to = "eradicated",
                how = "The notebook is cleaned from the history and the fork is deleted; a search over all repositories and images finds the token nowhere.",
            },
            ct
        );
        await cast.Do(
            "ivo",
            "playbook-runs.finish",
            new
            {
                @ref = run,
                result = "Revoked 41 minutes after the push, used by nobody else.",
                leftOutBecause = "Nobody outside has to be told and no machine was touched, so nothing is rebuilt. The review is held on its own day.",
            },
            ct
        );
        await On(271, hour: 15, ct: ct);
        await cast.Do(
            "ivo",
            "incidents.advance",
            new
            {
                @ref = incident,
                to = "recovered",
                how = "The night's evaluation ran with the new token, and nobody misses the old one.",
            },
            ct
        );
        await On(274, hour: 10, ct: ct);
        await cast.Do(
            "jonas",
            "incidents.review",
            new
            {
                @ref = incident,
                attendees = CredentialTeam.Select(k => cast.People[k]).ToList(),
                story = "A notebook printed its environment, the output was committed with it, and the scanner told us eight minutes later. The token could write models for 41 minutes.",
                whys = Words(
                    "The token stood in the notebook's output",
                    "The notebook reads the token from the environment and prints all of it when it fails",
                    "Tokens for notebooks are made by hand and live a year, so they are put where they are handy",
                    "The platform offers no token that ends by itself"
                ),
                cause = "exposed-secret",
                contributing = Words("Outputs are not stripped before a commit"),
                worked = "Secret scanning with a person behind it; the registry's log could show that nobody else used it.",
                failed = "Revoking took eleven minutes because only two people may do it.",
                lessons = new[]
                {
                    new
                    {
                        title = "Notebooks get tokens that live an hour",
                        text = "The platform makes them when a notebook starts and ends them with it.",
                        owner = cast.People["ivo"],
                    },
                },
            },
            ct
        );
        await cast.Do("jonas", "incidents.close", new { @ref = incident }, ct);
    }

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

    private async Task Walk(
        string who,
        string run,
        Dictionary<string, (string? Choice, string Text)> steps,
        CancellationToken ct
    )
    {
        foreach (var (step, told) in steps)
            await cast.Do(
                who,
                "playbook-runs.do",
                new
                {
                    @ref = run,
                    step,
                    text = told.Text,
                    choice = told.Choice,
                },
                ct
            );
    }

    /// <summary>Sends the next notice of each open duty.</summary>
    private async Task SendDue(string incident, string how, CancellationToken ct)
    {
        var view = (IncidentView)await cast.Do("jonas", "incidents.get", new { @ref = incident }, ct);
        foreach (var duty in view.Duties.Where(d => d.State == DutyState.Open))
            if (duty.Notices.FirstOrDefault(n => n.SentAt is null) is { } notice)
                await cast.Do(
                    "jonas",
                    "duties.send",
                    new
                    {
                        @ref = duty.Ref,
                        stage = notice.Stage,
                        how,
                    },
                    ct
                );
    }
}
