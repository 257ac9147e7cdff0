using Moat.Isms.Kernel;

namespace Moat.Server.Shell;

/// <summary>A page in the navigation.</summary>
/// <param name="Label">What it is called.</param>
/// <param name="Path">Below the organisation.</param>
/// <param name="Needs">Who may see it.</param>
/// <param name="Also">Further first segments of addresses that belong to it.</param>
internal sealed record NavPage(string Label, string Path, Permission Needs, params string[] Also)
{
    /// <summary>Whether it is shown only once the company operates its ISMS; before that it would only be in the way.</summary>
    public bool Later { get; init; }

    /// <summary>How well an address fits, so that of two pages that fit the nearer one is marked; 0 when it does not.</summary>
    public int Fits(string below)
    {
        if (below == Path) return Path.Length + 2;
        if (Path.Length > 0 && below.StartsWith(Path + "/", StringComparison.Ordinal)) return Path.Length + 1;
        return Also.Any(a => below == a || below.StartsWith(a + "/", StringComparison.Ordinal)) ? 1 : 0;
    }
}

/// <summary>Pages that belong together: the first is shown always, the others while one of them is open.</summary>
/// <param name="Group">The heading that begins here, or none.</param>
/// <param name="Icon">Of the first page.</param>
/// <param name="Pages">In order.</param>
internal sealed record NavSection(string? Group, string Icon, IReadOnlyList<NavPage> Pages)
{
    /// <summary>The pages of it that a caller may see.</summary>
    public IReadOnlyList<NavPage> For(Caller caller, bool everything) => [.. Pages.Where(p => caller.May(p.Needs) && (everything || !p.Later))];
}

/// <summary>Where everything is: grouped as the standard plans, does, checks and acts.</summary>
internal static class Navigation
{
    public static IReadOnlyList<NavSection> All { get; } =
    [
        new(null, "home", [new("Home", "", Permission.Work)]),
        new(null, "chart-bar", [new("Leadership view", "leadership", Permission.ReadIsms)]),
        new(null, "user-check", [new("My security", "my", Permission.Work, "read", "review")]),
        new("Plan", "map-pin",
        [
            new("Context & scope", "context", Permission.ReadIsms, "scope", "interview"),
            new("Communication", "communication", Permission.ReadIsms) { Later = true },
            new("Alignment", "alignment", Permission.ReadIsms),
        ]),
        new(null, "box", [new("Assets", "assets", Permission.ReadIsms)]),
        new(null, "alert-triangle", [new("Risks", "risks", Permission.ReadIsms)]),
        new(null, "shield-check",
        [
            new("Controls", "controls", Permission.ReadIsms),
            new("Statement of Applicability", "soa", Permission.ReadIsms),
            new("Frameworks", "frameworks", Permission.ReadIsms),
        ]),
        new(null, "target", [new("Objectives", "objectives", Permission.ReadIsms)]),
        new("Do", "sparkles", [new("Draft", "draft", Permission.ReadIsms)]),
        new(null, "file-text", [new("Documents", "documents", Permission.ReadIsms)]),
        new(null, "users",
        [
            new("People", "people", Permission.ReadIsms),
            new("Roles", "roles", Permission.ReadIsms),
            new("Competence", "competence", Permission.ReadIsms) { Later = true },
            new("Training", "training", Permission.Work, "quiz"),
            new("Access reviews", "access-reviews", Permission.Work) { Later = true },
        ]),
        new(null, "truck-delivery", [new("Suppliers", "suppliers", Permission.ReadIsms)]),
        new(null, "checklist",
        [
            new("Tasks", "tasks", Permission.Work),
            new("Calendar", "calendar", Permission.Work),
            new("Cadences", "cadences", Permission.ReadIsms) { Later = true },
            new("Absences", "absences", Permission.Work) { Later = true },
            new("Webhooks", "webhooks", Permission.ReadIsms) { Later = true },
        ]),
        new("Check", "database-search",
        [
            new("Evidence", "evidence", Permission.ReadIsms, "freshness"),
            new("Checks", "checks", Permission.ReadIsms),
            new("Sources", "collectors", Permission.ReadIsms, "resources", "attestation-keys"),
        ]),
        new(null, "zoom-check",
        [
            new("Audits", "audits", Permission.ReadIsms),
            new("Findings", "findings", Permission.ReadIsms) { Later = true },
            new("Requests", "requests", Permission.Work) { Later = true },
            new("For the auditor", "auditor", Permission.RaiseFindings) { Later = true },
        ]),
        new(null, "presentation", [new("Management reviews", "reviews", Permission.ReadIsms) { Later = true }]),
        new(null, "gauge", [new("Readiness", "readiness", Permission.ReadIsms)]),
        new("Act", "urgent",
        [
            new("Incidents", "incidents", Permission.ReadIsms, "duties"),
            new("Report something", "incidents/report", Permission.Work),
            new("Waiting", "incidents/triage", Permission.ReadIsms, "alert-sources"),
            new("Playbooks", "playbooks", Permission.ReadIsms, "incidents/runs"),
        ]),
        new(null, "tool",
        [
            new("Nonconformities", "nonconformities", Permission.ReadIsms),
            new("Corrective actions", "actions", Permission.Work) { Later = true },
            new("Lessons", "lessons", Permission.ReadIsms),
            new("Threat news", "threat-news", Permission.ReadIsms) { Later = true },
        ]),
        new(null, "bulb", [new("Improvements", "improvements", Permission.Work)]),
        new(null, "git-branch",
        [
            new("Changes", "changes", Permission.ReadIsms),
            new("Outsourced", "outsourced", Permission.ReadIsms),
        ]),
        new("Whole", "topology-star-3", [new("Process map", "processes", Permission.ReadIsms, "thread")]),
        new(null, "notebook",
        [
            new("Journal", "journal", Permission.ReadJournal),
            new("Anchors outside", "anchors", Permission.ReadJournal),
            new("Imports", "imports", Permission.ReadIsms) { Later = true },
            new("Retired", "retired", Permission.ReadIsms) { Later = true },
        ]),
        new(null, "package", [new("Audit pack", "pack", Permission.ExportPack)]),
        new(null, "key", [new("Access", "access", Permission.ManageAccess)]),
    ];
}
