using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Moat.Server.Doors.Scim;

/// <summary>
/// A filter (RFC 7644, 3.4.2.2): comparisons, and, or, not, and brackets that choose from a list, also with an
/// attribute of what they chose behind them, as in <c>emails[type eq "work"].value eq "ana@acme.test"</c>. Text is
/// compared without case.
/// </summary>
internal sealed partial class ScimFilter
{
    private const int Longest = 2000;
    private const int Deepest = 20;
    private readonly List<string> _words;
    private int _at,
        _depth;

    private ScimFilter(string text)
    {
        if (text.Length > Longest)
            throw ScimFault.Filter($"A filter has at most {Longest} characters.");
        _words = [.. Words().Matches(text).Select(m => m.Value)];
        if (Words().Replace(text, "").Trim().Length > 0)
            throw ScimFault.Filter("The filter cannot be read.");
    }

    /// <summary>Reads a filter. Throws <see cref="ScimFault"/>.</summary>
    public static Func<JsonNode, bool> Read(string text)
    {
        var filter = new ScimFilter(text);
        var read = filter.Or();
        return filter._at == filter._words.Count
            ? read
            : throw ScimFault.Filter($"The filter goes on unexpectedly at '{filter._words[filter._at]}'.");
    }

    private string? Next => _at < _words.Count ? _words[_at] : null;

    private Func<JsonNode, bool> Or()
    {
        if (++_depth > Deepest)
            throw ScimFault.Filter("The filter is nested too deeply.");
        var left = And();
        while (Is("or"))
        {
            var (one, other) = (left, And());
            left = node => one(node) || other(node);
        }
        _depth--;
        return left;
    }

    private Func<JsonNode, bool> And()
    {
        var left = Term();
        while (Is("and"))
        {
            var (one, other) = (left, Term());
            left = node => one(node) && other(node);
        }
        return left;
    }

    private Func<JsonNode, bool> Term()
    {
        if (Is("not"))
        {
            var refused = Term();
            return node => !refused(node);
        }
        if (Is("("))
            return Closed(")");
        var parts = ScimValues.Parts(Take());
        if (!Is("["))
            return Comparison(node => ScimValues.At(node, parts));
        var inner = Closed("]");
        if (Next is not { Length: > 1 } behind || !behind.StartsWith('.'))
            return node => ScimValues.At(node, parts).Any(inner);
        _at++;
        var sub = ScimValues.Parts(behind[1..]);
        return Comparison(node =>
            ScimValues.At(node, parts).Where(inner).SelectMany(chosen => ScimValues.At(chosen, sub))
        );
    }

    private Func<JsonNode, bool> Comparison(Func<JsonNode, IEnumerable<JsonNode>> found)
    {
        var comparison = Take().ToLowerInvariant();
        return comparison == "pr"
            ? node => found(node).Any(v => v is not JsonArray { Count: 0 })
            : Compare(comparison, found, Literal(Take()));
    }

    private Func<JsonNode, bool> Closed(string bracket)
    {
        var inner = Or();
        return Is(bracket) ? inner : throw ScimFault.Filter($"A {bracket} is missing.");
    }

    private static Func<JsonNode, bool> Compare(
        string comparison,
        Func<JsonNode, IEnumerable<JsonNode>> found,
        JsonNode? wanted
    )
    {
        Func<string, string, bool> fits = comparison switch
        {
            "eq" => (has, want) => has.Equals(want, StringComparison.OrdinalIgnoreCase),
            "ne" => (has, want) => !has.Equals(want, StringComparison.OrdinalIgnoreCase),
            "co" => (has, want) => has.Contains(want, StringComparison.OrdinalIgnoreCase),
            "sw" => (has, want) => has.StartsWith(want, StringComparison.OrdinalIgnoreCase),
            "ew" => (has, want) => has.EndsWith(want, StringComparison.OrdinalIgnoreCase),
            "gt" => (has, want) => Order(has, want) > 0,
            "ge" => (has, want) => Order(has, want) >= 0,
            "lt" => (has, want) => Order(has, want) < 0,
            "le" => (has, want) => Order(has, want) <= 0,
            _ => throw ScimFault.Filter($"'{comparison}' is no comparison."),
        };
        var text = Said(wanted);
        // A list of objects is compared by the value of each.
        return node =>
            found(node).Select(v => v is JsonObject o ? ScimValues.Member(o, "value") : v).ToList()
                is { Count: > 0 } values
                ? values.Any(v => fits(Said(v), text))
                : comparison == "ne" || (comparison == "eq" && wanted is null);
    }

    // Times in ISO 8601 and in one time zone order like text.
    private static int Order(string has, string want) =>
        decimal.TryParse(has, CultureInfo.InvariantCulture, out var a)
        && decimal.TryParse(want, CultureInfo.InvariantCulture, out var b)
            ? a.CompareTo(b)
            : string.Compare(has, want, StringComparison.OrdinalIgnoreCase);

    private static string Said(JsonNode? node) => node is null ? "" : ScimValues.Text(node) ?? node.ToJsonString();

    private static JsonNode? Literal(string word)
    {
        try
        {
            return JsonNode.Parse(word.StartsWith('"') ? word : word.ToLowerInvariant());
        }
        catch (JsonException)
        {
            throw ScimFault.Filter($"'{word}' is no value. Text is written in double quotes.");
        }
    }

    private bool Is(string word)
    {
        if (Next?.Equals(word, StringComparison.OrdinalIgnoreCase) != true)
            return false;
        _at++;
        return true;
    }

    private string Take() => _at < _words.Count ? _words[_at++] : throw ScimFault.Filter("The filter ends too early.");

    [GeneratedRegex("\"(?:[^\"\\\\]|\\\\.)*\"|[()\\[\\]]|[^\\s()\\[\\]\"]+", RegexOptions.None, 1000)]
    private static partial Regex Words();
}
