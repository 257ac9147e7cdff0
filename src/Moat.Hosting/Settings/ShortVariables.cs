using System.Text.RegularExpressions;

namespace Moat.Hosting.Settings;

/// <summary>
/// Variables that begin like Moat's own: those of settings, those that other parts read, and those that nobody reads,
/// which are mistyped.
/// </summary>
public static partial class ShortVariables
{
    private const string Prefix = "MOAT_";

    /// <summary>What is read elsewhere: by commands, and by the tests of Moat, which start its program.</summary>
    public static IReadOnlyList<string> ReadElsewhere { get; } =
    [
        "MOAT_CONFIG",
        "MOAT_PASSPHRASE",
        "MOAT_SERVER",
        "MOAT_TOKEN",
        "MOAT_COUNTERPARTS",
        "MOAT_EXAMPLE",
        "MOAT_REWRITE_GOLDEN",
        "MOAT_SCREENSHOTS",
        "MOAT_TESTS",
        "MOAT_WRITE_DOCS",
    ];

    /// <summary>Whether a variable begins like Moat's own and nobody reads it.</summary>
    public static bool IsUnknown(string name) =>
        name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
        && !name.StartsWith($"{Prefix}_", StringComparison.OrdinalIgnoreCase)
        && !ReadElsewhere.Contains(name)
        && SettingCatalog.All.All(s => s.Said.Variable != name)
        && !OfService().IsMatch(name);

    /// <summary>What to say of it.</summary>
    internal static string Unknown(string name)
    {
        var near = SettingCatalog
            .All.SelectMany(s => new[] { s.Said.Variable, s.LongVariable })
            .OfType<string>()
            .Concat(ReadElsewhere.Take(4))
            .MinBy(known => Spelling.Distance(known, name))!;
        // A short name is near to every other short one.
        return Spelling.Distance(near, name) <= Math.Min(4, (name.Length - Prefix.Length) / 2)
            ? $"There is no such setting. Did you mean {near}?"
            : "There is no such setting. 'moat serve --print-config' lists all.";
    }

    // Kubernetes tells every container where the services are, also those named moat or moat-….
    [GeneratedRegex(
        @"^MOAT_(\w+_)?(SERVICE_HOST|SERVICE_PORT(_\w+)?|PORT(_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)?)$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex OfService();
}
