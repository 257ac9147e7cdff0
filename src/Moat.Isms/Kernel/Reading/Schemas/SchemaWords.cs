using System.Globalization;
using System.Text.Json;

namespace Moat.Isms.Kernel.Reading.Schemas;

/// <summary>Says in words what a value is, and what a schema asks for instead.</summary>
internal static class SchemaWords
{
    /// <summary>How much of a text is shown.</summary>
    public const int ShownText = 60;

    private const int ShownChoices = 12;

    public static JsonTypes TypeOf(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Object => JsonTypes.Object,
            JsonValueKind.Array => JsonTypes.Array,
            JsonValueKind.String => JsonTypes.Text,
            JsonValueKind.True or JsonValueKind.False => JsonTypes.Boolean,
            JsonValueKind.Number => value.TryGetInt64(out _)
            || (value.TryGetDouble(out var number) && Math.Floor(number) == number)
                ? JsonTypes.Integer
                : JsonTypes.Number,
            _ => JsonTypes.Null,
        };

    public static string Needed(JsonTypes types)
    {
        var names = new[]
        {
            (JsonTypes.Object, "an object"),
            (JsonTypes.Array, "a list"),
            (JsonTypes.Text, "a text"),
            (JsonTypes.Number, "a number"),
            (JsonTypes.Boolean, "true or false"),
            (JsonTypes.Null, "null"),
        };
        var words = string.Join(
            " or ",
            names.Where(n => types.HasFlag(n.Item1)).Select(n => n.Item2).DefaultIfEmpty("a whole number")
        );
        return $"{char.ToUpperInvariant(words[0])}{words[1..]}";
    }

    public static string Choices(JsonElement[] choices) =>
        choices.Length <= ShownChoices
            ? string.Join(", ", choices)
            : string.Create(CultureInfo.InvariantCulture, $"the {choices.Length} words that are allowed here");

    public static string Shown(JsonElement value) => Shown(value.ToString());

    public static string Shown(string text) => $"'{text.Cut(ShownText)}'";
}
