using System.Text.Json.Nodes;
using Moat.Isms.Context;
using Moat.Isms.People.Responsibilities;
using Moat.Isms.Risks;

namespace Moat.Cli.Demo;

/// <summary>
/// What is looked at again after a year, whether or not anything went wrong: the context, the method, the roles and
/// every risk.
/// </summary>
internal sealed partial class DemoStory
{
    private const int FreshDays = 60;

    /// <summary>Threats whose treatment is done and was seen to work within the year.</summary>
    private static readonly HashSet<string> Treated =
    [
        "label-tampering",
        "vector-store-weakness",
        "pipeline-compromise",
    ];

    private async Task YearlyRound(CancellationToken ct)
    {
        await LookAround(ct);
        foreach (
            var risk in (await AllRisks(ct)).Where(r =>
                r.AssessedAt < clock.GetUtcNow().UtcDateTime.AddDays(-FreshDays)
            )
        )
            await AssessAgain(risk.Ref, risk.ThreatId, ct);
        // The signature is late, and so is the decision what follows from that.
        await cast.Do(
            "dana",
            "risks.accept",
            new
            {
                @ref = LetSlip,
                reason = "Until the new hospital has signed what its notes may be used for; then the risk falls, or the notes leave the set.",
                until = Date(Days - 3),
            },
            ct
        );
    }

    private async Task LookAround(CancellationToken ct)
    {
        await cast.Do("mara", "interview.answer", new JsonObject { ["answers"] = Answers(), ["complete"] = true }, ct);
        await LookAtContext(ct);
        await LookAtRolesAndMethod(ct);
        await LookAgain(ct);
    }

    private async Task LookAtContext(CancellationToken ct)
    {
        var issues = (IReadOnlyList<IssueView>)await cast.Do("jonas", "issues.list", new JsonObject(), ct);
        await cast.Do(
            "jonas",
            "issues.edit",
            new
            {
                @ref = issues.First(i => i.Title.StartsWith("Training depends", StringComparison.Ordinal)).Ref,
                because = _secondCloud,
                effect = "Two providers since this summer: a queue no longer stops a release, and there are two tenants whose boundary has to be shown.",
            },
            ct
        );
        var parties = (IReadOnlyList<PartyView>)await cast.Do("jonas", "parties.list", new JsonObject(), ct);
        await cast.Do(
            "jonas",
            "parties.edit",
            new
            {
                @ref = parties.First(p => p.Name.StartsWith("Health regulator", StringComparison.Ordinal)).Ref,
                answer = "Signed releases, an evaluation gate per clinical slice and time of day, and a rollback that was used once and took ninety minutes.",
            },
            ct
        );
        var obligations =
            (IReadOnlyList<ObligationView>)await cast.Do("jonas", "obligations.list", new JsonObject(), ct);
        await cast.Do(
            "jonas",
            "obligations.edit",
            new
            {
                @ref = obligations.First(o => o.Name == "EU AI Act").Ref,
                asks = "AI literacy of staff; as provider of a high-risk system risk management, data governance, logging, accuracy, human oversight and the report of serious incidents. Read again with legal after a year.",
            },
            ct
        );
    }

    private async Task LookAtRolesAndMethod(CancellationToken ct)
    {
        var roles = (IReadOnlyList<RoleView>)await cast.Do("jonas", "roles.list", new JsonObject(), ct);
        var lead = roles.First(r => r.Key == "incident-lead");
        await cast.Do(
            "jonas",
            "roles.assign",
            new
            {
                @ref = lead.Ref,
                person = cast.People["ben"],
                duties = $"{lead.Duties} May disable any identity of the platform, since the exercise.",
            },
            ct
        );
        var method = (MethodView)await cast.Do("jonas", "method.get", new JsonObject(), ct);
        await cast.Do(
            "jonas",
            "method.change",
            new
            {
                criteria = $"{method.Criteria}\n\nWhat stays above the appetite after its treatment is accepted by top management only, and looked at in each review.",
            },
            ct
        );
        await cast.Do("mara", "method.approve", new { @ref = "METH-2" }, ct);
    }

    /// <summary>
    /// A year of records mostly confirms what was thought; where a treatment was seen to work, the risk of today is
    /// what was to remain.
    /// </summary>
    private async Task AssessAgain(string reference, string? threat, CancellationToken ct)
    {
        var risk = (RiskView)await cast.Do("dana", "risks.get", new { @ref = reference }, ct);
        var (inherent, residual) = (risk.Inherent!, risk.Residual!);
        var isTreated = Treated.Contains(threat ?? "");
        var current = isTreated ? residual : risk.Current!;
        await cast.Do(
            "dana",
            "risks.assess",
            new
            {
                @ref = reference,
                inherentLikelihood = inherent.Likelihood,
                inherentImpact = inherent.Impact,
                currentLikelihood = current.Likelihood,
                currentImpact = current.Impact,
                residualLikelihood = residual.Likelihood,
                residualImpact = residual.Impact,
                rationale = isTreated
                    ? "The treatment is done and its checks passed for half a year, so today's risk is what was to remain."
                    : $"{risk.Threat?.LikelihoodWhy} A year of records and alerts shows neither more nor less than we thought; the measures of last year still hold it.",
            },
            ct
        );
    }
}
