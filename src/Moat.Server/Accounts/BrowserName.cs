using System.Text.RegularExpressions;

namespace Moat.Server.Accounts;

/// <summary>
/// A browser and its system in words, for people who look where they are signed in. It proves nothing: a program says
/// what it likes.
/// </summary>
internal static partial class BrowserName
{
    // The first that fits: most browsers name those that they come from as well.
    private static readonly (string Sign, string Name)[] Browsers =
    [
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("FxiOS/", "Firefox"),
        ("CriOS/", "Chrome"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ];

    private static readonly (string Sign, string Name)[] Systems =
    [
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("CrOS", "ChromeOS"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ];

    /// <summary>Such as "Firefox on Linux".</summary>
    public static string Of(string userAgent)
    {
        var browser = Browsers.FirstOrDefault(b => userAgent.Contains(b.Sign, StringComparison.Ordinal)).Name;
        var system = Systems.FirstOrDefault(s => userAgent.Contains(s.Sign, StringComparison.Ordinal)).Name;
        if (browser is not null)
            return system is null ? browser : $"{browser} on {system}";
        return Product().Match(userAgent) is { Success: true, Value: var product }
            ? $"Another program ({product})"
            : "A program that does not say its name";
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9._-]{0,39}")]
    private static partial Regex Product();
}
