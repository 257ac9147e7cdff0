using Moat.Isms.Work;

namespace Moat.Isms.Documents;

/// <summary>What tasks about documents are for.</summary>
internal sealed class DocumentPurposes : IWorkPurposes
{
    /// <inheritdoc />
    public IReadOnlyList<WorkPurpose> Purposes { get; } =
    [
        new("acknowledge") { Personal = true },
        new("review") { Personal = true },
        new("approve") { Personal = true },
        new("review-document") { OnCalendarItself = true },
    ];
}
