namespace Moat.Cli.Demo;

/// <summary>The first year, month by month: what comes every month, and what happens once.</summary>
internal sealed partial class DemoStory
{
    private async Task FirstYear(CancellationToken ct)
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
            await MonthlySupport(month, ct);
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
                await FirstReview(ct);
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
                await HoldAudit(ct);
            if (month == 11)
                await Improve(["A.8.28", "A.8.29", "A.8.31", "A.5.30"], ct);
            await MonthlyImprovement(month, ct);
            await MonthlyIncidents(month, ct);
            await FollowThrough(month, ct);
        }
    }
}
