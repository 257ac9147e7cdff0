using System.Text;
using System.Text.Json.Nodes;
using Moat.Isms.Changes;
using Moat.Isms.Evidence.Facts;
using Moat.Isms.Improvement;
using Moat.Isms.Kernel;

namespace Moat.Cli.Demo;

/// <summary>
/// What went wrong and was traced to its cause, what became better, what changed on purpose and what did not, and news
/// about threats.
/// </summary>
internal sealed partial class DemoStory
{
    private const string AtlasBefore = """
        id: ATLAS
        version: 5.5.0
        matrices:
        - id: ATLAS
          techniques:
          - { id: AML.T0020, name: Poison Training Data, description: Records that a model learns from are altered so that it learns what somebody chose. }
          - { id: AML.T0024, name: Exfiltration via AI Inference API, description: Answers of an interface are collected until they tell what the model was trained on. }
        """;

    private const string AtlasAfter = """
        id: ATLAS
        version: 5.6.0
        matrices:
        - id: ATLAS
          techniques:
          - { id: AML.T0020, name: Poison Training Data, description: "Records or labels are altered so that a model learns what somebody chose; a few hundred of them suffice, also in large sets." }
          - { id: AML.T0024, name: Exfiltration via AI Inference API, description: Answers of an interface are collected until they tell what the model was trained on. }
        """;

    private static readonly string[] AdminWhys =
    [
        "Two merges into the training repository had no review.",
        "Administrators could push past the rules.",
        "The rule for administrators was switched off to rescue a release.",
        "Nobody switched it on again, because the exception had no end.",
    ];

    private static readonly string[] SourceControl = ["A.8.4", "A.8.32"];
    private static readonly string[] AccessControls = ["A.5.18"];
    private static readonly string[] CloudControls = ["A.5.23"];

    private string _branchRules = "",
        _expiringRights = "",
        _secondCloud = "",
        _oddAdvice = "";

    private async Task MonthlyImprovement(int month, CancellationToken ct)
    {
        switch (month)
        {
            case 4:
                await NameOutsourced(ct);
                break;
            case 5:
                await Suggest(ct);
                break;
            case 6:
                await ImportAtlas(AtlasBefore, ct);
                await cast.Do(
                    "jonas",
                    "improvements.plan",
                    new
                    {
                        @ref = _oddAdvice,
                        owner = cast.People["lea"],
                        dueOn = Date(385),
                    },
                    ct
                );
                break;
            case 7:
                await PlanSecondCloud(ct);
                break;
            case 8:
                await RaiseBranchRules(ct);
                break;
            case 9:
                await DoBranchRules(ct);
                break;
            case 10:
                await MoveToSecondCloud(ct);
                break;
            case 11:
                await PromptWithoutGate(ct);
                break;
            case 12:
                await LookBack(ct);
                break;
        }
    }

    private async Task NameOutsourced(CancellationToken ct)
    {
        var suppliers = await AllSuppliers(ct);
        string Of(string name) => suppliers.First(s => s.Name.Contains(name, StringComparison.OrdinalIgnoreCase)).Ref;
        await Outsource(
            "Annotation of clinical notes",
            "process",
            Of("Labelforge"),
            "Two annotators agree on every record, and every batch is signed by the one who checked it.",
            "They work on our terminals in their own rooms; five records in a hundred are annotated again by us.",
            "Agreement per batch, on the data team's board each Monday",
            "dana",
            ct
        );
        await Outsource(
            "GPU time for training",
            "service",
            Of("Granite"),
            "A tenant of our own, encrypted volumes, no image that we did not build.",
            "Keys stay with us; a job starts only with our own identity; volumes are wiped by a job that we check.",
            "Report of the wipe job per run, access log of the tenant once a month",
            "ivo",
            ct
        );
    }

    private Task<object> Outsource(
        string title,
        string kind,
        string supplier,
        string criteria,
        string control,
        string seenBy,
        string owner,
        CancellationToken ct
    ) =>
        cast.Do(
            "jonas",
            "outsourced.create",
            new
            {
                title,
                kind,
                supplier,
                criteria,
                controlExercised = control,
                monitoredBy = seenBy,
                owner = cast.People[owner],
                reviewDays = 180,
            },
            ct
        );

    private async Task Suggest(CancellationToken ct)
    {
        _expiringRights = await Made(
            "emil",
            "improvements.suggest",
            new
            {
                title = "Rights on buckets end after 30 days unless a job renews them",
                expectedEffect = "The review of bucket rights takes less than one hour instead of two days; fewer than ten people hold a standing right to read.",
            },
            ct
        );
        await cast.Do(
            "jonas",
            "improvements.plan",
            new
            {
                @ref = _expiringRights,
                owner = cast.People["ivo"],
                dueOn = Date(235),
            },
            ct
        );
        _oddAdvice = await Made(
            "lea",
            "improvements.suggest",
            new
            {
                title = "Ask clinicians monthly which advice surprised them",
                expectedEffect = "Odd advice is known in weeks, not when a hospital writes.",
            },
            ct
        );
    }

    private async Task ImportAtlas(string release, CancellationToken ct) =>
        await cast.Do(
            "jonas",
            "threat-news.import-atlas",
            new JsonObject
            {
                ["file"] = new JsonObject
                {
                    ["name"] = "ATLAS.yaml",
                    ["content"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(release)),
                },
            },
            ct
        );

    private async Task PlanSecondCloud(CancellationToken ct)
    {
        await On(231, ct: ct);
        await Changed(
            "A.5.18",
            "Rights on the four bucket groups are given for 30 days and end by themselves; a job renews those of pipelines, people ask again. Owners look at what stands once a quarter.",
            _expiringRights,
            ct
        );
        await cast.Do(
            "ivo",
            "improvements.complete",
            new
            {
                @ref = _expiringRights,
                outcome = "Rights on the four bucket groups are given for 30 days; a job renews those of pipelines, people ask again.",
                updates = AccessControls,
            },
            ct
        );
        _secondCloud = await Made(
            "jonas",
            "changes.create",
            new
            {
                title = "The coding model is trained at a second GPU provider",
                kind = "cloud",
                purpose = "One provider's queue cost us eleven days before the last release; the coding model has to be ready when the hospitals' billing year begins.",
                startsOn = Date(260),
                dueOn = Date(315),
                owner = cast.People["ivo"],
                mustHold = "No weights and no notes outside volumes that are encrypted with our keys; every job runs with its own identity; evidence of wiped volumes from the first day.",
                resources = "Three weeks of the platform team, 9,000 EUR for parallel capacity, two days of legal",
                responsibilities = "Ivo moves the jobs and owns the tenant afterwards; Nadia shows its boundary; Sofia signs the data agreement; Dana checks the first dataset there.",
                affects = NewModel,
            },
            ct
        );
        var found = (Consequences)await cast.Do("jonas", "changes.consequences", new { @ref = _secondCloud }, ct);
        await cast.Do(
            "jonas",
            "changes.confirm-consequences",
            new
            {
                @ref = _secondCloud,
                consequences = "A second tenant boundary has to be shown before the first job. The inventory gets a bucket and a cluster; the collectors must read both. Weight theft and tenant compromise are assessed again with two providers. The supplier is judged before the contract, not after.",
                processes = found.Processes.Take(5).Select(p => p.Id).ToArray(),
                affects = found
                    .Records.SelectMany(r => r.Records.Take(r.Kind is "Risks" or "Documents" ? 3 : 2))
                    .Select(r => r.Ref)
                    .Distinct()
                    .ToArray(),
            },
            ct
        );
        await On(236, ct: ct);
        await cast.Do(
            "mara",
            "changes.approve",
            new
            {
                @ref = _secondCloud,
                reason = "Eleven lost days cost more than the second tenant. The boundary is shown first.",
            },
            ct
        );
    }

    private async Task RaiseBranchRules(CancellationToken ct)
    {
        await On(252, ct: ct);
        var training = (
            (Page<ResourceRow>)await cast.Do("jonas", "resources.list", new { q = "corvid/training", limit = 10 }, ct)
        ).Items[0];
        _branchRules = await Made(
            "jonas",
            "nonconformities.create",
            new
            {
                title = "Merges into the training repository without review",
                description = "For two weeks no review was needed and administrators were exempt. Two merges went in without a second pair of eyes, one of them into the pipeline that builds the weights.",
                origin = "check",
                grade = "minor",
                requirement = "A.8.4, A.8.32; our own release criterion of two approvers",
                source = training.Ref,
                owner = cast.People["jonas"],
            },
            ct
        );
        await cast.Do(
            "ivo",
            "nonconformities.correct",
            new
            {
                @ref = _branchRules,
                correction = "The rule is on again. Both merges were reviewed afterwards by Dana and Emil; one default was changed back before the next training run.",
            },
            ct
        );
        await On(257, ct: ct);
        await cast.Do(
            "jonas",
            "nonconformities.analyse",
            new
            {
                @ref = _branchRules,
                whys = AdminWhys,
                cause = "An exception to a branch rule has neither an end nor an owner: the person who needs it switches it off and is expected to remember.",
                lookedElsewhere = "The gateway, the prompt library, and the exceptions of the registry and of the data bucket",
                foundElsewhere = "The prompt library had no review at all until spring. One exception on the data bucket was four months old; it was ended the same day.",
            },
            ct
        );
        await cast.Do(
            "jonas",
            "nonconformities.plan-action",
            new
            {
                @ref = _branchRules,
                title = "Exceptions to branch and bucket rules are requests that end after 48 hours",
                effectSeenBy = "No rule is off for longer than 48 hours in the history of the checks, over two months",
                owner = cast.People["ivo"],
                dueOn = Date(290),
                verifyFrom = Date(352),
            },
            ct
        );
    }

    private async Task DoBranchRules(CancellationToken ct)
    {
        await On(289, ct: ct);
        var action = await ActionOf(_branchRules, ct);
        await Changed(
            "A.8.4",
            "Three repositories, two groups with write access, reviewed each quarter. Branch rules belong to a job: nobody switches them off by hand, and what is switched off on request is on again after 48 hours.",
            action,
            ct
        );
        await Changed(
            "A.8.32",
            "Every change goes through a reviewed merge. An exception is a request with a reason that ends after 48 hours; the history of the rules is looked at in each release meeting.",
            action,
            ct
        );
        await cast.Do(
            "ivo",
            "actions.complete",
            new
            {
                @ref = action,
                outcome = "A small job owns the rules: it takes a request with a reason, switches the rule off, and on again after 48 hours. People lost the right to do it by hand.",
                updates = SourceControl,
            },
            ct
        );
        await cast.Do(
            "jonas",
            "improvements.evaluate",
            new
            {
                @ref = _expiringRights,
                observedEffect = "The last review of bucket rights took 25 minutes; seven people hold a standing right. Two evaluation jobs broke because they had lived on a person's rights, and were mended.",
                asExpected = true,
            },
            ct
        );
    }

    private async Task MoveToSecondCloud(CancellationToken ct)
    {
        await On(320, ct: ct);
        await Changed(
            "A.5.23",
            "Three clouds, one account for each stage, guard rails as code. A new tenant shows its boundary and the identity behind each job in its logs before the first job runs there.",
            _secondCloud,
            ct
        );
        await cast.Do(
            "jonas",
            "changes.complete",
            new
            {
                @ref = _secondCloud,
                outcome = "Half of the coding model's runs are there now. Two weeks later than planned, because the second tenant's logs arrived without job identities and the first job waited for that.",
                updates = CloudControls,
            },
            ct
        );
        foreach (
            var item in ((Page<OutsourcedView>)await cast.Do("jonas", "outsourced.list", new JsonObject(), ct)).Items
        )
            await cast.Do(
                "jonas",
                "outsourced.review",
                new
                {
                    @ref = item.Ref,
                    finding = item.Kind == OutsourcedKind.Process
                        ? "Agreement 0.84 over the half year; two batches went back, both from one new annotator."
                        : "41 wipe reports for 41 runs; the access log shows our identities only.",
                },
                ct
            );
    }

    private async Task PromptWithoutGate(CancellationToken ct)
    {
        await On(349, ct: ct);
        var prompt = await Made(
            "jonas",
            "changes.record-unplanned",
            new
            {
                title = "A system prompt of the triage API went live without its evaluation",
                kind = "other",
                what = "A hotfix of the system prompt; prompts were not seen as releases. The weekly comparison of what runs with what was approved showed it two days later.",
                happenedOn = Date(346),
                owner = cast.People["nadia"],
                mitigation = "Rolled back within two hours. The suite was run late: injection success 5 per cent where 2 are allowed.",
                affects = NewModel,
            },
            ct
        );
        await On(353, ct: ct);
        await cast.Do(
            "jonas",
            "changes.review",
            new
            {
                @ref = prompt,
                outcome = "For two days advice was given with a prompt that nobody had tested. No hospital noticed; 212 answers were read again, none was harmful.",
                sideEffects = "The evaluation board lost a day; one hospital was told in the monthly report.",
                lesson = "A prompt is a release: it passes the same gate as weights",
            },
            ct
        );
        var lesson = ((Page<LessonRow>)await cast.Do("jonas", "lessons.list", new { limit = 1 }, ct)).Items[0];
        await cast.Do(
            "jonas",
            "lessons.propose-improvement",
            new
            {
                @ref = lesson.Ref,
                title = "Prompts pass the release gate with the injection suite",
                expectedEffect = "No prompt runs without an approval of the same week; injection success stays below 2 per cent.",
                owner = cast.People["ivo"],
                dueOn = Date(Days + 14),
            },
            ct
        );
    }

    private async Task LookBack(CancellationToken ct)
    {
        await On(379, ct: ct);
        await cast.Do(
            "jonas",
            "actions.verify",
            new JsonObject
            {
                ["ref"] = await ActionOf(_branchRules, ct),
                ["effective"] = true,
                ["seen"] =
                    "Three requests in 90 days, each ended by itself within 48 hours. The checks over all three repositories passed on every other day.",
                ["file"] = new JsonObject
                {
                    ["name"] = "rule-exceptions.csv",
                    ["content"] = Convert.ToBase64String(
                        "day,rule,repository,hours\n301,reviews,corvid/training,6\n333,administrators,corvid/inference-gateway,2\n361,reviews,corvid/prompt-library,47\n"u8.ToArray()
                    ),
                },
            },
            ct
        );
        await cast.Do(
            "jonas",
            "changes.review",
            new
            {
                @ref = _secondCloud,
                outcome = "No release waited for capacity since; the coding model was ready eight days before the billing year.",
                sideEffects = "Costs for moving data rose by a fifth. The freshness of wipe reports dropped for nine days, because the collector still read the first tenant only.",
                lesson = "A new place needs its collector before its first job",
            },
            ct
        );
        var lesson = ((Page<LessonRow>)await cast.Do("jonas", "lessons.list", new { limit = 1 }, ct)).Items[0];
        await cast.Do(
            "jonas",
            "lessons.dismiss",
            new
            {
                @ref = lesson.Ref,
                reason = "It is a line of the plan for the next change of this kind already; no third provider is in sight this year.",
            },
            ct
        );
        await ImportAtlas(AtlasAfter, ct);
        await On(381, ct: ct);
        await cast.Do(
            "lea",
            "improvements.complete",
            new
            {
                @ref = _oddAdvice,
                outcome = "Four questions to the duty doctors of three hospitals, on the first Monday; the answers go to the data team.",
            },
            ct
        );
        await AfterTheAudit(ct);
        var news = ((Page<NewsRow>)await cast.Do("jonas", "threat-news.list", new { limit = 1 }, ct)).Items[0];
        var view = (NewsView)await cast.Do("jonas", "threat-news.get", new { @ref = news.Ref }, ct);
        await cast.Do(
            "jonas",
            "threat-news.decide",
            new
            {
                @ref = news.Ref,
                decision = "reassess",
                risks = view.Risks.Take(1).Select(r => r.Ref).ToArray(),
                reason = "A few hundred records suffice: our sampling would not see them in the feedback stream.",
            },
            ct
        );
        await On(384, ct: ct);
        await Assess(view.Risks[0].Ref, "dana", ct, because: news.Ref);
    }

    /// <summary>What the internal audit proposed gets an owner and a date.</summary>
    private async Task AfterTheAudit(CancellationToken ct)
    {
        foreach (
            var idea in (
                (Page<ImprovementRow>)await cast.Do("jonas", "improvements.list", new { state = "proposed" }, ct)
            ).Items
        )
            await cast.Do(
                "jonas",
                "improvements.plan",
                new
                {
                    @ref = idea.Ref,
                    owner = idea.OwnerRef ?? cast.People["jonas"],
                    dueOn = Date(Days + 60),
                },
                ct
            );
    }

    private async Task<string> ActionOf(string nonconformity, CancellationToken ct) =>
        ((NonconformityView)await cast.Do("jonas", "nonconformities.get", new { @ref = nonconformity }, ct))
            .Actions[0]
            .Ref;

    /// <summary>A control is done differently from now on, and names what taught it.</summary>
    private Task<object> Changed(string code, string howDone, string because, CancellationToken ct) =>
        cast.Do(
            "ivo",
            "controls.edit",
            new
            {
                @ref = code,
                howDone,
                because,
            },
            ct
        );

    private async Task<string> Made(string who, string operation, object input, CancellationToken ct) =>
        ((Done)await cast.Do(who, operation, input, ct)).Ref;
}
