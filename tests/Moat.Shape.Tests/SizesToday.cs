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
        "src/Moat.Isms/Assets/Boms/CycloneDxReader.cs",
        "src/Moat.Isms/Audits/FindingProcess.cs",
        "src/Moat.Isms/Context/ContextRegister.cs",
        "src/Moat.Isms/Documents/DocumentRegister.cs",
        "src/Moat.Isms/Improvement/NewsDesk.cs",
        "src/Moat.Isms/Incidents/Duties/DutyProcess.cs",
        "src/Moat.Isms/Incidents/Incident.cs",
        "src/Moat.Isms/Incidents/IncidentDesk.cs",
        "src/Moat.Isms/Incidents/IncidentProcess.cs",
        "src/Moat.Isms/Incidents/Playbooks/RunProcess.cs",
        "src/Moat.Isms/Kernel/Reading/Schemas/SchemaCheck.cs",
        "src/Moat.Isms/Risks/PlanProcess.cs",
        "src/Moat.Isms/Suppliers/SupplierRegister.cs",
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
        "src/Moat.Isms/AccessReviews/AccessReviewEvidence.cs: Keep",
        "src/Moat.Isms/Alignment/Participation.cs: Read",
        "src/Moat.Isms/Audits/SamplePopulation.cs: Read",
        "src/Moat.Isms/Documents/DocumentFacts.cs: Read",
        "src/Moat.Isms/Evidence/Reports/ReportEvidenceProcess.cs: Report",
        "src/Moat.Isms/Incidents/IncidentMeasuring.cs: Handled",
        "src/Moat.Isms/Overviews/MySecurity.cs: Security",
        "src/Moat.Isms/Processes/Threads/ThreadWalker.cs: Tell",
        "src/Moat.Isms/Readiness/Roadmap.cs: Next",
        "src/Moat.Isms/Reviews/Inputs/AuditInput.cs: Read",
        "src/Moat.Isms/Reviews/Inputs/PerformanceInputs.cs: Read",
        "src/Moat.Isms/Reviews/Inputs/RiskInputs.cs: Read",
        "src/Moat.Isms/Risks/RiskFields.cs: Fill",
        "src/Moat.Isms/Suppliers/SupplierRegister.cs: Get",
    ];
}
