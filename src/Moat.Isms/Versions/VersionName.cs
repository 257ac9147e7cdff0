using System.Globalization;
using System.Text;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Reading;

namespace Moat.Isms.Versions;

/// <summary>What a version may be called, so that its name is read as what it is and as nothing else.</summary>
internal static class VersionName
{
    /// <summary>The name without blanks around it. Throws <see cref="InputInvalid"/> on the field.</summary>
    public static string Read(string given, string field)
    {
        var name = given.Trim();
        if (name.Length == 0)
            throw new InputInvalid(field, "Call the version something, such as 2026-11-24 or v3.");
        foreach (var rune in name.EnumerateRunes())
            if (Unseen(rune) is { } what)
                throw new InputInvalid(
                    field,
                    $"The name holds {what} (U+{rune.Value:X4}), so it does not read as what it is. Leave it out."
                );
        if (VersionNames.IsReference(name))
            throw new InputInvalid(field, $"'{name}' is how a record is named. Call the version something else.");
        if (SpelledDigest.In(name) is { HasAlgorithm: true, Digest: not null })
            throw new InputInvalid(field, "This is a digest and no name. Call the version something else.");
        return name;
    }

    private static string? Unseen(Rune rune) =>
        Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => "a line break",
            UnicodeCategory.Control => rune.Value is '\n' or '\r' ? "a line break" : "a control character",
            UnicodeCategory.Format => "a character that nobody sees",
            UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned => "a character that means nothing",
            _ when rune == Rune.ReplacementChar => "a character that could not be read",
            _ => null,
        };
}
