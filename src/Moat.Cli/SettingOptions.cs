using System.CommandLine;
using Moat.Hosting.Settings;
using Moat.Isms.Kernel;

namespace Moat.Cli;

/// <summary>Options of the command line that the settings declare, and what was given with them.</summary>
internal static class SettingOptions
{
    private static readonly Dictionary<string, Option> Made = SettingCatalog
        .All.Where(s => s.Said.Option is not null)
        .ToDictionary(s => s.Said.Option!, Make);

    /// <summary>The file of the settings.</summary>
    public static Option<string?> Config { get; } =
        new("--config")
        {
            Description = "The file of the settings (default: MOAT_CONFIG, else appsettings.json in the data folder)",
            Recursive = true,
        };

    /// <summary>The option of a setting.</summary>
    public static Option Of(string path) => Made[SettingCatalog.Of(path).Said.Option!];

    /// <summary>All options but those of the storage, which every command has.</summary>
    public static IEnumerable<Option> OfServing =>
        SettingCatalog
            .All.Where(s => s.Said.Option is not null && !s.Path.StartsWith("Storage:", StringComparison.Ordinal))
            .Select(s => Made[s.Said.Option!]);

    /// <summary>
    /// What file, environment and command line decide; a command with a data folder of its own names it. Throws
    /// <see cref="InputInvalid"/>.
    /// </summary>
    public static GivenSettings Read(ParseResult parsed, string? dataFolder = null)
    {
        var options = Made.Where(o => parsed.GetResult(o.Value) is { Implicit: false })
            .ToDictionary(o => o.Key, o => Texts(parsed, o.Value));
        if (dataFolder is not null)
            options[SettingCatalog.Of("Storage:DataFolder").Usual] = [dataFolder];
        return GivenSettings.Read(options, GivenSettings.Variables(), parsed.GetValue(Config));
    }

    private static IReadOnlyList<string> Texts(ParseResult parsed, Option option) =>
        option switch
        {
            Option<bool> flag => [parsed.GetValue(flag) ? "true" : "false"],
            Option<string[]> list => parsed.GetValue(list) ?? [],
            Option<string?> text => [parsed.GetValue(text) ?? ""],
            _ => [],
        };

    private static Option Make(Setting setting)
    {
        var (name, what) = (setting.Said.Option!, setting.Said.What);
        var otherwise = setting.Default is string usual ? $", else {usual}" : "";
        var variable = $"(default: {setting.Said.Variable}{otherwise})";
        return setting switch
        {
            { IsFlag: true } => new Option<bool>(name)
            {
                Description = $"{what} (default: {setting.Said.Variable}=true)",
            },
            { IsList: true } => new Option<string[]>(name)
            {
                Description = $"{what}; may be repeated (default: {setting.Said.Variable}, separated by commas)",
            },
            _ => new Option<string?>(name)
            {
                Description = $"{what} {variable}",
                Recursive = setting.Path.StartsWith("Storage:", StringComparison.Ordinal),
            },
        };
    }
}
