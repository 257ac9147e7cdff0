using Moat.Isms.Kernel;
using Moat.Isms.Processes.Threads;

namespace Moat.Reports.Maps;

/// <summary>
/// Kinds of records on a drawn thread: which may be folded, what they are called, and in which column they stand.
/// </summary>
internal static class ThreadKinds
{
    // A column for each register would make a long thread wider than any screen; the reference says which register it
    // is.
    private static readonly (string Heading, HashSet<string> Registers)[] Columns =
    [
        (
            "INCIDENTS",
            ["alerts", "reported-events", "incidents", "duties", "playbook-runs", "checks", "resources", "threat-news"]
        ),
        (
            "RISKS, CONTROLS",
            [
                "assets",
                "risks",
                "controls",
                "soa",
                "suppliers",
                "outsourced",
                "objectives",
                "business-objectives",
                "issues",
                "parties",
                "obligations",
                "scope",
                "method",
                "frameworks",
                "context",
            ]
        ),
        ("LESSONS, ACTIONS", ["lessons", "nonconformities", "actions", "improvements", "changes"]),
        (
            "DOCUMENTS, PEOPLE",
            [
                "documents",
                "training",
                "competence",
                "communication",
                "people",
                "roles",
                "leadership",
                "access-reviews",
                "access",
            ]
        ),
        (
            "EVIDENCE, AUDITS",
            ["evidence", "audits", "findings", "samples", "requests", "reviews", "collectors", "readiness"]
        ),
    ];

    public static string Of(ThreadStep step) => step.Ref.Split('-')[0];

    // What is asked of people, and what shows that it was done.
    public static bool IsFoldable(ThreadStep step) => Kind(Of(step)) is { One: not null };

    public static string Count(string kind, int count) =>
        Kind(kind) switch
        {
            { One: { } one, Many: { } many } when one != many => $"{count} {(count == 1 ? one : many)}",
            { One: { } one } => $"{count} × {one}",
            _ => $"{count} × {kind}",
        };

    public static string Column(string register) =>
        Columns.FirstOrDefault(c => c.Registers.Contains(register)).Heading ?? "WORK";

    private static RecordKindAttribute? Kind(string prefix) => RecordKind.All.GetValueOrDefault(prefix)?.Declared;
}
