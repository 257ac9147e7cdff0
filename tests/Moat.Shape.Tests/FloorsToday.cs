namespace Moat.Tests;

/// <summary>What still goes up or across. The list only ever gets shorter.</summary>
internal static class FloorsToday
{
    /// <summary>Which folder still uses which.</summary>
    public static readonly (string User, string Used)[] StillUse =
    [
        ("Assets", "Documents"), ("Assets", "Evidence"), ("Assets", "Risks"),
        ("Audits", "Improvement"), ("Audits", "Leadership"), ("Audits", "Processes"), ("Audits", "Readiness"),
        ("Changes", "Processes"),
        ("Communication", "Processes"),
        ("Context", "Assets"), ("Context", "Changes"), ("Context", "Documents"), ("Context", "Improvement"),
        ("Context", "Incidents"), ("Context", "Leadership"), ("Context", "Objectives"), ("Context", "Processes"),
        ("Context", "Readiness"), ("Context", "Risks"), ("Context", "Suppliers"),
        ("Controls", "Documents"), ("Controls", "Evidence"), ("Controls", "Improvement"), ("Controls", "Processes"),
        ("Controls", "Readiness"), ("Controls", "Risks"),
        ("Documents", "Communication"), ("Documents", "Improvement"), ("Documents", "Leadership"),
        ("Documents", "Objectives"), ("Documents", "Processes"), ("Documents", "Risks"), ("Documents", "Suppliers"),
        ("Drafts", "Leadership"),
        ("Evidence", "Documents"), ("Evidence", "Leadership"), ("Evidence", "Processes"),
        ("Improvement", "Processes"),
        ("Incidents", "Improvement"), ("Incidents", "Leadership"), ("Incidents", "Processes"),
        ("Kernel", "Anchors"), ("Kernel", "Assets"), ("Kernel", "Controls"), ("Kernel", "Evidence"),
        ("Kernel", "Improvement"), ("Kernel", "People"), ("Kernel", "Work"),
        ("Leadership", "Processes"), ("Leadership", "Readiness"),
        ("Objectives", "Incidents"), ("Objectives", "Processes"), ("Objectives", "Reviews"), ("Objectives", "Risks"),
        ("People", "Assets"), ("People", "Context"), ("People", "Controls"), ("People", "Documents"),
        ("People", "Evidence"), ("People", "Improvement"), ("People", "Leadership"), ("People", "Processes"),
        ("Processes", "Leadership"), ("Processes", "Readiness"),
        ("Readiness", "Drafts"), ("Readiness", "Leadership"),
        ("Retirements", "Risks"), ("Retirements", "Work"),
        ("Reviews", "Audits"), ("Reviews", "Changes"), ("Reviews", "Improvement"), ("Reviews", "Incidents"),
        ("Reviews", "Leadership"), ("Reviews", "Processes"), ("Reviews", "Readiness"),
        ("Risks", "Drafts"), ("Risks", "Improvement"), ("Risks", "Leadership"), ("Risks", "Processes"),
        ("Suppliers", "Processes"), ("Suppliers", "Risks"),
        ("Work", "Audits"), ("Work", "Context"), ("Work", "Controls"), ("Work", "Documents"), ("Work", "Evidence"),
        ("Work", "Improvement"), ("Work", "Incidents"), ("Work", "Leadership"), ("Work", "Objectives"),
        ("Work", "Processes"), ("Work", "Reviews"), ("Work", "Risks"),
    ];
}
