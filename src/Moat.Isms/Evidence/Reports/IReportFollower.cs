using Moat.Isms.Kernel;

namespace Moat.Isms.Evidence.Reports;

/// <summary>What hangs on reports of pipelines, in the operation that takes one in.</summary>
[HandedIn]
public interface IReportFollower
{
    /// <summary>
    /// Says in the facts of a report, before they are taken in, which version they are about; what is to be told of
    /// that, a sentence each.
    /// </summary>
    Task<IReadOnlyList<string>> Bind(
        ReadReport report,
        ReportEvidence input,
        DateTime observed,
        CancellationToken ct
    ) => Task.FromResult<IReadOnlyList<string>>([]);

    /// <summary>
    /// The report was kept as evidence and its facts were taken in; what is to be told of that, a sentence each.
    /// </summary>
    Task<IReadOnlyList<string>> Follow(
        ReadReport report,
        ReportEvidence input,
        EvidenceItem kept,
        DateTime observed,
        CancellationToken ct
    );
}
