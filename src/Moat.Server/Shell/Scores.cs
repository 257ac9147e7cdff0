using Moat.Isms.Controls;
using Moat.Isms.Evidence.Counting;
using Moat.Isms.Evidence.Grades;
using Moat.Isms.Kernel;

namespace Moat.Server.Shell;

/// <summary>Colours that mean something.</summary>
internal static class Scores
{
    public static string Css(int score, int appetite, int high) =>
        score >= high ? "high"
        : score > appetite ? "mid"
        : "low";

    public static string Of(Standing standing) =>
        standing switch
        {
            Standing.Proposed => "info",
            Standing.Rejected => "bad",
            _ => "good",
        };

    public static string Of(Isms.Documents.VersionState state) =>
        state switch
        {
            Isms.Documents.VersionState.Published or Isms.Documents.VersionState.Approved => "good",
            Isms.Documents.VersionState.InReview => "warn",
            Isms.Documents.VersionState.Superseded => "",
            _ => "info",
        };

    public static string Of(ControlState state) =>
        state switch
        {
            ControlState.ShownOverTime => "good",
            ControlState.Shown => "info",
            ControlState.Claimed => "warn",
            _ => "",
        };

    public static string Of(KindState state) =>
        state switch
        {
            KindState.There => "good",
            KindState.Stale => "bad",
            _ => "",
        };

    public static string Of(EvidenceGrade grade) =>
        grade switch
        {
            EvidenceGrade.Collected => "good",
            EvidenceGrade.Record => "info",
            EvidenceGrade.Attestation => "warn",
            _ => "",
        };

    public static string Of(Implementation state) =>
        state switch
        {
            Implementation.Implemented => "good",
            Implementation.Partial or Implementation.Planned => "warn",
            _ => "",
        };
}
