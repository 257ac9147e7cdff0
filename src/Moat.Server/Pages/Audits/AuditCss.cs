using Moat.Isms.Audits;

namespace Moat.Server.Pages;

/// <summary>Colours and words of audits, findings, samples and requests.</summary>
internal static class AuditCss
{
    public static string Of(AuditState state) =>
        state switch
        {
            AuditState.Running => "info",
            AuditState.Reported => "warn",
            AuditState.Closed => "good",
            _ => "",
        };

    public static string Of(FindingGrade grade) =>
        grade switch
        {
            FindingGrade.Major => "bad",
            FindingGrade.Minor => "warn",
            FindingGrade.Observation => "info",
            _ => "",
        };

    public static string Of(FindingRow finding) =>
        finding.NeedsNonconformity
            ? "bad"
            : finding.State switch
            {
                FindingState.Raised or FindingState.Contested => "warn",
                FindingState.Accepted => "good",
                _ => "",
            };

    public static string Of(ExamineResult result) =>
        result switch
        {
            ExamineResult.Conforms => "good",
            ExamineResult.Finding => "bad",
            ExamineResult.NotExamined => "warn",
            _ => "",
        };

    public static string Of(SampleResult result) =>
        result switch
        {
            SampleResult.Conforms => "good",
            SampleResult.Deviates => "bad",
            SampleResult.NotAvailable => "warn",
            _ => "",
        };

    public static string Of(RequestRow request) => request.Overdue ? "bad" : Of(request.State);

    public static string Of(RequestState state) =>
        state switch
        {
            RequestState.Accepted => "good",
            RequestState.Answered => "info",
            _ => "warn",
        };

    /// <summary>Whose audit it is, in words.</summary>
    public static string Words(AuditKind kind) =>
        kind switch
        {
            AuditKind.StageOne => "Certification, stage 1",
            AuditKind.StageTwo => "Certification, stage 2",
            _ => Isms.Kernel.Wording.Words(kind),
        };

    /// <summary>What becomes of a finding, in words.</summary>
    public static string Words(FindingRow finding) =>
        finding.NeedsNonconformity ? "Accepted, no nonconformity" : Isms.Kernel.Wording.Words(finding.State);
}
