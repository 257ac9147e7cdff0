using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Moat.Isms.Kernel;

namespace Moat.Tests;

/// <summary>A value for any field of an input, such as a program would send it.</summary>
internal static class GivenValues
{
    /// <summary>A value that the property's type takes; null for a type that programs cannot send.</summary>
    public static JsonNode? For(PropertyInfo property) => For(property.PropertyType, property);

    /// <summary>The same value as a form or a command line gives it.</summary>
    public static string AsText(JsonNode value) =>
        value is JsonValue scalar && scalar.TryGetValue(out string? text) ? text : value.ToJsonString();

    private static JsonNode? For(Type type, PropertyInfo property)
    {
        var bare = Nullable.GetUnderlyingType(type) ?? type;
        if (bare == typeof(string))
            return Text(property);
        if (bare == typeof(bool))
            return true;
        if (bare.IsEnum)
            return JsonSerializer.SerializeToNode(Enum.GetValues(bare).GetValue(0), bare, InputBinder.Json);
        if (bare == typeof(DateOnly))
            return "2026-04-01";
        if (bare == typeof(DateTime) || bare == typeof(DateTimeOffset))
            return "2026-04-01T09:30:00Z";
        if (bare == typeof(Guid))
            return "0199a1b2-0000-7000-8000-000000000001";
        if (bare == typeof(byte[]) || bare == typeof(GivenContent))
            return "bW9hdA==";
        if (bare == typeof(int) || bare == typeof(long) || bare == typeof(double) || bare == typeof(decimal))
            return 3;
        if (typeof(JsonNode).IsAssignableFrom(bare) || bare == typeof(JsonElement))
            return new JsonObject { ["key"] = "value" };
        if (Of(bare, typeof(IReadOnlyDictionary<,>)) is [_, var valued])
            return new JsonObject { ["key"] = For(valued, property) };
        return Of(bare, typeof(IEnumerable<>)) is [var element]
            ? For(element, property) is { } one
                ? new JsonArray(one)
                : null
            : Whole(bare);
    }

    private static string Text(PropertyInfo property) =>
        new('a', Math.Max(property.GetCustomAttribute<MinLengthAttribute>()?.Length ?? 1, 3));

    private static Type[]? Of(Type type, Type form) =>
        type.GetInterfaces()
            .Prepend(type)
            .FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == form)
            ?.GetGenericArguments();

    private static JsonObject Whole(Type type)
    {
        var json = new JsonObject();
        foreach (var property in type.GetProperties().Where(p => p.SetMethod is not null))
            if (For(property) is { } value)
                json[JsonNamingPolicy.CamelCase.ConvertName(property.Name)] = value;
        return json;
    }
}
