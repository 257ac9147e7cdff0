using System.Text.Json.Nodes;
using Moat.Isms.Reviews;

namespace Moat.Server.Pages;

/// <summary>
/// The topics of a review as one form: a field for each conclusion, and one for what is brought to it.
/// </summary>
internal static class ReviewMinuting
{
    /// <summary>The field of a topic's conclusion.</summary>
    public static string Conclusion(string topic) => $"conclusion-{topic}";

    /// <summary>The field of what is brought to a topic.</summary>
    public static string Brought(string topic) => $"brought-{topic}";

    /// <summary>
    /// What was posted, as the input of the operation: topics to which nothing was said are left out.
    /// </summary>
    public static JsonObject Read(IFormCollection form) =>
        new() { ["topics"] = new JsonArray([.. Said(form).Select(t => (JsonNode?)TopicOf(form, t))]) };

    /// <summary>The field of the form that a field of the input came from.</summary>
    public static string Place(IFormCollection form, string field)
    {
        if (field.Split('[', ']') is not ["topics", var index, ['.', ..] part] || !int.TryParse(index, out var at))
            return field;
        return Said(form).ElementAtOrDefault(at) is { } topic
            ? part == ".brought"
                ? Brought(topic)
                : Conclusion(topic)
            : field;
    }

    private static IEnumerable<string> Said(IFormCollection form) =>
        ReviewTopics
            .All.Select(t => t.Key)
            .Where(t => Text(form, Conclusion(t)) is not null || Text(form, Brought(t)) is not null);

    private static JsonObject TopicOf(IFormCollection form, string topic)
    {
        var said = new JsonObject { ["topic"] = topic };
        if (Text(form, Conclusion(topic)) is { } conclusion)
            said["conclusion"] = conclusion;
        if (Text(form, Brought(topic)) is { } brought)
            said["brought"] = brought;
        return said;
    }

    private static string? Text(IFormCollection form, string field) =>
        form[field].ToString().ReplaceLineEndings("\n") is { Length: > 0 } text ? text : null;
}
