using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Moat.Isms.Kernel.Reading.Schemas;

/// <summary>
/// Holds one value against a schema. Bounded: it stops after <see cref="MostSteps"/> and remembers <see cref="Most"/>
/// violations, the first ones.
/// </summary>
internal sealed class SchemaCheck
{
    /// <summary>The most violations that are told of one file.</summary>
    public const int Most = 100;

    /// <summary>The most values that are held against a schema, one for each schema that it has to fit.</summary>
    public const int MostSteps = 5_000_000;

    private const string TooMuch = "There is too much in this file to hold all of it against the schema.";

    private readonly List<PathPart> _path = [];
    private List<SchemaViolation>? _found = [];
    private int _steps;

    /// <summary>A sentence that is put together only when it is told.</summary>
    [InterpolatedStringHandler]
    private readonly ref struct Sentence
    {
        private readonly System.Text.StringBuilder? _text;

        public Sentence(int literals, int holes, SchemaCheck check, out bool isTold)
        {
            isTold = check._found is { Count: < Most };
            _text = isTold ? new System.Text.StringBuilder(literals + holes * 20) : null;
        }

        public string? Text => _text?.ToString();

        public void AppendLiteral(string text) => _text!.Append(text);

        public void AppendFormatted<T>(T value) => _text!.Append(CultureInfo.InvariantCulture, $"{value}");
    }

    private readonly record struct PathPart(string? Name, int Index);

    private SchemaCheck() { }

    /// <summary>Where the value does not follow the schema; empty when it does.</summary>
    public static IReadOnlyList<SchemaViolation> Of(SchemaNode schema, JsonElement value)
    {
        var check = new SchemaCheck();
        check.Fits(schema, value);
        if (check._steps > MostSteps)
            check._found!.Insert(0, new SchemaViolation("$", "", TooMuch));
        return check._found!;
    }

    private bool Fits(SchemaNode schema, JsonElement value)
    {
        if (++_steps > MostSteps)
            return true;
        if (schema.Always is { } always)
            return always || Wrong("Nothing is allowed here.");
        var fits = schema.Reference is null || Fits(schema.Reference, value);
        if (schema.Types != JsonTypes.None && (schema.Types & SchemaWords.TypeOf(value)) == 0)
            return Wrong($"{SchemaWords.Needed(schema.Types)} is needed here.");
        if (schema.Enum is not null && !IsAmong(schema, value))
            return Wrong($"{SchemaWords.Shown(value)} is not one of {SchemaWords.Choices(schema.Enum)}.");
        fits &= value.ValueKind switch
        {
            JsonValueKind.Object => FitsObject(schema, value),
            JsonValueKind.Array => FitsArray(schema, value),
            JsonValueKind.String => FitsText(schema, value.GetString()!),
            JsonValueKind.Number => FitsNumber(schema, value),
            _ => true,
        };
        return fits & FitsOthers(schema, value);
    }

    private bool FitsObject(SchemaNode schema, JsonElement value)
    {
        var fits = true;
        foreach (var name in schema.Required)
            if (!value.TryGetProperty(name, out _))
                fits = _found is not null && Wrong($"'{name}' is missing.", name);
        if (schema.Properties.Count == 0 && schema.AdditionalProperties is null)
            return fits;
        foreach (var property in value.EnumerateObject())
        {
            var isNamed = schema.Properties.TryGetValue(property.Name, out var asked);
            if (!isNamed && schema.AdditionalProperties is null)
                continue;
            _path.Add(new PathPart(property.Name, 0));
            fits &=
                isNamed ? Fits(asked!, property.Value)
                : schema.AdditionalProperties!.Always == false ? Wrong("There is no member of this name in the format.")
                : Fits(schema.AdditionalProperties, property.Value);
            _path.RemoveAt(_path.Count - 1);
        }
        return fits;
    }

    private bool FitsArray(SchemaNode schema, JsonElement value)
    {
        var (fits, count) = (true, value.GetArrayLength());
        if (count < schema.MinItems)
            fits = Wrong(
                $"At least {schema.MinItems} {(schema.MinItems == 1 ? "entry is" : "entries are")} needed here."
            );
        if (count > schema.MaxItems)
            fits = Wrong(
                $"At most {schema.MaxItems} {(schema.MaxItems == 1 ? "entry is" : "entries are")} allowed here."
            );
        var seen = schema.UniqueItems ? new HashSet<JsonElement>(SameJson.Comparer) : null;
        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            var asked =
                index < schema.FirstItems.Length ? schema.FirstItems[index]
                : schema.FirstItems.Length > 0 ? schema.AdditionalItems
                : schema.Items;
            _path.Add(new PathPart(null, index++));
            if (asked is not null)
                fits &= Fits(asked, item);
            if (seen?.Add(item) == false)
                fits = Wrong("The same stands here twice.");
            _path.RemoveAt(_path.Count - 1);
        }
        return fits;
    }

    private bool FitsText(SchemaNode schema, string text)
    {
        // Length counts characters, not halves of them (JSON Schema validation, 6.3).
        var length = schema.MinLength is null && schema.MaxLength is null ? 0 : text.EnumerateRunes().Count();
        if (length < schema.MinLength)
            return Wrong(
                schema.MinLength == 1 ? "It is empty." : $"At least {schema.MinLength} characters are needed here."
            );
        if (length > schema.MaxLength)
            return Wrong($"At most {schema.MaxLength} characters are allowed here.");
        if (schema.Pattern?.IsMatch(text) == false)
            return Wrong(
                $"{SchemaWords.Shown(text)} does not have the form that is asked for here ({schema.Pattern})."
            );
        return schema.Format is not { } format
            || SchemaFormats.Fits(format, text)
            || Wrong($"{SchemaWords.Shown(text)} is not {SchemaFormats.Words(format)}.");
    }

    private bool FitsNumber(SchemaNode schema, JsonElement value)
    {
        if (schema.Minimum is null && schema.Maximum is null)
            return true;
        var number = value.TryGetDouble(out var read) ? read : double.NaN;
        return !(number < schema.Minimum) && !(number > schema.Maximum)
            || Wrong(
                $"{SchemaWords.Shown(value)} is not in the range that is allowed here ({schema.Minimum?.ToString(CultureInfo.InvariantCulture) ?? "…"} to "
                    + $"{schema.Maximum?.ToString(CultureInfo.InvariantCulture) ?? "…"})."
            );
    }

    private bool FitsOthers(SchemaNode schema, JsonElement value)
    {
        var fits = true;
        foreach (var part in schema.AllOf)
            fits &= Fits(part, value);
        if (schema.AnyOf.Length > 0 && Fitting(schema.AnyOf, value) == 0)
            fits = Nearest(schema.AnyOf, value);
        if (schema.OneOf.Length > 0)
            fits &= Fitting(schema.OneOf, value) switch
            {
                1 => true,
                0 => Nearest(schema.OneOf, value),
                _ => Wrong("It fits several of the forms that are allowed here, and has to fit one."),
            };
        if (schema.Not is { } not && FitsQuietly(not, value))
            fits = Wrong("It has a form that is not allowed here.");
        if (schema.If is { } condition && (FitsQuietly(condition, value) ? schema.Then : schema.Else) is { } then)
            fits &= Fits(then, value);
        return fits;
    }

    private int Fitting(SchemaNode[] forms, JsonElement value)
    {
        var count = 0;
        foreach (var form in forms)
            if (FitsQuietly(form, value))
                count++;
        return count;
    }

    private bool FitsQuietly(SchemaNode schema, JsonElement value)
    {
        var told = _found;
        _found = null;
        var fits = Fits(schema, value);
        _found = told;
        return fits;
    }

    /// <summary>Tells what the form wants that comes nearest to the value: the one with the fewest faults, and among
    /// those the one that is understood furthest.</summary>
    private bool Nearest(SchemaNode[] forms, JsonElement value)
    {
        if (_found is null)
            return false;
        var told = _found;
        IReadOnlyList<SchemaViolation> nearest = [];
        foreach (var form in forms)
        {
            _found = [];
            Fits(form, value);
            // Nothing is found any more when there is too much to look at, which is told at the end.
            if (_found.Count == 0)
                continue;
            if (
                nearest.Count == 0
                || (_found.Count, -_found[0].Place.Length).CompareTo((nearest.Count, -nearest[0].Place.Length)) < 0
            )
                nearest = _found;
        }
        _found = told;
        foreach (var violation in nearest)
            Keep(violation);
        return false;
    }

    // Most of what is tried is not told, so the sentence is made only where it is.
    private bool Wrong([InterpolatedStringHandlerArgument("")] Sentence message) =>
        message.Text is { } text && Wrong(text);

    /// <param name="message">What is wrong.</param>
    /// <param name="missing">The member that is missing, when one is; it is that member's place then.</param>
    private bool Wrong(string message, string? missing = null)
    {
        if (_found is not { Count: < Most })
            return false;
        var member = Place(numbered: false);
        Keep(
            new SchemaViolation(
                Place(numbered: true),
                missing is null ? member
                    : member.Length == 0 ? missing
                    : $"{member}.{missing}",
                message
            )
        );
        return false;
    }

    private void Keep(SchemaViolation violation)
    {
        if (_found is { Count: < Most })
            _found.Add(violation);
    }

    private string Place(bool numbered)
    {
        var place = new System.Text.StringBuilder(numbered ? "$" : "");
        foreach (var (name, index) in _path)
        {
            if (name is null)
                place.Append(CultureInfo.InvariantCulture, $"[{(numbered ? index : "")}]");
            else
                place.Append(place.Length == 0 ? "" : ".").Append(name.Cut(SchemaWords.ShownText));
        }
        return place.ToString();
    }

    private static bool IsAmong(SchemaNode schema, JsonElement value) =>
        value.ValueKind == JsonValueKind.String
            ? schema.EnumTexts.Contains(value.GetString()!)
            : schema.Enum!.Any(choice => JsonElement.DeepEquals(choice, value));
}
