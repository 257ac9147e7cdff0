using System.Globalization;
using System.Text;

namespace Moat.Hosting.Settings;

/// <summary>Shows settings: their values and where they come from, or what there is to decide.</summary>
public static class SettingListing
{
    /// <summary>Each setting with its value, or that it is secret, and its source.</summary>
    public static string Values(GivenSettings given)
    {
        var rows = SettingCatalog.All.Select(s => (Key: $"{MoatSettings.Section}:{s.Path}", Shown: Shown(s, given)));
        var text = new StringBuilder();
        foreach (var (key, (value, source)) in rows)
            text.Append(CultureInfo.InvariantCulture, $"{key, -30} {value}  ({source})\n");
        return text.ToString();
    }

    /// <summary>A table of all settings, in Markdown.</summary>
    public static string Table()
    {
        var text = new StringBuilder(
            "| key | what it decides | option | variable | variable of the key | otherwise |\n|---|---|---|---|---|---|\n"
        );
        foreach (var s in SettingCatalog.All)
            text.Append(
                CultureInfo.InvariantCulture,
                $"| `{s.Path}` | {What(s)} | {Code(s.Said.Option)} | {Code(s.Said.Variable)} | `{s.LongVariable}{(s.IsList ? "__0" : "")}` | {Usual(s)} |\n"
            );
        return text.ToString();
    }

    private static (string Value, string Source) Shown(Setting setting, GivenSettings given)
    {
        if (given.Find(setting.Path) is not { } found)
            return (Plain(setting), "as usual");
        var names = string.Join(", ", found.Values.Select(v => v.Key.Split(" in ")[0]).Distinct());
        var values = found.Values.Select(v => Masked(setting, v.Text));
        return (
            found.Values.Count == 0 ? "none" : string.Join(", ", values),
            names.Length == 0 ? found.Source : $"{found.Source}: {names}"
        );
    }

    private static string Masked(Setting setting, string text) =>
        setting.Said.IsSecret ? MaskedText.Mask
        : setting.Path == "Storage:Postgres" ? MaskedText.OfConnection(text)
        : MaskedText.Of(text);

    private static string Plain(Setting setting) =>
        setting.Default switch
        {
            null or IReadOnlyList<string> => "none",
            bool flag => flag ? "true" : "false",
            var value => $"{value}",
        };

    private static string What(Setting s) =>
        $"{s.Said.What.Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)}"
        + $"{(s.IsList ? "; may be repeated" : "")}{(s.Said.IsSecret ? "; secret" : "")}"
        + $"{(s.Said.EnvironmentOnly ? ", not in a file" : "")}";

    private static string Usual(Setting s) => Plain(s) == "none" ? "" : $"`{Plain(s)}`";

    private static string Code(string? text) => text is null ? "" : $"`{text}`";
}
