using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Reading;

namespace Moat.Isms.Evidence.Reports;

/// <summary>
/// The security severity that a result or a rule of a SARIF log carries in its properties: a score from 0 to 10, as a
/// number or as a text with a point. SARIF does not define it, so anything else that stands there may mean "critical",
/// and MUST NOT count as none.
/// </summary>
/// <param name="Score">The score; null when there is none that can be read.</param>
/// <param name="NotUnderstood">What stands there instead, with its place; null when it is a score or nothing.</param>
internal sealed record SecuritySeverity(double? Score, string? NotUnderstood)
{
    private const string Name = "security-severity";
    private const int MostTold = 5;
    private const int Longest = 40;

    private static readonly SecuritySeverity None = new(null, null);

    /// <summary>That of one result or rule.</summary>
    public static SecuritySeverity Of(JsonObject described)
    {
        if ((described["properties"] as JsonObject)?[Name] is not { } told)
            return None;
        var isNumber = told.GetValueKind() is JsonValueKind.Number or JsonValueKind.String;
        return
            isNumber
            && double.TryParse(told.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var score)
            && double.IsFinite(score)
            && score >= 0
            ? new SecuritySeverity(score, null)
            : new SecuritySeverity(null, $"{told.ToJsonString().Cut(Longest)} at {told.GetPath()}");
    }

    /// <summary>
    /// A sentence that names what is not understood in a log, its findings before its rules; null when all of it is.
    /// </summary>
    public static string? Remark(JsonArray runs)
    {
        var found = runs.Objects()
            .SelectMany(run => run["results"].Objects().Concat(Rules(run)))
            .Select(Of)
            .Select(s => s.NotUnderstood)
            .OfType<string>()
            .ToList();
        if (found.Count == 0)
            return null;
        var more =
            found.Count > MostTold
                ? string.Create(CultureInfo.InvariantCulture, $" and {found.Count - MostTold:N0} more")
                : "";
        return $"Not understood as a security severity, which is a number from 0 to 10 with a point: {string.Join(", ", found.Take(MostTold))}{more}.";
    }

    private static IEnumerable<JsonObject> Rules(JsonObject run) =>
        run["tool"]
            .At("extensions")
            .Objects()
            .Prepend(run["tool"].At("driver") as JsonObject)
            .OfType<JsonObject>()
            .SelectMany(c => c["rules"].Objects());
}
