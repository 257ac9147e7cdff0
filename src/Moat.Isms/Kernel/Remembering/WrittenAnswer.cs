using System.Security.Cryptography;

namespace Moat.Isms.Kernel.Remembering;

/// <summary>An answer as its readers get it, with a tag that no other content has (RFC 9110, 8.8.3).</summary>
public sealed class WrittenAnswer(byte[] content)
{
    private string? _tag;

    /// <summary>The answer's bytes.</summary>
    public ReadOnlyMemory<byte> Content => content;

    /// <summary>The entity tag, in quotation marks: the beginning of the content's SHA-256.</summary>
    public string Tag => _tag ??= $"\"{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 16))}\"";
}
