using System.Globalization;
using System.Text.Json.Nodes;
using Moat.Isms.Kernel;
using Moat.Knowledge;

namespace Moat.Isms.Context.Interviews;

/// <summary>
/// The answers of an interview, checked against its questions. A text, number or date is one value; choices and lines
/// are several.
/// </summary>
public sealed class InterviewAnswers
{
    private const int LongestAnswer = 2000;
    private const int MostLines = 50;
    private const int SmallUpTo = 50;

    /// <summary>What a company of few people is called in conditions.</summary>
    internal const string SmallCompany = "small-company";

    // What a line counts as that does not say its class, where the question knows such a class.
    private const string Unclear = "unclear";
    private readonly Dictionary<string, List<string>> _values;
    private readonly Interview _interview;

    private InterviewAnswers(Interview interview, Dictionary<string, List<string>> values) =>
        (_interview, _values) = (interview, values);

    /// <summary>Reads answers. Throws <see cref="InputInvalid"/> that names each wrong one.</summary>
    public static InterviewAnswers Read(Interview interview, JsonObject answers)
    {
        var fields = interview.Fields.ToDictionary(f => f.Key);
        var errors = new List<FieldError>();
        var values = new Dictionary<string, List<string>>();
        foreach (var (key, node) in answers)
        {
            if (!fields.TryGetValue(key, out var field))
            {
                errors.Add(new FieldError(key, "The interview has no such question."));
                continue;
            }
            var given = Values(node);
            if (field.Kind == "lines")
                given = [.. given.SelectMany(v => v.Split('\n')).Select(v => v.Trim()).Where(v => v.Length > 0)];
            if (Wrong(field, given) is { } wrong)
                errors.Add(new FieldError(key, wrong));
            else if (given.Count > 0)
                values[key] = given;
        }
        if (errors.Count > 0)
            throw new InputInvalid(errors);
        return new InterviewAnswers(interview, values);
    }

    /// <summary>Required questions that are still open.</summary>
    public IReadOnlyList<QuestionField> Open =>
        [.. _interview.Fields.Where(f => !_values.ContainsKey(f.Key) && IsNeeded(f))];

    /// <summary>Whether this company has to answer it.</summary>
    public bool IsNeeded(QuestionField field) =>
        field.Required || (field.RequiredWhen is { } when && when.Holds(Facts().ToHashSet()));

    /// <summary>How many questions have been answered at least in part.</summary>
    public int Answered => _interview.Questions.Count(q => q.Fields.Any(f => _values.ContainsKey(f.Key)));

    /// <summary>The values of an answer; none if it was not given. A line comes without its class.</summary>
    public IReadOnlyList<string> All(string key) => [.. Given(key).Select(v => Classed(key, v).Name)];

    /// <summary>The values of an answer as they were given.</summary>
    public IReadOnlyList<string> Given(string key) => _values.GetValueOrDefault(key, []);

    /// <summary>
    /// What a line of an answer says it is, such as vision for "intake-vision: vision"; null where it says nothing.
    /// </summary>
    public string? ClassOf(string key, string name) =>
        Given(key).Select(v => Classed(key, v)).FirstOrDefault(c => c.Name == name).Class;

    /// <summary>The single value of an answer.</summary>
    public string? One(string key) => All(key) is [var first, ..] ? first : null;

    /// <summary>A number.</summary>
    public int Number(string key) =>
        int.TryParse(One(key), NumberStyles.Integer, CultureInfo.InvariantCulture, out var n) ? n : 0;

    /// <summary>What the answers say about the company.</summary>
    public List<string> Facts() =>
        [
            .. _interview
                .Fields.SelectMany(f => f.Options.Where(o => Chosen(f).Contains(o.Value)).SelectMany(o => o.Flags))
                .Concat(Number("people") is > 0 and <= SmallUpTo ? [SmallCompany] : [])
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>The labels of the chosen options.</summary>
    public IEnumerable<string> Labels(string key) =>
        _interview.Fields.First(f => f.Key == key).Options.Where(o => All(key).Contains(o.Value)).Select(o => o.Label);

    /// <summary>The chosen options as they read within a sentence.</summary>
    public IEnumerable<string> Words(string key) =>
        _interview
            .Fields.First(f => f.Key == key)
            .Options.Where(o => All(key).Contains(o.Value))
            .Select(o => o.Words ?? o.Label);

    private IEnumerable<string> Chosen(QuestionField field) =>
        field.Kind != "lines" ? Given(field.Key) : Given(field.Key).Select(v => Classed(field.Key, v).Class ?? Unclear);

    private (string Name, string? Class) Classed(string key, string value)
    {
        var at = value.LastIndexOf(':');
        if (at < 1 || _interview.Fields.First(f => f.Key == key) is not { Kind: "lines", Options.Count: > 0 } field)
            return (value, null);
        var told = value[(at + 1)..].Trim();
        return field.Options.Any(o => o.Value == told) ? (value[..at].Trim(), told) : (value, null);
    }

    /// <summary>The answers as JSON.</summary>
    public JsonObject ToJson() =>
        new(
            _values.Select(v => new KeyValuePair<string, JsonNode?>(
                v.Key,
                new JsonArray([.. v.Value.Select(x => (JsonNode)x)])
            ))
        );

    private static List<string> Values(JsonNode? node) =>
        node switch
        {
            null => [],
            JsonArray list => [.. list.Where(i => i is JsonValue).Select(i => i!.ToString()).Where(v => v.Length > 0)],
            JsonValue value when value.ToString().Length > 0 => [value.ToString()],
            _ => [],
        };

    private static string? Wrong(QuestionField field, List<string> given)
    {
        if (given.Any(v => v.Length > LongestAnswer))
            return $"At most {LongestAnswer:N0} characters.";
        if (given.Count > MostLines)
            return $"At most {MostLines} entries.";
        if (field.Kind is not ("choices" or "lines") && given.Count > 1)
            return "One answer only.";
        if (
            field.Kind != "lines"
            && field.Options.Count > 0
            && given.FirstOrDefault(v => field.Options.All(o => o.Value != v)) is { } unknown
        )
            return $"'{unknown}' is none of: {string.Join(", ", field.Options.Select(o => o.Value))}.";
        return (field.Kind, given) switch
        {
            ("number", [var n]) when !int.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out _) =>
                "A whole number is needed.",
            ("date", [var d]) when !DateOnly.TryParseExact(d, "yyyy-MM-dd", out _) =>
                "A date such as 2027-03-31 is needed.",
            ("date", [var d]) when InputDates.Outside(DateOnly.ParseExact(d, "yyyy-MM-dd")) => InputDates.Bound,
            _ => null,
        };
    }
}
