using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Moat.Isms.Kernel.Journal;

/// <summary>Reads a value back from the journal, as <see cref="ChangeRecorder.ValueOf"/> wrote it.</summary>
internal static class JournalValue
{
    /// <summary>
    /// The value of a field of this type. Throws <see cref="FormatException"/> for one that no journal has.
    /// </summary>
    public static object Read(Type type, JsonNode json) =>
        (Nullable.GetUnderlyingType(type) ?? type) switch
        {
            var t when t == typeof(string) => (string)json!,
            var t when t == typeof(bool) => (bool)json,
            var t when t == typeof(int) => (int)json,
            var t when t == typeof(long) => (long)json,
            var t when t == typeof(Guid) => Guid.Parse((string)json!),
            var t when t == typeof(DateOnly) => DateOnly.ParseExact(
                (string)json!,
                "yyyy-MM-dd",
                CultureInfo.InvariantCulture
            ),
            var t when t == typeof(DateTime) => DateTime.Parse(
                (string)json!,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal
            ),
            var t when t == typeof(decimal) => decimal.Parse(
                (string)json!,
                NumberStyles.Number,
                CultureInfo.InvariantCulture
            ),
            var t when t == typeof(byte[]) => Convert.FromBase64String((string)json!),
            var t when t == typeof(List<string>) => JsonSerializer.Deserialize<List<string>>(
                (string)json!,
                InputBinder.Json
            ) ?? [],
            { IsEnum: true } t => Enum.Parse(t, (string)json!),
            var t => throw new FormatException($"{t.Name} is not a type that the journal has values of."),
        };
}
