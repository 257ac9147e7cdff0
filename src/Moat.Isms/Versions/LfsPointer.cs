using System.Text.RegularExpressions;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Reading;

namespace Moat.Isms.Versions;

/// <summary>Reads a pointer of Git LFS by its specification, version 1: a key and a value on each line.</summary>
internal static partial class LfsPointer
{
    private const string Version = "version https://git-lfs.github.com/spec/v";
    private const string Known = "1";

    /// <summary>Whether a text is one.</summary>
    public static bool Is(string text) => text.StartsWith(Version, StringComparison.Ordinal);

    /// <summary>Reads it. Throws <see cref="InputInvalid"/> with the line.</summary>
    public static VersionPointer Read(GivenFile file, string text)
    {
        var lines = text.TrimEnd('\n').Split('\n');
        if (lines[0] != Version + Known)
            throw Wrong(1, $"'{lines[0].Cut(80)}' is a version of Git LFS that is not known.");
        var (values, others) = (new Dictionary<string, (string Value, int Line)>(), new Dictionary<string, int>());
        for (var i = 1; i < lines.Length; i++)
        {
            if (Line().Match(lines[i]) is not { Success: true } line)
                throw Wrong(i + 1, $"'{lines[i].Cut(80)}' is no key with a value behind one blank.");
            var key = line.Groups["key"].Value;
            if (!values.TryAdd(key, (line.Groups["value"].Value, i + 1)))
                throw Wrong(i + 1, $"{key} stands here a second time; the first is in line {values[key].Line}.");
            if (key is not ("oid" or "size"))
                others[key] = 1;
        }
        if (!values.TryGetValue("oid", out var oid) || !values.TryGetValue("size", out var said))
            throw VersionPointer.Wrong(file, "A pointer of Git LFS has an oid such as sha256:9f86… and a size.");
        // The specification knows no other algorithm, and spells this one so.
        var digest = oid.Value.StartsWith("sha256:", StringComparison.Ordinal)
            ? GivenDigest.Of("sha256", oid.Value[7..], file.Name)
            : null;
        if (digest is null)
            throw Wrong(oid.Line, $"An oid is sha256: and 64 characters of 0-9 and a-f, not '{oid.Value.Cut(80)}'.");
        if (VersionPointer.Size(said.Value) is not { } size)
            throw Wrong(
                said.Line,
                $"A size is a whole number of bytes that a file can have, not '{said.Value.Cut(40)}'."
            );
        return new VersionPointer(
            [digest],
            size,
            null,
            VersionPointer.Said(file, 1, "SHA-256", size),
            ReadParts.Named(others)
        );

        InputInvalid Wrong(int line, string message) => VersionPointer.Wrong(file, $"line {line}: {message}");
    }

    [GeneratedRegex("^(?<key>[a-z0-9.-]+) (?<value>\\S(?:.*\\S)?)$")]
    private static partial Regex Line();
}
