using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Moat.Isms.Imports;

/// <summary>Reads a value back from the journal, as <see cref="Kernel.ChangeRecorder.ValueOf"/> wrote it.</summary>
internal static class JournalledValue
{
    /// <summary>The value of a property.</summary>
    public static object? Read(IProperty property, JsonNode? told)
    {
        if (told is null) return null;
        var type = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
        var converter = type == typeof(DateTime) ? null : property.GetTypeMapping().Converter;
        var stored = Plain(converter is null ? type : Nullable.GetUnderlyingType(converter.ProviderClrType) ?? converter.ProviderClrType, told);
        return converter is null ? stored : converter.ConvertFromProvider(stored);
    }

    private static object Plain(Type type, JsonNode told) => type switch
    {
        _ when type == typeof(string) => (string)told!,
        _ when type == typeof(bool) => (bool)told,
        _ when type == typeof(int) => (int)told,
        _ when type == typeof(long) => (long)told,
        _ when type == typeof(Guid) => Guid.Parse((string)told!),
        _ when type == typeof(DateOnly) => DateOnly.ParseExact((string)told!, "yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ when type == typeof(DateTime) => DateTime.Parse(
            (string)told!, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal),
        _ when type == typeof(decimal) => decimal.Parse((string)told!, CultureInfo.InvariantCulture),
        _ when type == typeof(byte[]) => Convert.FromBase64String((string)told!),
        _ => throw new NotSupportedException($"{type.Name} is no value of the journal."),
    };
}
