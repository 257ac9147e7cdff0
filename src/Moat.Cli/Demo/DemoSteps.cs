using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using Moat.Cli.Commands;
using Moat.Isms.Assets;
using Moat.Isms.Controls;
using Moat.Isms.Drafts;
using Moat.Isms.Kernel;
using Moat.Isms.Risks;
using Moat.Isms.StatementOfApplicability;

namespace Moat.Cli.Demo;

/// <summary>What the people of the example company do again and again.</summary>
internal sealed partial class DemoStory
{
    private async Task Climate(CancellationToken ct)
    {
        var issues =
            (IReadOnlyList<Moat.Isms.Context.IssueView>)await cast.Do("jonas", "issues.list", new JsonObject(), ct);
        if (issues.FirstOrDefault(i => i.IsClimate) is { } climate)
            await cast.Do(
                "jonas",
                "issues.edit",
                new
                {
                    @ref = climate.Ref,
                    relevant = true,
                    effect = "Heat waves shut down the GPU cloud's region twice in a summer; the second region is part of continuity planning.",
                },
                ct
            );
    }

    private async Task OwnAssets(CancellationToken ct)
    {
        var assets = ((Page<AssetRow>)await cast.Do("jonas", "assets.list", new { limit = 200 }, ct)).Items;
        foreach (var asset in assets)
        {
            var owner = asset.Kind switch
            {
                "dataset" => "dana",
                "model" => "dana",
                "endpoint" => "nadia",
                "office" or "device-fleet" or "team" => "tomas",
                "supplier-api" or "saas" => "tomas",
                _ => "ivo",
            };
            await cast.Do("jonas", "assets.edit", new { @ref = asset.Ref, owner = cast.People[owner] }, ct);
        }
    }

    private async Task AssignRoles(CancellationToken ct)
    {
        var roles =
            (IReadOnlyList<Moat.Isms.People.Responsibilities.RoleView>)
                await cast.Do("jonas", "roles.list", new JsonObject(), ct);
        var holders = new Dictionary<string, string>
        {
            ["top-management"] = "mara",
            ["isms-manager"] = "jonas",
            ["data-steward"] = "dana",
            ["model-owner"] = "lea",
            ["ml-platform-owner"] = "ivo",
            ["privacy-lead"] = "sofia",
            ["people-lead"] = "tomas",
            ["supplier-manager"] = "carla",
            ["security-engineer"] = "nadia",
            ["internal-auditor"] = "emil",
            ["incident-lead"] = "ben",
            ["risk-owner"] = "dana",
            ["control-owner"] = "ivo",
        };
        foreach (var role in roles.Where(r => holders.ContainsKey(r.Key)))
        {
            try
            {
                await cast.Do(
                    "jonas",
                    "roles.assign",
                    new { @ref = role.Ref, person = cast.People[holders[role.Key]] },
                    ct
                );
            }
            catch (RuleBroken)
            {
                // Two roles that check each other: this one stays open, as it would in the company.
            }
        }
    }

    private async Task Assess(string reference, string who, CancellationToken ct, string? because = null, int less = 1)
    {
        var risk = (RiskView)await cast.Do(who, "risks.get", new { @ref = reference }, ct);
        var (likelihood, impact) = (risk.Threat?.StartLikelihood ?? 3, risk.Threat?.StartImpact ?? 3);
        await cast.Do(
            who,
            "risks.assess",
            new
            {
                @ref = reference,
                inherentLikelihood = likelihood,
                inherentImpact = impact,
                currentLikelihood = Math.Max(1, likelihood - less),
                currentImpact = less > 2 ? Math.Max(1, impact - 1) : impact,
                residualLikelihood = Math.Max(1, likelihood - less - 1),
                residualImpact = Math.Max(1, impact - 1),
                rationale = because is null
                    ? $"{risk.Threat?.LikelihoodWhy} What we run today takes one step off the likelihood; nobody has seen it here yet."
                    : "The new labels come from outside annotators through one approval, so what we took off before does not hold for them.",
                becauseOf = because,
            },
            ct
        );
    }

    private async Task Treat(string reference, CancellationToken ct)
    {
        var risk = (RiskView)await cast.Do("dana", "risks.get", new { @ref = reference }, ct);
        var retain = risk.Current!.Score <= 6;
        await cast.Do(
            "dana",
            "risks.treat",
            new
            {
                @ref = reference,
                option = retain ? "retain" : "modify",
                plan = retain
                    ? $"'{risk.Title}' is within the appetite; {risk.Owner} looks again when the model or its data change."
                    : $"{string.Join(", ", risk.Controls.Take(4).Select(c => c.Title))}: they take down '{risk.Title}'; {risk.Owner} reports on them every month.",
            },
            ct
        );
    }

    private async Task Decide(ControlRow control, int index, CancellationToken ct)
    {
        var owner =
            control.Code.StartsWith("A.8", StringComparison.Ordinal) ? "ivo"
            : control.Code.StartsWith("A.7", StringComparison.Ordinal)
            || control.Code.StartsWith("A.6", StringComparison.Ordinal)
                ? "tomas"
            : "jonas";
        var state = (index % 7) switch
        {
            0 or 1 or 2 or 3 => "implemented",
            4 or 5 => "partial",
            _ => "planned",
        };
        var example = ((ControlView)await cast.Do("jonas", "controls.get", new { @ref = control.Code }, ct)).Example;
        await cast.Do(
            "jonas",
            "controls.edit",
            new
            {
                @ref = control.Code,
                owner = cast.People[owner],
                implementation = state,
                howDone = state == "planned" ? null : example,
            },
            ct
        );
    }

    /// <summary>Rows whose risk or obligation was not adopted are called for by good practice instead.</summary>
    private async Task MendReasons(CancellationToken ct)
    {
        var draft = (SoaDraft)await cast.Do("jonas", "soa.draft", new JsonObject(), ct);
        foreach (var code in draft.Missing.Select(m => m.Field).Distinct())
            await cast.Do("jonas", "controls.edit", new { @ref = code, reasonKinds = GoodPractice }, ct);
    }

    private async Task Improve(string[] codes, CancellationToken ct)
    {
        foreach (var code in codes)
            await cast.Do(
                "ivo",
                "controls.edit",
                new
                {
                    @ref = code,
                    implementation = "implemented",
                    howDone = HowDone(code),
                },
                ct
            );
    }

    private static string HowDone(string code) =>
        code switch
        {
            "A.8.16" =>
                "Traces of both endpoints go to one store; drift, refusal rate and egress have alerts that page the inference engineer.",
            "A.8.12" =>
                "The weights bucket is reachable from the training account only; its egress is metered and alerts above 5 GB a day.",
            "A.8.4" =>
                "Three repositories, two groups with write access, reviewed each quarter; prompts live in the same repository as code.",
            "A.5.23" =>
                "Two clouds, one account for each stage, guard rails as code; the exit for the GPU cloud was tried in March.",
            "A.8.28" =>
                "Two approvals for every change of training code; unsigned commits and unscanned images are refused.",
            "A.8.29" =>
                "The injection suite and the membership-inference probe run before every release; a failed gate stops it.",
            "A.8.31" =>
                "Training, staging and production are separate accounts; no hospital data outside the training account.",
            _ =>
                "The second region takes over in forty minutes; last tried with the whole team on a Saturday in autumn.",
        };

    private async Task MonthlyEvidence(int month, CancellationToken ct)
    {
        var (from, to) = (Date(_day - 30), Date(_day - 1));
        await QuarterlyRecords(month, ct);
        var review = new StringBuilder("account,repository,right,decision\n");
        foreach (
            var (name, right) in new[]
            {
                ("dana", "write"),
                ("ivo", "admin"),
                ("emil", "write"),
                ("nadia", "write"),
                ($"bot-{month}", "read"),
            }
        )
            review
                .Append(name)
                .Append(",corvid/training,")
                .Append(right)
                .Append(month % 3 == 0 && name == "emil" ? ",reduced to read\n" : ",kept\n");
        await Evidence(
            "ivo",
            $"Access review of the training repository, month {month}",
            ["A.8.4", "A.5.18"],
            from,
            to,
            "access-review.csv",
            review.ToString(),
            ct
        );
        await Evidence(
            "ivo",
            $"Gate results of all releases, month {month}",
            ["A.8.29", "A.8.28"],
            from,
            to,
            "release-gates.csv",
            string.Create(
                CultureInfo.InvariantCulture,
                $"release,attacks of the injection suite that succeed,membership probe\n1.{month}.0,{(month == 11 ? 1.6m : ReadOff[Injection][month - FirstNumbers])} %,0.52 AUC\n"
            ),
            ct
        );
        if (month % 2 == 0)
            await Evidence(
                "ivo",
                "Restore test of weights and vector store",
                ["A.8.13"],
                from,
                to,
                "restore.txt",
                "Restored 14.2 GB in 38 minutes; checksums equal.\n",
                ct
            );
        if (month % 3 == 0)
            await cast.Do(
                "jonas",
                "evidence.add",
                new
                {
                    title = "Suppliers looked at again: model API, GPU cloud, annotation",
                    controls = SupplierControls,
                    periodFrom = from,
                    periodTo = to,
                    validDays = 120,
                    note = "All three keep their reports current. The model API still offers zero retention; the setting was checked in the console.",
                },
                ct
            );
    }

    private Task<object> Evidence(
        string who,
        string title,
        string[] controls,
        DateOnly from,
        DateOnly to,
        string name,
        string text,
        CancellationToken ct,
        string? form = null
    ) =>
        cast.Do(
            who,
            "evidence.add",
            new JsonObject
            {
                ["as"] = form,
                ["title"] = title,
                ["controls"] = new JsonArray([.. controls.Select(c => (JsonNode)c)]),
                ["periodFrom"] = from.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
                ["periodTo"] = to.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
                ["file"] = new JsonObject
                {
                    ["name"] = name,
                    ["content"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(text)),
                },
            },
            ct
        );

    private async Task CloseAction(string begins, string outcome, CancellationToken ct)
    {
        var tasks = ((Page<Moat.Isms.Work.WorkRow>)await cast.Do("jonas", "tasks.list", new { limit = 200 }, ct)).Items;
        foreach (var task in tasks.Where(t => t.Title.StartsWith(begins, StringComparison.Ordinal)))
            await cast.Do("jonas", "tasks.complete", new { @ref = task.Ref, outcome }, ct);
    }

    private async Task SecondStatement(CancellationToken ct)
    {
        await MendReasons(ct);
        await cast.Do(
            "mara",
            "soa.publish",
            new
            {
                changeNote = "Second version: monitoring, leakage prevention, code access and cloud services are now implemented.",
                confirmClaims = true,
            },
            ct
        );
    }

    /// <summary>
    /// A new model version brings a dataset that nobody had looked at; the risk is assessed again because of it.
    /// </summary>
    private async Task NewModelVersion(CancellationToken ct)
    {
        var imported = (Moat.Isms.Assets.Boms.BomResult)
            await cast.Do("jonas", "assets.import-bom", Bom("triage-2.cdx.json"), ct);
        await AdoptAll("jonas", "assets", ct);
        await OwnAssets(ct);
        var poisoning = (await AllRisks(ct)).First(r => r.ThreatId == "training-data-poisoning");
        await On(_day + 2, ct: ct);
        await Assess(poisoning.Ref, "dana", ct, because: imported.Ref, less: 0);
        await cast.Do(
            "dana",
            "risks.treat",
            new
            {
                @ref = poisoning.Ref,
                option = "modify",
                plan = "A validation gate with two approvals for labels from outside; the contract with the annotators names provenance.",
                residualLikelihood = 2,
                residualImpact = 3,
            },
            ct
        );
        await cast.Do(
            "dana",
            "risks.plan-action",
            new
            {
                @ref = poisoning.Ref,
                title = "Two approvals for every batch of outside labels",
                owner = cast.People["ben"],
                dueOn = Date(Days + 6),
            },
            ct
        );
    }

    private async Task AdoptAll(string who, string process, CancellationToken ct)
    {
        var list = (DraftList)await cast.Do(who, "draft.list", new { of = process }, ct);
        if (list.Items.Count > 0)
            await cast.Do(who, "draft.adopt", new { refs = list.Items.Select(i => i.Ref).ToArray() }, ct);
    }

    private async Task<IReadOnlyList<RiskRow>> AllRisks(CancellationToken ct) =>
        ((Page<RiskRow>)await cast.Do("jonas", "risks.list", new { limit = 200, standing = "adopted" }, ct)).Items;

    private Task<object> Pulse(CancellationToken ct) => cast.Do("jonas", "readiness.record", new JsonObject(), ct);

    private DateOnly Date(int day) => DateOnly.FromDateTime(_begin.AddDays(day).UtcDateTime);

    private static JsonObject Answers()
    {
        using var reader = new StreamReader(Resource("answers.yaml"));
        return InitCommand.ReadAnswers(reader.ReadToEnd(), "answers.yaml");
    }

    private static JsonObject Bom(string name)
    {
        using var content = new MemoryStream();
        Resource(name).CopyTo(content);
        return new JsonObject
        {
            ["file"] = new JsonObject { ["name"] = name, ["content"] = Convert.ToBase64String(content.ToArray()) },
        };
    }

    private static Stream Resource(string name) =>
        Assembly.GetExecutingAssembly().GetManifestResourceStream($"Moat.Cli.Demo.{name}")!;
}
