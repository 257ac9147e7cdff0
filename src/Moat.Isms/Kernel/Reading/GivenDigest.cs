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

    private static readonly Dictionary<string, string> Kinds = Lengths.Keys.ToDictionary(k =>
        k.Replace("-", "", StringComparison.Ordinal)
    );

    // Two files with one MD5 or SHA-1 can be made by anybody who wants to pass one off as the other.
    private static readonly string[] Forgeable = ["sha1", "md5"];

    /// <summary>Whether other bytes with the same digest can be made on purpose.</summary>
    public bool IsForgeable => Forgeable.Contains(Algorithm);

    /// <summary>
    /// Reads <c>algorithm:hex</c>, with or without a file's name behind it; the algorithm in any spelling, and a value
    /// alone where its length says SHA-256, SHA-384 or SHA-512. Throws <see cref="InputInvalid"/>.
    /// </summary>
    public static GivenDigest Read(string text, string field)
    {
        var given = text.Trim();
        if (Form().Match(given) is not { Success: true } form)
            throw new InputInvalid(field, $"'{text.Cut(40)}' is no digest. Write it as sha256:9f86…, algorithm first.");
        var hex = form.Groups["hex"].Value;
        var algorithm = form.Groups["algorithm"] is { Success: true } named ? named.Value.Trim() : ByLength(hex.Length);
        if (algorithm is null)
            throw new InputInvalid(field, $"'{text.Cut(40)}' is no digest. Write it as sha256:9f86…, algorithm first.");
        return Whole(algorithm, hex, out var why) is { } digest
            ? digest with
            {
                File = form.Groups["file"] is { Length: > 0 } file ? file.Value.Cut(300) : null,
            }
            : throw new InputInvalid(field, why!);
    }

    /// <summary>
    /// A digest as a format spells it, such as SHA-256 in CycloneDX or sha3_256 in SPDX; null for one of a kind or of a
    /// form that is not known, because a part of a digest shows nothing.
    /// </summary>
    public static GivenDigest? Of(string? algorithm, string? hex, string? file = null) =>
        Whole(algorithm ?? "", hex?.Trim() ?? "", out _) is { } digest ? digest with { File = file?.Cut(300) } : null;

    /// <summary>The digest with this algorithm and value; null with the reason where there is no such digest.</summary>
    internal static GivenDigest? Whole(string algorithm, string hex, out string? why)
    {
        var value = hex.ToLowerInvariant();
        why =
            Kind(algorithm) is not { } kind
                ? $"'{algorithm.ToLowerInvariant().Cut(40)}' is not known. One of: {string.Join(", ", Lengths.Keys)}."
            : !value.All(char.IsAsciiHexDigitLower) || value.Length != Lengths[kind]
                ? $"A {kind} has {Lengths[kind]} characters of 0-9 and a-f; this one has {hex.Length}."
            : null;
        return why is null ? new GivenDigest($"{Kind(algorithm)}:{value}", null) : null;
    }

    /// <summary>The algorithm that a value without one is of; null where its length does not say so.</summary>
    internal static string? ByLength(int characters) =>
        characters switch
        {
            64 => "sha256",
            96 => "sha384",
            128 => "sha512",
            _ => null,
        };

    // SHA-256, sha_256 and SHA2-256 are sha256; SHA3-256 stays sha3-256.
    private static string? Kind(string algorithm)
    {
        var spelled = new string([.. algorithm.ToLowerInvariant().Where(char.IsAsciiLetterOrDigit)]);
        if (spelled.Length > 6 && spelled.StartsWith("sha2", StringComparison.Ordinal))
            spelled = $"sha{spelled[4..]}";
        return Kinds.GetValueOrDefault(spelled);
    }

    /// <summary>The algorithm, such as sha256.</summary>
    public string Algorithm => Value.Split(':')[0];

    /// <summary>Its first twelve characters, by which people tell it from others.</summary>
    public string Short => $"{Algorithm}:{Value[(Algorithm.Length + 1)..][..12]}";

    [GeneratedRegex(
        @"^(?:(?<algorithm>[A-Za-z][A-Za-z0-9_/-]*\s?)[:=]\s?)?(?<hex>[0-9A-Fa-f]+)(?:\s+\*?(?<file>\S.*))?$"
    )]
    private static partial Regex Form();
}
