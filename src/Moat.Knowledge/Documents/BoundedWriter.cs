namespace Moat.Knowledge.Documents;

/// <summary>What a text is filled into; ends when it grows beyond <see cref="TemplateBounds.LongestText"/>.</summary>
internal sealed class BoundedWriter : StringWriter
{
    /// <inheritdoc/>
    public override void Write(char value) => base.Write(Room(1, value));

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => base.Write(Room(count, buffer), index, count);

    /// <inheritdoc/>
    public override void Write(string? value) => base.Write(Room(value?.Length ?? 0, value));

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<char> buffer)
    {
        Room(buffer.Length, 0);
        base.Write(buffer);
    }

    private T Room<T>(int more, T value) =>
        GetStringBuilder().Length + more <= TemplateBounds.LongestText
            ? value
            : throw new DocumentSyntax(
                "Filled with the company's records, the text is longer than a million characters."
            );
}
