namespace Moat.Isms.Kernel.Reading;

/// <summary>
/// How long the tags of XML are, before anything is built of them. What is no XML is for its reader to say.
/// </summary>
internal static class XmlTags
{
    /// <summary>The length of the longest tag in bytes; texts, comments and CDATA are passed over.</summary>
    public static int Longest(ReadOnlySpan<byte> xml)
    {
        var longest = 0;
        for (var begin = xml.IndexOf((byte)'<'); begin >= 0; begin = xml.IndexOf((byte)'<'))
        {
            xml = xml[begin..];
            var isTag = !xml.StartsWith("<!"u8) && !xml.StartsWith("<?"u8);
            var length = isTag
                ? Tag(xml)
                : After(
                    xml,
                    xml.StartsWith("<!--"u8) ? "-->"u8
                        : xml.StartsWith("<![CDATA["u8) ? "]]>"u8
                        : ">"u8
                );
            if (isTag)
                longest = Math.Max(longest, length);
            xml = xml[length..];
        }
        return longest;
    }

    // A value in quotes may have what would end the tag.
    private static int Tag(ReadOnlySpan<byte> xml)
    {
        for (var at = 1; at < xml.Length; )
        {
            var found = xml[at..].IndexOfAny((byte)'"', (byte)'\'', (byte)'>');
            if (found < 0)
                return xml.Length;
            at += found + 1;
            if (xml[at - 1] == (byte)'>')
                return at;
            var closing = xml[at..].IndexOf(xml[at - 1]);
            if (closing < 0)
                return xml.Length;
            at += closing + 1;
        }
        return xml.Length;
    }

    private static int After(ReadOnlySpan<byte> xml, ReadOnlySpan<byte> end) =>
        xml.IndexOf(end) is var at and >= 0 ? at + end.Length : xml.Length;
}
