using System.Text;

namespace Moat.Isms.Kernel.Reading;

/// <summary>
/// Whether a text can be kept everywhere: both databases, the journal's UTF-8 and every export. U+0000 has no place in
/// a PostgreSQL text, and half of a surrogate pair (Unicode 3.8, D71) is no character in any encoding.
/// </summary>
public static class GivenText
{
    /// <summary>What is wrong with the text and where, as a sentence; nothing when it can be kept.</summary>
    public static string? Wrong(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\0')
                return Say("the character U+0000, which is no text", i);
            if (!char.IsSurrogate(text[i]))
                continue;
            if (!char.IsHighSurrogate(text[i]) || i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1]))
                return Say("half of a character, as when an emoji is cut in two", i);
            i++;
        }
        return null;
    }

    /// <summary>A file's text without its byte order mark. Throws <see cref="InputInvalid"/> on <c>file</c> where it is
    /// not UTF-8: what cannot be read would become question marks in the registers.</summary>
    public static string Utf8(byte[] content)
    {
        try
        {
            return Strict.GetString(content).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            throw new InputInvalid("file", "This is not UTF-8. Save the file as UTF-8 and give it again.");
        }
    }

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    private static string Say(string what, int at) =>
        string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"At position {at + 1} there is {what}. Remove it."
        );
}
