using System.Text.Json;
using System.Text.Json.Nodes;
using Moat.Isms.Controls;
using Moat.Isms.Evidence.Counting;
using Moat.Isms.Kernel;

namespace Moat.Isms.StatementOfApplicability;

/// <summary>
/// A frozen row of a Statement of Applicability. Whether its implementation is claimed, shown or shown over time stands
/// there as of the day; versions published before that was computed do not say it.
/// </summary>
public sealed record SoaRow(
    string Code,
    string Title,
    Applicability Applicability,
    IReadOnlyList<string> ReasonKinds,
    string? Justification,
    IReadOnlyList<string> Risks,
    IReadOnlyList<string> Obligations,
    Implementation Implementation,
    string? HowDone,
    string? Owner,
    ControlState? Shown = null
)
{
    /// <summary>The rows as canonical JSON, the form that is hashed and kept.</summary>
    public static string Write(IEnumerable<SoaRow> rows) =>
        CanonicalJson.Text(JsonSerializer.SerializeToNode(rows.ToList(), InputBinder.Json));

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static IReadOnlyList<SoaRow> Read(string rows) =>
        JsonNode.Parse(rows).Deserialize<List<SoaRow>>(InputBinder.Json) ?? [];
}

/// <summary>How a row differs between two versions.</summary>
/// <param name="Code">The control.</param>
/// <param name="Field">What changed; "row" for a row that only one of them has.</param>
/// <param name="Before">In the earlier version.</param>
/// <param name="After">In the later version.</param>
public sealed record SoaChange(string Code, string Field, string? Before, string? After);

internal static class SoaComparison
{
    public static IReadOnlyList<SoaChange> Between(IReadOnlyList<SoaRow> before, IReadOnlyList<SoaRow> after)
    {
        var old = before.ToDictionary(r => r.Code);
        var now = after.ToDictionary(r => r.Code);
        var changes = new List<SoaChange>();
        foreach (var code in before.Select(r => r.Code).Union(after.Select(r => r.Code)))
        {
            var (was, current) = (old.GetValueOrDefault(code), now.GetValueOrDefault(code));
            if (was is null || current is null)
                changes.Add(new SoaChange(code, "row", was?.Title, current?.Title));
            else
                changes.AddRange(
                    Fields(was)
                        .Zip(Fields(current))
                        .Where(f => f.First.Value != f.Second.Value)
                        .Select(f => new SoaChange(code, f.First.Name, f.First.Value, f.Second.Value))
                );
        }
        return changes;
    }

    private static IEnumerable<(string Name, string? Value)> Fields(SoaRow row)
    {
        yield return ("applicability", row.Applicability.ToString());
        yield return ("reason", string.Join(", ", row.ReasonKinds));
        yield return ("justification", row.Justification);
        yield return ("risks", string.Join(", ", row.Risks));
        yield return ("obligations", string.Join(", ", row.Obligations));
        yield return ("implementation", row.Implementation.ToString());
        yield return ("how it is done", row.HowDone);
        yield return ("owner", row.Owner);
    }
}
