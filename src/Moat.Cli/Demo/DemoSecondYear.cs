using System.Text.Json.Nodes;
using Moat.Isms.Work.Webhooks;

namespace Moat.Cli.Demo;

/// <summary>The second year until today: a review, a wider scope, and the certification body at the door.</summary>
internal sealed partial class DemoStory
{
    private static readonly string[] ToldToTheChat =
    [
        "incident.opened",
        "check.failing",
        "task.escalated",
        "risk.accepted",
    ];

    private async Task SecondYear(CancellationToken ct)
    {
        await BeforeTheReview(ct);
        await ReviewTheYear(ct);
        await WidenScope(ct);
        await AuditorComes(ct);
        await ThirdStatement(ct);
        await Pulse(ct);
        await Poisoned(ct);
        await LastDays(ct);
        await On(Days - 1, ct: ct);
        foreach (var who in DemoCast.Staff.Except(["mara", "lea", "tomas", "emil"]))
            await Acknowledge(who, ct);
        await MonthlyEvidence(14, ct);
        await MonthlyNumbers(14, ct);
        await PauseSources(ct);
        await Pulse(ct);
    }

    private async Task BeforeTheReview(CancellationToken ct)
    {
        await On(386, ct: ct);
        await cast.Do("jonas", "access-reviews.keep-current", new JsonObject(), ct);
        await AcceptKept(risk => risk[^1] == '5' ? Days + 6 : Days + 200 + risk[^1] % 5 * 25, ct);
        await TakeUp(13, ct);
        await TellTheChat(ct);
    }

    private async Task ReviewTheYear(CancellationToken ct)
    {
        await On(392, ct: ct);
        await Say(
            "How the ISMS does",
            "Figures of the year before the second review: every crown jewel assessed, one objective raised on purpose.",
            ct
        );
        await cast.Do(
            "mara",
            "leadership.commit",
            new
            {
                statement = "The first year paid: two hospital groups signed because of it. I renew the budget and ask for the certificate audit in spring.",
                path = "toolkit",
                budgetEur = 28000,
                days = 45,
            },
            ct
        );
        foreach (var goal in Enumerable.Range(1, 9))
            await cast.Do("jonas", "objectives.edit", new { @ref = $"OBJ-{goal}", dueOn = Date(Days + 365) }, ct);
        await SecondReview(ct);
        await AcceptAbove(Days + NextReviewAfter + 15, ct);
        await LookAtControls(ct);
        await FreezePlan("After the second review: what a year of assessing again has changed.", ct);
    }

    private async Task WidenScope(CancellationToken ct)
    {
        await On(398, ct: ct);
        await cast.Do(
            "jonas",
            "scope.change",
            new
            {
                statement = "Development, training and operation of the triage and coding models and their inference APIs by Corvid Clinical AI GmbH, including the data of hospitals they are trained on.",
            },
            ct
        );
        await cast.Do("mara", "scope.approve", new { @ref = "SCP-2" }, ct);
        await CloseAction(
            "Extend the scope to the coding model",
            "The scope names it since this morning; the statement follows before the audit.",
            ct
        );
        await AnnounceNewcomer(ct);
    }

    /// <summary>
    /// Somebody of the certification body reads along and sends a list, while a data engineer arrives.
    /// </summary>
    private async Task AuditorComes(CancellationToken ct)
    {
        await On(402, ct: ct);
        await cast.Invite("paul", ct);
        await WorkOfTheMonth(13, ct);
        await HashAgain("Seed 13, a hundred objects of triage-notes 2.6: all digests equal.", ct);
        await ReceiveRequests(ct);
        await MonthlyEvidence(13, ct);
        await MonthlyNumbers(13, ct);
        await KeepPlan(13, ct);
        await WelcomeNewcomer(ct);
    }

    private async Task ThirdStatement(CancellationToken ct)
    {
        await On(409, ct: ct);
        await cast.Do(
            "mara",
            "soa.publish",
            new
            {
                changeNote = "Third version, for the certification audit: monitoring and data-leakage prevention are in place, the scope covers the coding model.",
                confirmClaims = true,
            },
            ct
        );
    }

    /// <summary>What is new this week, so that there is something to do on the day the story is read.</summary>
    private async Task LastDays(CancellationToken ct)
    {
        await On(Days - 6, ct: ct);
        await cast.Do(
            "dana",
            "risks.create",
            new
            {
                title = "Night-shift notes drown the day's in the next training run",
                cause = "The new hospital sends three times as many night admissions as the others together.",
                consequence = "Advice for day patients gets worse and nobody compares it by time of day.",
                owner = cast.People["dana"],
                assets = NewModel,
            },
            ct
        );
        await cast.Do(
            "mara",
            "risks.plan-action",
            new
            {
                @ref = "RISK-2",
                title = "Tell the hospitals how long prompts are kept now",
                owner = cast.People["mara"],
                dueOn = Date(Days + 3),
            },
            ct
        );
        await Revise(
            "generative-ai-acceptable-use",
            "A coding agent wrote a hospital's name into a public issue; agents get no write access outside our organisation.",
            major: true,
            await RiskOf("shadow-ai", ct),
            ct,
            confirm: false
        );
        await AnswerRequests(ct);
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
