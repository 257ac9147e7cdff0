using System.Text.Json.Nodes;
using Moat.Isms.Changes;
using Moat.Isms.Improvement;
using Moat.Isms.Kernel;

namespace Moat.Cli.Demo;

/// <summary>A change on purpose: the coding model is trained at a second provider as well.</summary>
internal sealed partial class DemoStory
{
    private static readonly string[] AccessControls = ["A.5.18"];

    private static readonly string[] CloudControls = ["A.5.23"];

    private async Task PlanSecondCloud(CancellationToken ct)
    {
        await On(231, ct: ct);
        await EndRights(ct);
        await ProposeSecondCloud(ct);
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

    /// <summary>Rights on buckets end by themselves from now on.</summary>
    private async Task EndRights(CancellationToken ct)
    {
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
    }

    private async Task ProposeSecondCloud(CancellationToken ct)
    {
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
        await ConfirmConsequences(ct);
    }

    private async Task ConfirmConsequences(CancellationToken ct)
    {
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

    private async Task ReviewSecondCloud(CancellationToken ct)
    {
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
    }
}
