using System.Globalization;
using System.Text.RegularExpressions;

namespace Moat.Isms.Kernel.Reading.Schemas;

/// <summary>
/// The forms of text that published schemas name (JSON Schema validation, 7.3). Those of addresses are loose there and
/// here.
/// </summary>
internal static partial class SchemaFormats
{
    /// <summary>Whether the text has the form; a form that is not known says nothing.</summary>
    public static bool Fits(string format, string text) =>
        format switch
        {
            // RFC 3339, 5.6; a leap second is a time although no clock here shows it.
            "date-time" => DateTime().IsMatch(text)
                && DateOnly.TryParseExact(
                    text[..10],
                    "yyyy-MM-dd",
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.None,
                    out _
                ),
            "date" => DateOnly.TryParseExact(
                text,
                "yyyy-MM-dd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out _
            ),
            "uuid" => Uuid().IsMatch(text),
            "email" or "idn-email" => Email().IsMatch(text),
            "uri" => Uri.TryCreate(text, UriKind.Absolute, out _) && Scheme().IsMatch(text),
            _ => true,
        };

    /// <summary>What a text of the form is, for people.</summary>
    public static string Words(string format) =>
        format switch
        {
            "date-time" => "a time such as 2026-03-02T09:00:00Z",
            "date" => "a day such as 2026-03-02",
            "uuid" => "a UUID",
            "email" or "idn-email" => "an e-mail address",
            _ => "an address such as https://example.com",
        };

    [GeneratedRegex(
        @"^\d{4}-\d{2}-\d{2}[Tt ]([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)\z",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
    )]
    private static partial Regex DateTime();

    [GeneratedRegex(
        @"^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\z",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
    )]
    private static partial Regex Uuid();

    [GeneratedRegex(@"^[^@\s]+@[^@\s]+\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Email();

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9+.-]*:", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Scheme();
}
