using System.Security.Cryptography;
using System.Text;

namespace Moat.Server.Shell;

/// <summary>
/// Marks the value with which a field of a form began, so that after a conflict it is known which fields were written
/// and which were only sent along. Eight hexadecimal digits say as much as the value itself, and the page stays small.
/// </summary>
internal static class ReadMark
{
    /// <summary>The name of the hidden field; what begins like this never reaches an input.</summary>
    public static string Name(string field) => $"_read-{field}";

    /// <summary>The mark of a value. Browsers send line ends their own way.</summary>
    public static string Of(string? value) =>
        Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes((value ?? "").ReplaceLineEndings("\n").Trim())).AsSpan(0, 4)
        );
}
