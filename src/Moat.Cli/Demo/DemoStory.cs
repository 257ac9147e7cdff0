using System.Text.Json.Nodes;
using Moat.Isms.Controls;
using Moat.Isms.Kernel;

namespace Moat.Cli.Demo;

/// <summary>
/// Fourteen months of a fictitious company, replayed through the real operations with a clock that moves: the journal,
/// the history and the freshness of everything in it are therefore real.
/// </summary>
internal sealed partial class DemoStory(DemoCast cast, StoryClock clock, DateTimeOffset today)
{
    /// <summary>How long ago the story begins.</summary>
    public const int Days = 425;

    private static readonly string[] GoodPractice = ["good-practice"];
    private static readonly string[] NewModel = ["AST-1", "AST-3"];
    private static readonly string[] SupplierControls = ["A.5.19", "A.5.22"];

    private int _day;
    private DateTimeOffset _begin;

    /// <summary>Tells it from the first evening to today.</summary>
    public async Task Tell(string password, CancellationToken ct)
    {
        _begin = today.AddDays(-Days);
        await Foundations(password, ct);
        await Risks(ct);
        await FirstStatement(ct);
        await Toolkit(password, ct);
        await Business(ct);
        await FirstYear(password, ct);
        await SecondYear(password, ct);
    }

    private async Task Foundations(string password, CancellationToken ct)
    {
        await On(0, hour: 18, ct: ct);
        await cast.Found(password, ct);
        await cast.Do("mara", "interview.answer", new JsonObject { ["answers"] = Answers(), ["complete"] = true }, ct);
        await cast.Do("mara", "draft.generate", new JsonObject(), ct);
        await On(1, ct: ct);
        var top = (
            (IReadOnlyList<Moat.Isms.People.Responsibilities.RoleView>)
                await cast.Do("mara", "roles.list", new JsonObject(), ct)
        ).Single(r => r.Key == "top-management");
        await cast.Do("mara", "roles.assign", new { @ref = top.Ref, person = cast.People["mara"] }, ct);
        await cast.Do(
            "mara",
            "leadership.commit",
            new
            {
                statement = "We protect what hospitals entrust to us and what we learn from it. I want a certified ISMS before the framework contract begins, and I will look at it every quarter.",
                path = "toolkit",
                budgetEur = 35000,
                days = 60,
            },
            ct
        );
        await On(3, ct: ct);
        await cast.Do("jonas", "assets.import-bom", Bom("triage-1.cdx.json"), ct);
        foreach (
            var process in new[]
            {
                "issues",
                "parties",
                "obligations",
                "business-objectives",
                "assets",
                "roles",
                "scope",
                "suppliers",
                "communication",
            }
        )
            await AdoptAll("jonas", process, ct);
        await Climate(ct);
        await OwnAssets(ct);
        await On(8, ct: ct);
        await cast.Do("mara", "scope.approve", new { @ref = "SCP-1" }, ct);
        await cast.Do("jonas", "method.change", new { appetite = 6, high = 15 }, ct);
        await cast.Do("mara", "method.approve", new { @ref = "METH-1" }, ct);
        await Pulse(ct);
        await On(12, ct: ct);
        await AssignRoles(ct);
        await AdoptAll("jonas", "objectives", ct);
        foreach (
            var (number, owner) in new[]
            {
                (1, "ivo"),
                (2, "ivo"),
                (3, "dana"),
                (4, "sofia"),
                (5, "nadia"),
                (6, "dana"),
                (7, "tomas"),
                (8, "jonas"),
            }
        )
            await cast.Do(
                "jonas",
                "objectives.edit",
                new
                {
                    @ref = $"OBJ-{number}",
                    owner = cast.People[owner],
                    dueOn = Date(Days + 30 * number),
                },
                ct
            );
    }

    private async Task Risks(CancellationToken ct)
    {
        await On(15, ct: ct);
        await AdoptAll("jonas", "risks", ct);
        await AdoptTrainingAccess(ct);
        var risks = await AllRisks(ct);
        foreach (var (risk, index) in risks.Select((r, i) => (r, i)))
            await cast.Do(
                "jonas",
                "risks.edit",
                new
                {
                    @ref = risk.Ref,
                    owner = cast.People[
                        index % 3 == 0 ? "ivo"
                        : index % 3 == 1 ? "dana"
                        : "jonas"
                    ],
                },
                ct
            );
        await Pulse(ct);
        var day = 18;
        foreach (var (risk, index) in risks.Select((r, i) => (r, i)))
        {
            await On(day++, ct: ct);
            await Assess(risk.Ref, "dana", ct, less: 1 + index % 3);
            if (day % 5 == 0)
                await Pulse(ct);
        }
        foreach (var risk in risks)
        {
            await On(day, ct: ct);
            await Treat(risk.Ref, ct);
        }
        await AcceptKept(_ => FirstRenewal, ct);
        await cast.Do(
            "dana",
            "risks.plan-action",
            new
            {
                @ref = await RiskOf("label-tampering", ct),
                title = "Sign every labelled batch and refuse unsigned ones in the pipeline",
                owner = cast.People["ben"],
                dueOn = Date(day + 40),
            },
            ct
        );
        await cast.Do(
            "dana",
            "risks.plan-action",
            new
            {
                @ref = await RiskOf("vector-store-weakness", ct),
                title = "Separate the retrieval index of each hospital",
                owner = cast.People["nadia"],
                dueOn = Date(day + 60),
            },
            ct
        );
        await cast.Do(
            "jonas",
            "risks.plan-action",
            new
            {
                @ref = await RiskOf("gpu-cluster-compromise", ct),
                title = "Meter egress of the weights bucket and alert above 5 GB",
                owner = cast.People["ivo"],
                dueOn = Date(Days + 20),
            },
            ct
        );
    }

    private async Task FirstStatement(CancellationToken ct)
    {
        await On(75, ct: ct);
        await AdoptAll("jonas", "controls", ct);
        var controls = ((Page<ControlRow>)await cast.Do("jonas", "controls.list", new { limit = 200 }, ct)).Items;
        foreach (
            var (control, index) in controls
                .Index()
                .Where(c => c.Item.Applicability == Applicability.Applicable)
                .Select(c => (c.Item, c.Index))
        )
            await Decide(control, index, ct);
        await MendReasons(ct);
        await On(88, ct: ct);
        await cast.Do(
            "mara",
            "soa.publish",
            new
            {
                changeNote = "First version: 93 controls decided against fifty assessed risks.",
                confirmClaims = true,
            },
            ct
        );
        await AcceptAbove(FirstRenewal + 2, ct);
        await FreezePlan("First plan: what is above the appetite, with actions, owners and dates.", ct);
        await Pulse(ct);
    }

    private async Task FirstYear(string password, CancellationToken ct)
    {
        for (var month = 3; month < 13; month++)
        {
            await On(month * 30 + 5, ct: ct);
            await MonthlyEvidence(month, ct);
            await MonthlyValidation(month, ct);
            await MonthlyNumbers(month, ct);
            await TakeUp(month, ct);
            if (month == 12)
                await YearlyRound(ct);
            await Pulse(ct);
            await On(month * 30 + 18, ct: ct);
            await Pulse(ct);
            await MonthlySupport(month, password, ct);
            await WorkOfTheMonth(month, ct);
            await CountNow(ct);
            if (month == 5)
                await CloseAction(
                    "Sign every labelled batch",
                    "Batches are signed since release 1.5; the pipeline refuses others.",
                    ct
                );
            if (month == 4)
                await PlanForTheIsms(ct);
            if (month == 6)
                await AdoptProgramme(ct);
            if (month == 6)
                await Improve(["A.8.16", "A.8.12", "A.8.4", "A.5.23"], ct);
            if (month == 6)
                await FirstReview(password, ct);
            if (month == 7)
                await FollowFirstReview(ct);
            if (month == 7)
                await CloseAction("Separate the retrieval index", "Each hospital has its own index and key.", ct);
            if (month == 8)
                await SecondStatement(ct);
            if (month == 8)
                await FollowForTheIsms(ct);
            if (month == 9)
                await NewModelVersion(ct);
            if (month == 10)
                await TakeUpControls(ct);
            if (month == 12)
                await ReviewAccess(ct);
            if (month == 12)
                await VerifyFollowed(ct);
            if (month == 11)
                await HoldAudit(password, ct);
            if (month == 11)
                await Improve(["A.8.28", "A.8.29", "A.8.31", "A.5.30"], ct);
            await MonthlyImprovement(month, ct);
            await MonthlyIncidents(month, ct);
            await FollowThrough(month, password, ct);
        }
    }

    private async Task SecondYear(string password, CancellationToken ct)
    {
        await On(386, ct: ct);
        await cast.Do("jonas", "access-reviews.keep-current", new JsonObject(), ct);
        await AcceptKept(risk => risk[^1] == '5' ? Days + 6 : Days + 200 + risk[^1] % 5 * 25, ct);
        await TakeUp(13, ct);
        await TellTheChat(ct);
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
        await SecondReview(password, ct);
        await AcceptAbove(Days + NextReviewAfter + 15, ct);
        await LookAtControls(ct);
        await FreezePlan("After the second review: what a year of assessing again has changed.", ct);
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
        await On(402, ct: ct);
        await cast.Invite("paul", password, ct);
        await WorkOfTheMonth(13, ct);
        await HashAgain("Seed 13, a hundred objects of triage-notes 2.6: all digests equal.", ct);
        await ReceiveRequests(ct);
        await MonthlyEvidence(13, ct);
        await MonthlyNumbers(13, ct);
        await KeepPlan(13, ct);
        await WelcomeNewcomer(password, ct);
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
        await Pulse(ct);
        await Poisoned(ct);
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
            password,
            ct,
            confirm: false
        );
        await AnswerRequests(ct);
        await On(Days - 1, ct: ct);
        foreach (var who in DemoCast.Staff.Except(["mara", "lea", "tomas", "emil"]))
            await Acknowledge(who, ct);
        await MonthlyEvidence(14, ct);
        await MonthlyNumbers(14, ct);
        await PauseSources(ct);
        await Pulse(ct);
    }
}
