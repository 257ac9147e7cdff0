using Moat.Isms.Evidence.Collectors;
using Moat.Knowledge.Checks;

namespace Moat.Server.Shell;

/// <summary>Colours of outcomes: unknown is never green.</summary>
internal static class OutcomeCss
{
    public static string Of(CheckOutcome outcome) =>
        outcome switch
        {
            CheckOutcome.Passing => "good",
            CheckOutcome.Failing => "bad",
            CheckOutcome.Unknown => "warn",
            _ => "",
        };

    public static string Of(RunOutcome outcome) =>
        outcome switch
        {
            RunOutcome.Complete => "good",
            RunOutcome.Running => "info",
            RunOutcome.Partial or RunOutcome.Interrupted => "warn",
            _ => "bad",
        };

    public static string Severity(string severity) =>
        severity switch
        {
            "critical" or "high" => "bad",
            "medium" => "warn",
            _ => "",
        };
}
