using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Reading;

namespace Moat.Isms.Evidence.Reports;

/// <summary>
/// What the statistics of a suite of expectations say, held against the results that are in the file. They are believed
/// where they are worse than the results; where the two contradict each other, or one cannot be read, nothing good is
/// known from either.
/// </summary>
internal sealed class ExpectationCounts
{
    private const int Longest = 40;

    private readonly List<string> _notUnderstood = [];

    public ExpectationCounts(JsonObject suite)
    {
        var statistics = suite["statistics"] as JsonObject;
        if (statistics is null && suite["statistics"] is { } odd)
            _notUnderstood.Add(Shown(odd));
        Evaluated = Number(statistics, "evaluated_expectations", double.MaxValue, isWhole: true);
        Successful = Number(statistics, "successful_expectations", double.MaxValue, isWhole: true);
        Unsuccessful = Number(statistics, "unsuccessful_expectations", double.MaxValue, isWhole: true);
        Percent = Number(statistics, "success_percent", 100, isWhole: false);
        Held = (suite["results"] as JsonArray)?.Count ?? 0;
        FailedResults = suite["results"].Objects().Count(r => r["success"].Flag() == false);
    }

    /// <summary>How many expectations were evaluated.</summary>
    public double? Evaluated { get; }

    /// <summary>How many of them the data met.</summary>
    public double? Successful { get; }

    /// <summary>How many they did not meet, as it is told.</summary>
    public double? Unsuccessful { get; }

    /// <summary>The share of those that were met.</summary>
    public double? Percent { get; }

    /// <summary>How many results are in the file.</summary>
    public int Held { get; }

    private int FailedResults { get; }

    /// <summary>How many expectations were not met, by whatever says the most; null when nothing says it.</summary>
    public double? Failed =>
        new[] { Unsuccessful, Evaluated - Successful, FailedResults == 0 ? null : FailedResults }.Max();

    /// <summary>Whether the numbers or the results say that something failed.</summary>
    public bool SayFailure => Failed > 0 || (Percent < 100 && (Evaluated ?? Held) > 0);

    /// <summary>What of the statistics cannot be read, with its place.</summary>
    public IReadOnlyList<string> NotUnderstood => _notUnderstood;

    /// <summary>How the statistics contradict the results in the file or themselves; null when they do not.</summary>
    public string? Contradiction =>
        Evaluated is { } evaluated && evaluated != Held
            ? $"the statistics speak of {Say(evaluated, "expectation")}, and the file holds {Say(Held, "result")}"
        : Successful > (Evaluated ?? Held)
            ? $"the statistics speak of {Say(Successful.Value, "successful expectation")} of {Evaluated ?? Held:N0}"
        : Evaluated is { } all && Successful is { } met && Unsuccessful is { } missed && met + missed != all
            ? $"of {Say(all, "expectation")}, {met:N0} are told as successful and {missed:N0} as not"
        : null;

    /// <summary>What stands in a place, shortened, with the place.</summary>
    public static string Shown(JsonNode odd) => $"{odd.ToJsonString().Cut(Longest)} at {odd.GetPath()}";

    private static string Say(double number, string one) =>
        string.Create(CultureInfo.InvariantCulture, $"{number:N0} {one}{(number == 1 ? "" : "s")}");

    private double? Number(JsonObject? statistics, string name, double most, bool isWhole)
    {
        if (statistics?[name] is not { } told)
            return null;
        // Texts with a number are read as numbers, because some runners write every value as a text.
        if (
            told.GetValueKind() is JsonValueKind.Number or JsonValueKind.String
            && double.TryParse(told.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && number >= 0
            && number <= most
            && (!isWhole || Math.Truncate(number) == number)
        )
            return Math.Round(number, 4);
        _notUnderstood.Add(Shown(told));
        return null;
    }
}
