using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace Moat.Isms.Kernel.Reading;

/// <summary>
/// The one way to read JSON from outside (RFC 8259): bounded in nesting, a name only once in an object, every text
/// whole. What the platform's reader would find only when a value is used is found here, before anybody begins to use
/// them.
/// </summary>
public static class GivenJson
{
    /// <summary>The most values that one document may have: texts, numbers, words, lists and objects.</summary>
    public const int MostValues = 1_500_000;

    /// <summary>
    /// Reads a value. Throws <see cref="JsonException"/>, of which <see cref="Explain"/> makes a sentence.
    /// </summary>
    /// <param name="utf8">UTF-8, with or without a byte order mark.</param>
    /// <param name="maxDepth">How deep it may nest.</param>
    /// <param name="comments">Whether comments are passed over instead of refused.</param>
    public static JsonNode? Read(ReadOnlySpan<byte> utf8, int maxDepth = InputBinder.MaxDepth, bool comments = false)
    {
        var options = Options(maxDepth, comments);
        var bare = Bare(utf8);
        Look(bare, options);
        return JsonNode.Parse(bare, documentOptions: options);
    }

    /// <summary>Reads an object. Throws <see cref="InputInvalid"/> for the field that it is given in.</summary>
    public static JsonObject Object(
        ReadOnlySpan<byte> utf8,
        string field,
        int maxDepth = InputBinder.MaxDepth,
        bool comments = false
    )
    {
        try
        {
            return Read(utf8, maxDepth, comments) as JsonObject
                ?? throw new InputInvalid(field, "A JSON object is needed.");
        }
        catch (JsonException e)
        {
            throw new InputInvalid(field, Explain(e));
        }
    }

    /// <summary>Reads a value from text.</summary>
    public static JsonNode? Read(string text, int maxDepth = InputBinder.MaxDepth)
    {
        if (GivenText.Wrong(text) is { } wrong)
            throw new JsonException(wrong);
        return Read(Encoding.UTF8.GetBytes(text), maxDepth);
    }

    /// <summary>Reads a value as a document, for readers that walk through large ones.</summary>
    public static JsonDocument Document(ReadOnlyMemory<byte> utf8, int maxDepth, bool comments = false)
    {
        var options = Options(maxDepth, comments);
        var bare = utf8[(utf8.Length - Bare(utf8.Span).Length)..];
        Look(bare.Span, options);
        return JsonDocument.Parse(bare, options);
    }

    /// <summary>What is wrong and where, in one sentence.</summary>
    public static string Explain(JsonException e)
    {
        var place = e.LineNumber is { } line
            ? string.Create(CultureInfo.InvariantCulture, $"line {line + 1}, position {e.BytePositionInLine + 1}")
            : null;
        if (e is BrokenText)
            return $"In {place} {e.Message}";
        if (Twice(e) is { } name)
            return $"'{name}' stands twice in one object{(place is null ? "" : $", {place}")}, so that nobody can say which of the two counts. "
                + "Keep one of them.";
        if (e.Message.Contains("maximum configured depth", StringComparison.Ordinal))
            return $"This is nested deeper than it may be{(place is null ? "" : $": {place}")}.";
        return place is null ? $"This is not JSON. {e.Message}" : $"This is not JSON: {place}.";
    }

    /// <summary>The name that stands twice in one object, when that is what is wrong.</summary>
    public static string? Twice(JsonException e) =>
        e.Message.StartsWith("Duplicate property", StringComparison.Ordinal)
        && e.Message.Split('\'') is [_, var name, ..]
            ? name
            : null;

    private static JsonDocumentOptions Options(int maxDepth, bool comments) =>
        new()
        {
            MaxDepth = maxDepth,
            AllowDuplicateProperties = false,
            CommentHandling = comments ? JsonCommentHandling.Skip : JsonCommentHandling.Disallow,
        };

    private static ReadOnlySpan<byte> Bare(ReadOnlySpan<byte> utf8) =>
        utf8.StartsWith(Encoding.UTF8.Preamble) ? utf8[3..] : utf8;

    private static void Look(ReadOnlySpan<byte> utf8, JsonDocumentOptions options)
    {
        if (!Utf8.IsValid(utf8))
            throw new JsonException("It is not UTF-8.");
        var reader = new Utf8JsonReader(
            utf8,
            new JsonReaderOptions { MaxDepth = options.MaxDepth, CommentHandling = options.CommentHandling }
        );
        var values = 0;
        while (reader.Read())
        {
            if (
                reader.TokenType
                    is not (JsonTokenType.EndArray or JsonTokenType.EndObject or JsonTokenType.PropertyName)
                && ++values > MostValues
            )
                throw Broken(
                    utf8,
                    (int)reader.TokenStartIndex,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"there are more than {MostValues:N0} values. Split the file."
                    )
                );
            // Only an escape can spell what UTF-8 cannot.
            if (
                reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName
                && reader.ValueIsEscaped
                && Wrong(ref reader) is { } wrong
            )
                throw Broken(utf8, (int)reader.TokenStartIndex, wrong);
        }
    }

    private static string? Wrong(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!.Contains('\0', StringComparison.Ordinal)
                ? "a text has the character U+0000. Remove it."
                : null;
        }
        catch (InvalidOperationException)
        {
            return "a text has half of a character, as when an emoji is cut in two. Remove it.";
        }
    }

    private static BrokenText Broken(ReadOnlySpan<byte> utf8, int at, string message)
    {
        var before = utf8[..at];
        return new BrokenText(message, before.Count((byte)'\n'), at - 1 - before.LastIndexOf((byte)'\n'));
    }

    private sealed class BrokenText(string message, long line, long position)
        : JsonException(message, null, line, position);
}
