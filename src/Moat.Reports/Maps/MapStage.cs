namespace Moat.Reports.Maps;

/// <summary>The column of the map that a clause or control belongs to: plan, do, check, act.</summary>
public sealed record MapStage(int Column)
{
    private static readonly (string Name, string Css)[] Stages =
    [
        ("PLAN", "plan"),
        ("PLAN", "plan"),
        ("DO", "do"),
        ("DO", "do"),
        ("CHECK", "check"),
        ("ACT", "act"),
    ];

    /// <summary>The column of a clause such as 6.1.2, or a control such as A.5.9.</summary>
    public static MapStage Of(string clause) =>
        new(
            clause switch
            {
                "A.5.9" => 1,
                _ when clause.StartsWith("6.1", StringComparison.Ordinal) => 1,
                _ when clause[0] is '4' or '5' or '6' => 0,
                _ when clause[0] == '7' => 2,
                _ when clause[0] == '9' => 4,
                _ when clause.StartsWith("10", StringComparison.Ordinal) || IsIncident(clause) => 5,
                _ => 3,
            }
        );

    /// <summary>The heading of a column.</summary>
    public static string Name(int column) => Stages[column].Name;

    /// <summary>The class that gives a column its colour.</summary>
    public static string Css(int column) => Stages[column].Css;

    private static bool IsIncident(string clause) =>
        clause is "A.5.24" or "A.5.25" or "A.5.26" or "A.5.27" or "A.5.28" or "A.6.8";
}
