using System.Text;

namespace Moat.Reports.Pack;

/// <summary>
/// Reads lines of UTF-8, none longer than it may be, so that a file without any end of line does not fill the memory.
/// </summary>
internal static class BoundedLines
{
    public static IEnumerable<string> Of(Stream content, int longest)
    {
        using var reader = new StreamReader(
            content,
            new UTF8Encoding(false, throwOnInvalidBytes: true),
            detectEncodingFromByteOrderMarks: false
        );
        var buffer = new char[64 * 1024];
        var line = new StringBuilder();
        for (int read; (read = reader.Read(buffer)) > 0; )
        {
            var from = 0;
            for (int end; (end = Array.IndexOf(buffer, '\n', from, read - from)) >= 0; from = end + 1)
            {
                yield return line.Append(buffer, from, end - from).ToString();
                line.Clear();
            }
            if (line.Append(buffer, from, read - from).Length > longest)
                throw new BrokenPack("a line is longer than any entry of a journal.");
        }
        if (line.Length > 0)
            yield return line.ToString();
    }
}
