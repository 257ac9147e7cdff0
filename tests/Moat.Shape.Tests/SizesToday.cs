namespace Moat.Tests;

/// <summary>What is longer than a reader takes in at once. The lists only ever get shorter.</summary>
internal static class SizesToday
{
    /// <summary>Files.</summary>
    public static readonly string[] StillLong =
    [
        "src/Moat.Cli/Demo/DemoAudits.cs",
        "src/Moat.Cli/Demo/DemoImprovement.cs",
        "src/Moat.Cli/Demo/DemoIncidents.cs",
        "src/Moat.Cli/Demo/DemoReviews.cs",
        "src/Moat.Cli/Demo/DemoSteps.cs",
        "src/Moat.Cli/Demo/DemoStory.cs",
        "src/Moat.Cli/Demo/DemoSupport.cs",
        "src/Moat.Cli/Demo/DemoUpkeep.cs",
    ];

    /// <summary>Functions; most of them tell the example company's story.</summary>
    public static readonly string[] StillLongFunctions =
    [
        "src/Moat.Cli/Demo/DemoAudits.cs: AnswerRequests",
        "src/Moat.Cli/Demo/DemoAudits.cs: FollowFinding",
        "src/Moat.Cli/Demo/DemoAudits.cs: HoldAudit",
        "src/Moat.Cli/Demo/DemoFacts.cs: Events",
        "src/Moat.Cli/Demo/DemoImprovement.cs: LookBack",
        "src/Moat.Cli/Demo/DemoImprovement.cs: PlanSecondCloud",
        "src/Moat.Cli/Demo/DemoIncidents.cs: DaysAfter",
        "src/Moat.Cli/Demo/DemoIncidents.cs: Exercise",
        "src/Moat.Cli/Demo/DemoIncidents.cs: FirstHours",
        "src/Moat.Cli/Demo/DemoIncidents.cs: LeakedToken",
        "src/Moat.Cli/Demo/DemoIncidents.cs: PoisonedRecords",
        "src/Moat.Cli/Demo/DemoReviews.cs: FirstReview",
        "src/Moat.Cli/Demo/DemoReviews.cs: SecondReview",
        "src/Moat.Cli/Demo/DemoSteps.cs: MonthlyEvidence",
        "src/Moat.Cli/Demo/DemoStory.cs: Foundations",
        "src/Moat.Cli/Demo/DemoStory.cs: Risks",
        "src/Moat.Cli/Demo/DemoStory.cs: SecondYear",
        "src/Moat.Cli/Demo/DemoThread.cs: RemoveTheCause",
        "src/Moat.Cli/Demo/DemoUpkeep.cs: TakeUp",
        "src/Moat.Cli/Demo/DemoYear.cs: LookAround",
    ];
}
