namespace Moat.Tests;

/// <summary>
/// The floors of the ISMS, lowest first. A folder uses folders of lower floors only, so that a reader knows where a
/// line belongs and a process can be read without those above it.
/// </summary>
internal static class Floors
{
    /// <summary>Which folders of <c>Moat.Isms</c> are on each floor.</summary>
    public static readonly (string Name, string[] Folders)[] All =
    [
        ("Kernel", ["Kernel"]),
        ("Ground", ["People", "Work"]),
        ("What may happen to any record", ["Looks", "Retirements", "Tables"]),
        ("Assets", ["Assets"]),
        ("Context and controls", ["Context", "Controls"]),
        ("Evidence", ["Evidence"]),
        ("Documents and people", ["Documents", "Training", "AccessReviews", "Provisioning", "Versions"]),
        ("Risks", ["Risks"]),
        ("What is agreed", ["Objectives", "Suppliers", "Communication", "StatementOfApplicability"]),
        ("Change and learning", ["Changes", "Improvement"]),
        ("What happens and is judged", ["Incidents", "Audits"]),
        ("Management review", ["Reviews"]),
        ("Drafts and processes", ["Drafts", "Processes"]),
        ("Overviews", ["Leadership", "Alignment", "Overviews", "Imports", "Anchors"]),
        ("Readiness", ["Readiness"]),
    ];

    /// <summary>Folders that may know each other, because each of the two is half of one matter.</summary>
    public static readonly (string One, string Other)[] Neighbours =
    [
        ("Changes", "Improvement"),
        ("Context", "Controls"),
        ("Documents", "Training"),
        ("People", "Work"),
    ];

    /// <summary>The floor of a folder, 0 for the lowest; null for what stands above all of them.</summary>
    public static int? Of(string folder)
    {
        var floor = Array.FindIndex(All, f => f.Folders.Contains(folder));
        return floor < 0 ? null : floor;
    }

    /// <summary>Whether one folder may use another.</summary>
    public static bool MayUse(string user, string used) =>
        user == used || Of(user) > Of(used) || Neighbours.Contains((user, used)) || Neighbours.Contains((used, user));

    /// <summary>What a folder may use, in words.</summary>
    public static string Allowed(string folder) =>
        Of(folder) is > 0 and var floor
            ? $"{folder} may use {string.Join(", ", All.Take(floor).Select(f => f.Name))}"
            : $"{folder} may use no other folder";
}
