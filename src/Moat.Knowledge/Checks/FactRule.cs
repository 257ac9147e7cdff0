using Newtonsoft.Json.Linq;
using NJsonSchema.Validation;

namespace Moat.Knowledge.Checks;

/// <summary>What a check found. Unknown never counts as pass.</summary>
public enum CheckOutcome
{
    /// <summary>The fact satisfies the check.</summary>
    Passing,

    /// <summary>It does not.</summary>
    Failing,

    /// <summary>What the check reads is not known: no permission, a feature that is off, no data.</summary>
    Unknown,

    /// <summary>The check is not about this resource.</summary>
    NotApplicable,
}

/// <summary>An outcome and what made it so, in words.</summary>
public sealed record CheckFinding(CheckOutcome Outcome, string Detail);

/// <summary>A fact that is read once for all its checks.</summary>
public sealed class FactContent(string json)
{
    internal JToken Root { get; } = JToken.Parse(json);

    /// <summary>The fact as canonical JSON.</summary>
    public string Json => json;
}

/// <summary>A schema that cannot be a check.</summary>
public sealed class RuleInvalid(string field, string message) : Exception(message)
{
    /// <summary>schema, applies or reads.</summary>
    public string Field { get; } = field;
}

/// <summary>
/// The rule of a check: a JSON Schema over a fact, of which resources it speaks, and which values must be known.
/// </summary>
public sealed class FactRule
{
    private const int LongestDetail = 600;
    private const int MostErrors = 3;

    private readonly RuleSchema _schema;
    private readonly RuleSchema? _applies;
    private readonly IReadOnlyList<string> _reads;

    /// <summary>Reads the rule. Throws <see cref="RuleInvalid"/>.</summary>
    public FactRule(string schema, string? applies, IReadOnlyList<string> reads)
    {
        _schema = new RuleSchema(schema, "schema");
        _applies = applies is null ? null : new RuleSchema(applies, "applies");
        if (reads.Count == 0)
            throw new RuleInvalid("reads", "Name at least one value that must be known, such as /visibility.");
        foreach (var pointer in reads)
            if (!pointer.StartsWith('/'))
                throw new RuleInvalid("reads", $"'{pointer}' is not a JSON pointer. Begin with a slash.");
        _reads = reads;
    }

    /// <summary>What the fact means. A pattern that does not come to an end in time leaves it unknown.</summary>
    public CheckFinding Evaluate(FactContent fact)
    {
        try
        {
            return Find(fact);
        }
        catch (System.Text.RegularExpressions.RegexMatchTimeoutException)
        {
            return new(CheckOutcome.Unknown, "A pattern of this check takes too long on this resource.");
        }
    }

    private CheckFinding Find(FactContent fact)
    {
        if (_applies?.Faults(fact.Root) is { Count: > 0 } faults)
            return UnknownIn(fact.Root, faults) is { } pointer
                ? new(CheckOutcome.Unknown, Cut(WhyUnknown(fact.Root, pointer)))
                : new(CheckOutcome.NotApplicable, "");
        foreach (var pointer in _reads)
            if (Find(fact.Root, pointer) is null or { Type: JTokenType.Null })
                return new(CheckOutcome.Unknown, Cut(WhyUnknown(fact.Root, pointer)));
        var errors = _schema.Faults(fact.Root);
        return errors.Count == 0
            ? new(CheckOutcome.Passing, "")
            : new(CheckOutcome.Failing, Cut(Say(fact.Root, errors)));
    }

    /// <summary>
    /// A value by which it is not known whether the check applies; null when one that is known says that it does not.
    /// </summary>
    private static string? UnknownIn(JToken fact, ICollection<ValidationError> faults)
    {
        var pointers = faults.Select(f => $"/{(f.Path ?? "").TrimStart('#', '/').Replace('.', '/')}").ToList();
        return pointers.All(p => Find(fact, p) is { Type: JTokenType.Null }) ? pointers[0] : null;
    }

    private static JToken? Find(JToken root, string pointer)
    {
        JToken? at = root;
        foreach (
            var part in pointer
                .Split('/')
                .Skip(1)
                .Select(p =>
                    p.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)
                )
        )
            at = at switch
            {
                JObject o => o.GetValue(part, StringComparison.Ordinal),
                JArray a
                    when int.TryParse(part, System.Globalization.CultureInfo.InvariantCulture, out var index)
                        && index >= 0
                        && index < a.Count => a[index],
                _ => null,
            };
        return at;
    }

    /// <summary>
    /// A collector says under <c>unknown</c> why it could not read a value; the name is the first part of the pointer.
    /// </summary>
    private static string WhyUnknown(JToken root, string pointer)
    {
        var name = pointer.Split('/')[1];
        var why =
            root is JObject o && o["unknown"] is JObject reasons && reasons[name] is { Type: JTokenType.String } reason
                ? (string?)reason
                : null;
        return $"{Dotted(pointer)} is not known{(why is null ? "" : $": {why}")}";
    }

    private static string Say(JToken root, ICollection<ValidationError> errors) =>
        string.Join("; ", errors.Take(MostErrors).Select(e => One(root, e)))
        + (errors.Count > MostErrors ? $"; and {errors.Count - MostErrors} more" : "");

    private static string One(JToken root, ValidationError error)
    {
        var path = (error.Path ?? "").TrimStart('#').TrimStart('/');
        if (error.Kind == ValidationErrorKind.PropertyRequired)
            return $"{path} is missing";
        var value = path.Length == 0 ? root : root.SelectToken(path);
        return value switch
        {
            JArray list when error.Kind is ValidationErrorKind.TooManyItems or ValidationErrorKind.TooFewItems =>
                $"{path} has {list.Count} entries",
            JValue leaf => $"{path} is {leaf.ToString(Newtonsoft.Json.Formatting.None)}",
            _ => path.Length == 0 ? "It is not as it must be" : $"{path} is not as it must be",
        };
    }

    private static string Dotted(string pointer) => pointer[1..].Replace('/', '.');

    private static string Cut(string text) => text.Length <= LongestDetail ? text : text[..(LongestDetail - 1)] + "…";
}
