namespace Moat.Knowledge;

/// <summary>An entry of the knowledge content: front matter and Markdown.</summary>
public abstract class Entry
{
    /// <summary>The id by which records and other entries refer to it.</summary>
    public required string Id { get; init; }

    /// <summary>Its short title.</summary>
    public required string Title { get; init; }

    /// <summary>The Markdown below the front matter.</summary>
    [YamlDotNet.Serialization.YamlIgnore]
    public string Body { get; internal set; } = "";

    /// <summary>The body as HTML. The content is the product's own, so it is trusted.</summary>
    [YamlDotNet.Serialization.YamlIgnore]
    public string Html => Markdown.ToHtml(Body);
}

internal static class Age
{
    public static int Days(string age) =>
        int.Parse(age.AsSpan()[..^1], System.Globalization.CultureInfo.InvariantCulture);
}
