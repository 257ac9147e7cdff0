using Moat.Isms.Kernel;
using Moat.Isms.Processes.Threads;

namespace Moat.Reports.Maps;

/// <summary>
/// Kinds of records on a drawn thread: which may be folded, what they are called, and in which column they stand.
/// </summary>
internal static class ThreadKinds
{
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

    public static string Column(ThreadStep step) =>
        Kind(Of(step))?.Column switch
        {
            ThreadColumn.Incidents => "INCIDENTS",
            ThreadColumn.RisksAndControls => "RISKS, CONTROLS",
            ThreadColumn.LessonsAndActions => "LESSONS, ACTIONS",
            ThreadColumn.DocumentsAndPeople => "DOCUMENTS, PEOPLE",
            ThreadColumn.EvidenceAndAudits => "EVIDENCE, AUDITS",
            _ => "WORK",
        };

    private static RecordKindAttribute? Kind(string prefix) => RecordKind.All.GetValueOrDefault(prefix)?.Declared;
}
