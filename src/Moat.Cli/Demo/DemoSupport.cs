using System.Text.Json.Nodes;

namespace Moat.Cli.Demo;

/// <summary>
/// What the example company writes, learns, asks its suppliers and says: at first, each month and after a year.
/// </summary>
internal sealed partial class DemoStory
{
    private static readonly string[] LawControl = ["A.5.31"];

    /// <summary>
    /// Documents, competence, courses, suppliers and the communication plan, after the first statement of
    /// applicability.
    /// </summary>
    private async Task Toolkit(CancellationToken ct)
    {
        await On(89, ct: ct);
        await AdoptAll("jonas", "documents", ct);
        var documents = await Documents(ct);
        foreach (var document in documents)
            await cast.Do(
                "jonas",
                "documents.describe",
                new { @ref = document.Ref, owner = cast.People[OwnerOf(document)] },
                ct
            );
        // Documents print what each supplier does, and none is approved while that is open.
        foreach (var (index, supplier) in (await AllSuppliers(ct)).Index())
            await cast.Do("jonas", "suppliers.edit", new { @ref = supplier.Ref, service = ServiceOf(index) }, ct);
        foreach (var document in documents)
            await Release(document.Ref, ct);
        await cast.Do(
            "jonas",
            "documents.add-external",
            new
            {
                title = "EU AI Act, Regulation (EU) 2024/1689",
                note = "The consolidated text; we provide a high-risk system. Looked at when a guideline of the Commission appears.",
                address = "https://eur-lex.europa.eu/eli/reg/2024/1689/oj",
                owner = cast.People["sofia"],
                requirements = LawControl,
            },
            ct
        );
        await On(92, ct: ct);
        foreach (var who in DemoCast.Staff)
            await Acknowledge(who, ct);
        await Competence(ct);
        await On(94, ct: ct);
        await cast.Do("jonas", "training.assign-by-rules", new JsonObject(), ct);
        await On(99, ct: ct);
        foreach (var who in DemoCast.Staff)
            await Learn(who, failsFirst: who is "emil" or "carla", ct);
        await Suppliers(ct);
        await Communicate(ct);
        await Pulse(ct);
    }

    private async Task MonthlySupport(int month, CancellationToken ct)
    {
        await Say(
            "How the ISMS does",
            $"Figures of month {month}: what is overdue, what moved, what needs a decision.",
            ct
        );
        await KeepPlan(month, ct);
        if (month % 3 == 0)
            await Say(
                "What changed in policies",
                "New rules in five minutes, one phishing try that somebody reported, thanks to two people.",
                ct
            );
        if (month == 6)
            await Revise(
                "training-data-governance",
                "A new hospital sends night admissions; batches are compared by time of day from now on.",
                major: true,
                await RiskOf("training-data-poisoning", ct),
                ct
            );
        if (month == 7)
            await CloseGaps(ct);
        if (month == 9)
            await TellDutyDesksFirst(ct);
        if (month == 10)
            await PlanAgain(ct);
        if (month == 12)
            await YearlySupport(ct);
    }

    /// <summary>
    /// What comes round after a year: refreshed courses, documents read again, suppliers looked at again.
    /// </summary>
    private async Task YearlySupport(CancellationToken ct)
    {
        await cast.Do("jonas", "training.assign-by-rules", new JsonObject(), ct);
        foreach (var who in DemoCast.Staff)
            await Learn(who, failsFirst: false, ct);
        foreach (
            var document in (await Documents(ct)).Where(d =>
                d.NextReviewOn < DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddDays(120)
            )
        )
            await cast.Do(
                "jonas",
                "documents.confirm",
                new
                {
                    @ref = document.Ref,
                    reason = "Read against the year's incidents and the new model; it still says what we do.",
                },
                ct
            );
        foreach (var supplier in await AllSuppliers(ct))
            await cast.Do(
                "jonas",
                "suppliers.assess",
                new { @ref = supplier.Ref, judgement = SeenAt(supplier.Name) },
                ct
            );
    }
}
