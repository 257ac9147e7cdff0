namespace Moat.Tests;

/// <summary>Files that are longer than a reader takes in at once. The list only ever gets shorter.</summary>
internal static class SizesToday
{
    /// <summary>Their paths.</summary>
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
        "src/Moat.Knowledge/ContentCheck.cs",
        "src/Moat.Knowledge/Draft.cs",
        "src/Moat.Knowledge/Entries.cs",
        "src/Moat.Reports/RegisterCourse.cs",
        "src/Moat.Server/Doors/Scim/ScimDoor.cs",
    ];
}
