using System.Text.Json.Nodes;
using Moat.Isms.Communication;
using Moat.Isms.Improvement;
using Moat.Isms.Kernel;
using Moat.Isms.Risks;
using Moat.Isms.Work.Webhooks;

namespace Moat.Cli.Demo;

/// <summary>
/// What keeps an ISMS from neglect: kept risks accepted by whoever may, lessons taken up, a plan of communication that
/// is kept, a newcomer welcomed.
/// </summary>
internal sealed partial class DemoStory
{
    private const int Appetite = 6;
    private const int FirstRenewal = 398;
    private const int DaysAhead = 30;
    private const string LetSlip = "RISK-20";

    private static readonly string[] WhyKept =
    [
        "Within the appetite, and the next step down costs more than what it would save. A second event in a year or a new model version ends it.",
        "Small enough to carry: we would see it within a day and undo it within two. I look again when the model or its data change.",
        "What we run holds it low, and the evidence of that arrives each month. It ends when one of these controls fails.",
    ];

    /// <summary>Why top management carries more than the appetite for a while, by threat.</summary>
    private static readonly Dictionary<string, string> WhyAbove = new()
    {
        ["prompt-injection-indirect"] =
            "Nobody can rule it out today. Tools of the agent can neither send nor delete, so planted text reaches a clinician's screen and no further.",
        ["retention-failure"] =
            "Deletion is proved for the store and not yet for backups. The hospitals know it, and it stands in the contracts.",
        ["insecure-output-handling"] =
            "Two hospital systems still show answers as HTML; both have a date by which they stop.",
        ["pii-contamination"] =
            "The scrubber finds 99 names of 100; until it is better, a person reads a sample of each batch.",
        ["supply-chain-software"] =
            "Images are pinned and scanned. What a maintainer hides on purpose we would see late, as everybody would.",
        ["training-data-poisoning"] =
            "Two approvals for outside batches are on the way; until then Dana reads a sample of each herself.",
        ["user-data-leakage"] =
            "Hospitals are kept apart in code and in the index, and each release is tested for crossings. A mistake would be grave, so it stays above.",
        ["provider-outage"] =
            "One model API words all advice. The second is tried once a year and takes two days; a third costs more than the days.",
        ["supplier-breach"] =
            "We cannot audit a code host. What lies there is code and prompts; keys and notes do not.",
    };

    private static readonly string[] ToldToTheChat =
    [
        "incident.opened",
        "check.failing",
        "task.escalated",
        "risk.accepted",
    ];

    private string _readsLogged = "",
        _nightCut = "",
        _dutyDesk = "",
        _hourTokens = "",
        _newTeams = "",
        _nightSlices = "";

    /// <summary>
    /// Owners accept what they keep within the appetite. The one that waits for a signature keeps its own date.
    /// </summary>
    private async Task AcceptKept(Func<string, int> untilDay, CancellationToken ct)
    {
        foreach (var (risk, index) in (await AllRisks(ct)).Select((r, i) => (r, i)))
            if (
                risk is { Treatment: TreatmentOption.Retain, ResidualScore: > 0 and <= Appetite }
                && !(risk.Ref == LetSlip && risk.AcceptedUntil is not null)
            )
                await cast.Do(
                    DemoCast.KeyOf(risk.Owner!),
                    "risks.accept",
                    new
                    {
                        @ref = risk.Ref,
                        reason = WhyKept[index % WhyKept.Length],
                        until = Date(untilDay(risk.Ref)),
                    },
                    ct
                );
    }

    /// <summary>
    /// What stays above the appetite is accepted by its owner for less time, and stands because top management agrees.
    /// </summary>
    private async Task AcceptAbove(int until, CancellationToken ct)
    {
        foreach (var risk in (await AllRisks(ct)).Where(r => r.ResidualScore > Appetite))
        {
            await cast.Do(
                DemoCast.KeyOf(risk.Owner!),
                "risks.accept",
                new
                {
                    @ref = risk.Ref,
                    reason = $"{WhyAbove.GetValueOrDefault(risk.ThreatId ?? "", "The treatment needs longer than we hoped.")} Above our appetite, so Mara looks at it in each review.",
                    until = Date(until),
                },
                ct
            );
            await cast.Do("mara", "risks.agree", new { @ref = risk.Ref }, ct);
        }
    }

    /// <summary>The plan is frozen, and each owner of a risk in it approves their part.</summary>
    private async Task FreezePlan(string changeNote, CancellationToken ct)
    {
        var plan = ((Done)await cast.Do("jonas", "plan.freeze", new { changeNote }, ct)).Ref;
        var frozen = (PlanView)await cast.Do("jonas", "plan.get", new { @ref = plan }, ct);
        foreach (var part in frozen.Parts)
            await cast.Do(DemoCast.KeyOf(part.Owner), "plan.approve", new { @ref = plan }, ct);
    }

    /// <summary>Takes up what exercises and incidents taught, does it, and looks what it brought.</summary>
    private async Task TakeUp(int month, CancellationToken ct)
    {
        switch (month)
        {
            case 8:
                _readsLogged = await Propose(
                    "Reads of weights",
                    "Reads of the weights bucket are logged for a year",
                    "Who read which version is answered within an hour, for any day of the last year",
                    "ivo",
                    290,
                    ct
                );
                _nightCut = await Propose(
                    "Whoever leads at night",
                    "Whoever leads at night may disable an identity of the platform",
                    "In the next exercise the path is cut in less than 15 minutes",
                    "ivo",
                    290,
                    ct
                );
                _dutyDesk = await Propose(
                    "Whoever takes the endpoint down",
                    "The hospitals' duty desks hear of it before the endpoint goes down",
                    "No hospital learns from an error page that the endpoint is down",
                    "jonas",
                    295,
                    ct
                );
                break;
            case 9:
                await Complete(
                    "ivo",
                    _readsLogged,
                    "Reads of all weights prefixes are logged to a bucket of another account, with a year's retention; the bill is 90 euros a month.",
                    ["A.8.15"],
                    ct
                );
                await Complete(
                    "ivo",
                    _nightCut,
                    "The role of the night lead may disable identities and nothing else; each use pages a second person.",
                    ["A.8.2", "A.5.24"],
                    ct
                );
                _hourTokens = await Propose(
                    "Notebooks get tokens",
                    "Notebooks get tokens that live an hour",
                    "Secret scanning finds no token of the registry that is older than a day",
                    "ivo",
                    340,
                    ct
                );
                break;
            case 10:
                _newTeams = await Propose(
                    "Labelling partners announce",
                    "Labelling partners announce a new team before its first delivery",
                    "No batch comes from people whose guideline and sample we have not seen",
                    "carla",
                    345,
                    ct
                );
                break;
            case 11:
                await Complete(
                    "ivo",
                    _hourTokens,
                    "The platform makes a token when a notebook starts and ends it with the notebook; tokens made by hand were revoked.",
                    ["A.8.4", "A.5.17"],
                    ct
                );
                await Complete(
                    "dana",
                    _nightSlices,
                    "The ten pairs and the night slice stand in the release gate; a fall of more than a point stops it.",
                    ["A.8.29"],
                    ct
                );
                await Complete(
                    "carla",
                    _newTeams,
                    "Annex 3 of the contract asks for two weeks' notice, the guideline and a hundred sample records; Labelforge signed it.",
                    ["A.5.20", "OUT-1"],
                    ct
                );
                await Evaluate(
                    _readsLogged,
                    "Asked three times since, each answered in a quarter of an hour. One reader turned out to be an old evaluation job, which was ended.",
                    ct
                );
                await Evaluate(
                    _nightCut,
                    "Used once, for the alert of a night: the identity was off after four minutes, with a second person on the line.",
                    ct
                );
                await Evaluate(
                    _dutyDesk,
                    "In the incident of summer four of five desks confirmed within the hour, before anything changed for them.",
                    ct
                );
                break;
            case 13:
                await Evaluate(
                    _hourTokens,
                    "Seven weeks without a finding; the two before were older than the change.",
                    ct
                );
                await Evaluate(
                    _nightSlices,
                    "Two releases since. The second was held for a day, because one hospital's nights had fallen by 1.4 points.",
                    ct
                );
                await Evaluate(
                    _newTeams,
                    "Labelforge announced two people in September. Their sample missed the agreement by a little, and they were taught before the first batch.",
                    ct
                );
                break;
        }
    }

    private async Task<string> Propose(
        string lesson,
        string title,
        string expectedEffect,
        string owner,
        int by,
        CancellationToken ct
    )
    {
        var open = (
            (Page<LessonRow>)await cast.Do("jonas", "lessons.list", new { limit = 100, end = "open" }, ct)
        ).Items;
        return await Made(
            "jonas",
            "lessons.propose-improvement",
            new
            {
                @ref = open.First(l => l.Title.StartsWith(lesson, StringComparison.Ordinal)).Ref,
                title,
                expectedEffect,
                owner = cast.People[owner],
                dueOn = Date(by),
            },
            ct
        );
    }

    private Task<object> Complete(
        string who,
        string improvement,
        string outcome,
        string[] updates,
        CancellationToken ct
    ) =>
        cast.Do(
            who,
            "improvements.complete",
            new
            {
                @ref = improvement,
                outcome,
                updates,
            },
            ct
        );

    private Task<object> Evaluate(string improvement, string observedEffect, CancellationToken ct) =>
        cast.Do(
            "jonas",
            "improvements.evaluate",
            new
            {
                @ref = improvement,
                observedEffect,
                asExpected = true,
            },
            ct
        );

    /// <summary>
    /// Says what the communication plan asks for next; the figures for management and the news for everybody have words
    /// of their own.
    /// </summary>
    private async Task KeepPlan(int month, CancellationToken ct)
    {
        var soon = Date(_day + DaysAhead);
        foreach (var entry in (await Plan(ct)).Where(e => e.NextOn <= soon))
            if (Promised(entry, month) is { } what)
                await cast.Do("jonas", "communication.send", new { @ref = entry.Ref, what }, ct);
    }

    private static string? Promised(CommunicationView entry, int month) =>
        entry.What.Split(' ', 3) switch
        {
            ["New", "attacks", ..] =>
                $"Read by Nadia for month {month}: mailing lists of ATLAS and OWASP, the CSIRT's notices. {(month % 4 == 0 ? "A typosquatted tokenizer package; we do not use it, and the allow-list would have refused it." : "Nothing that concerns us beyond what the register knows.")}",
            ["Changes", "of", ..] =>
                $"Carla read terms and trust pages of all three suppliers in month {month}. {(month > 8 ? "Lumen ends a region that we do not use." : "No change of retention or regions.")}",
            ["Where", "to", ..] =>
                "Ben posted address and phone number in the main channel, and told what became of the mail that Carla reported: nothing was wrong, and it was right to ask.",
            ["What", "labellers", ..] =>
                "Dana briefed the annotators in their rooms; 14 signed the sheet, two asked what to do with a name in a note.",
            _ => null,
        };

    /// <summary>A data engineer joins: prepared before her first day, and one step is still to be closed.</summary>
    private async Task AnnounceNewcomer(CancellationToken ct)
    {
        await cast.Do(
            "mara",
            "people.create",
            new
            {
                name = "Greta Lund",
                email = DemoCast.Email("greta"),
                jobTitle = "Data engineer",
                department = "Data",
                manager = cast.People["dana"],
                joinedOn = Date(Days - 20),
            },
            ct
        );
        cast.People["greta"] = (await cast.Person("greta", ct)).Ref;
        await cast.Do(
            "mara",
            "people.checklist",
            new
            {
                @ref = cast.People["greta"],
                checklist = "joiner",
                on = Date(Days - 20),
            },
            ct
        );
    }

    private async Task WelcomeNewcomer(string password, CancellationToken ct)
    {
        await CloseAction(
            "Keep the signed confidentiality agreement of Greta",
            "Signed on paper and kept with her contract.",
            ct
        );
        await CloseAction(
            "Finish the background checks of Greta",
            "Two references and the certificate of conduct, both without remarks.",
            ct
        );
        await On(Days - 20, ct: ct);
        await cast.Invite("greta", password, ct);
        await CloseAction(
            "Hand Greta Lund an encrypted",
            "Laptop CRV-0131, encrypted, in device management since this morning.",
            ct
        );
        await CloseAction(
            "Give Greta Lund access by group",
            "Groups of the data team: two repositories, tracker, read on the notes bucket.",
            ct
        );
        await CloseAction(
            "Turn on a phishing-resistant second factor for Greta",
            "Two keys, one of them in the safe.",
            ct
        );
        await On(Days - 18, ct: ct);
        await Acknowledge("greta", ct);
    }

    /// <summary>
    /// A webhook to the team's chat. It is paused, because this company exists only here and nobody would answer.
    /// </summary>
    private async Task TellTheChat(CancellationToken ct)
    {
        var hook = (
            (MadeWebhook)
                await cast.Do(
                    "jonas",
                    "webhooks.create",
                    new
                    {
                        name = "Chat of the security team",
                        url = "https://chat.corvid.example/hooks/moat",
                        events = ToldToTheChat,
                    },
                    ct
                )
        ).Ref;
        await cast.Do("jonas", "webhooks.edit", new JsonObject { ["ref"] = hook, ["paused"] = true }, ct);
    }
}
