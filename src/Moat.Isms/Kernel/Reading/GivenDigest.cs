using System.Text.RegularExpressions;

namespace Moat.Isms.Kernel.Reading;

/// <summary>A digest as somebody gave it.</summary>
/// <param name="Value">Algorithm and hexadecimal value in small letters.</param>
/// <param name="File">The file, if one was named behind it.</param>
public sealed partial record GivenDigest(string Value, string? File)
{
    private static readonly Dictionary<string, int> Lengths = new()
    {
        ["sha256"] = 64,
        ["sha384"] = 96,
        ["sha512"] = 128,
        ["sha3-256"] = 64,
        ["sha3-384"] = 96,
        ["sha3-512"] = 128,
        ["blake3"] = 64,
        ["blake2b-256"] = 64,
        ["blake2b-384"] = 96,
        ["blake2b-512"] = 128,
        ["sha1"] = 40,
        ["md5"] = 32,
    };

    // Two files with one MD5 or SHA-1 can be made by anybody who wants to pass one off as the other.
    private static readonly string[] Forgeable = ["sha1", "md5"];

    /// <summary>Whether other bytes with the same digest can be made on purpose.</summary>
    public bool IsForgeable => Forgeable.Contains(Algorithm);

    /// <summary>
    /// Reads <c>algorithm:hex</c>, with or without a file's name behind it. Throws <see cref="InputInvalid"/>.
    /// </summary>
    public static GivenDigest Read(string text, string field)
    {
        if (Form().Match(text.Trim()) is not { Success: true } form)
            throw new InputInvalid(field, $"'{text.Cut(40)}' is no digest. Write it as sha256:9f86…, algorithm first.");
        var (algorithm, hex) = (
            form.Groups["algorithm"].Value.ToLowerInvariant(),
            form.Groups["hex"].Value.ToLowerInvariant()
        );
        if (!Lengths.TryGetValue(algorithm, out var length))
            throw new InputInvalid(
                field,
                $"'{algorithm.Cut(40)}' is not known. One of: {string.Join(", ", Lengths.Keys)}."
            );
        if (hex.Length != length)
            throw new InputInvalid(
                field,
                $"A {algorithm} has {length} characters of 0-9 and a-f; this one has {hex.Length}."
            );
        return new GivenDigest(
            $"{algorithm}:{hex}",
            form.Groups["file"] is { Length: > 0 } file ? file.Value.Cut(300) : null
        );
    }

    /// <summary>
    /// A digest as a format spells it, such as SHA-256 in CycloneDX or sha3_256 in SPDX; null for one of a kind or of a
    /// form that is not known, because a part of a digest shows nothing.
    /// </summary>
    public static GivenDigest? Of(string? algorithm, string? hex, string? file = null)
    {
        var kind = Dashes().Replace((algorithm ?? "").Trim().ToLowerInvariant().Replace('_', '-'), "$1");
        if (BlakeSize().Match(kind) is { Success: true } size)
            kind = $"blake2b-{size.Groups[1].Value}";
        var value = hex?.Trim().ToLowerInvariant() ?? "";
        return
            Lengths.TryGetValue(kind, out var length) && value.Length == length && value.All(char.IsAsciiHexDigitLower)
            ? new GivenDigest($"{kind}:{value}", file?.Cut(300))
            : null;
    }

    /// <summary>The algorithm, such as sha256.</summary>
    public string Algorithm => Value.Split(':')[0];

    /// <summary>Its first twelve characters, by which people tell it from others.</summary>
    public string Short => $"{Algorithm}:{Value[(Algorithm.Length + 1)..][..12]}";

    /// <summary>Whether a text looks like a digest and not like a reference.</summary>
    public static bool Is(string text) => text.Contains(':', StringComparison.Ordinal);

    [GeneratedRegex(@"^(?<algorithm>[A-Za-z0-9-]+):(?<hex>[0-9A-Fa-f]+)(?:\s+\*?(?<file>\S.*))?$")]
    private static partial Regex Form();

    // SHA-256 is sha256, and SHA3-256 stays sha3-256.
    [GeneratedRegex("^(sha)-(?=[0-9]+$)")]
    private static partial Regex Dashes();

    [GeneratedRegex("^blake2b-?([0-9]+)$")]
    private static partial Regex BlakeSize();
}
