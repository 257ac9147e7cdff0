using System.Globalization;
using System.Text.Json;
using Moat.Isms.Kernel;

namespace Moat.Hosting.Settings;

/// <summary>A value as the operator wrote it.</summary>
/// <param name="Key">The key in the operator's own writing.</param>
/// <param name="Text">The value.</param>
public sealed record GivenValue(string Key, string Text);

/// <summary>What one source says about a setting; of a list, all of it.</summary>
/// <param name="Setting">The setting.</param>
/// <param name="Source">Where it is said, for people.</param>
/// <param name="Values">The values.</param>
public sealed record GivenSetting(Setting Setting, string Source, IReadOnlyList<GivenValue> Values);

/// <summary>Reads what a file, the environment and the command line say.</summary>
internal static class SettingSources
{
    public const string File = "appsettings.json";

    private const string LongPrefix = "MOAT__";

    /// <summary>What the section <c>Moat</c> of a file says.</summary>
    public static IEnumerable<GivenSetting> OfFile(string path, Action<string, string> refuse)
    {
        var keys = new List<(string Path, GivenValue Value)>();
        foreach (var (key, text) in Read(path))
        {
            var parts = key.Split(':', 2);
            if (parts.Length == 2 && parts[0].Equals(MoatSettings.Section, StringComparison.OrdinalIgnoreCase))
                keys.Add((parts[1], new GivenValue($"{key} in {path}", text)));
            else if (key.Equals(MoatSettings.Section, StringComparison.OrdinalIgnoreCase))
                refuse($"{key} in {path}", "It is the section of the settings, so it is an object and no value.");
            else if (SettingCatalog.Sections.Contains(parts[0], StringComparer.OrdinalIgnoreCase))
                refuse(
                    $"{key} in {path}",
                    $"It stands outside the section '{MoatSettings.Section}', where nobody reads it. Put it inside."
                );
        }
        return Sorted(keys, path, refuse);
    }

    /// <summary>What variables such as <c>MOAT__Anchors__Folders__0</c> say.</summary>
    public static IEnumerable<GivenSetting> OfLongVariables(
        IReadOnlyDictionary<string, string> environment,
        Action<string, string> refuse
    ) =>
        Sorted(
            from variable in Variables(environment)
            where variable.Key.StartsWith(LongPrefix, StringComparison.OrdinalIgnoreCase)
            select (variable.Key[LongPrefix.Length..].Replace("__", ":", StringComparison.Ordinal), variable),
            "environment",
            refuse
        );

    /// <summary>What variables such as <c>MOAT_ANCHOR_FOLDER</c> say; lists are separated by commas.</summary>
    public static IEnumerable<GivenSetting> OfShortVariables(
        IReadOnlyDictionary<string, string> environment,
        Action<string, string> refuse
    )
    {
        foreach (var variable in Variables(environment))
            if (SettingCatalog.All.FirstOrDefault(s => s.Said.Variable == variable.Key) is { } setting)
                yield return new GivenSetting(setting, "environment", Parts(setting, [variable]));
            else if (ShortVariables.IsUnknown(variable.Key))
                refuse(variable.Key, ShortVariables.Unknown(variable.Key));
    }

    /// <summary>What options say.</summary>
    public static IEnumerable<GivenSetting> OfOptions(IReadOnlyDictionary<string, IReadOnlyList<string>> options)
    {
        foreach (var (name, values) in options)
            if (SettingCatalog.All.FirstOrDefault(s => s.Said.Option == name) is { } setting)
                yield return new GivenSetting(
                    setting,
                    "command line",
                    [.. values.Where(v => v.Length > 0).Select(v => new GivenValue(name, v))]
                );
    }

    private static IEnumerable<(string Key, string Text)> Read(string path)
    {
        if (Directory.Exists(path))
            throw new InputInvalid(path, "This is a folder. Name the file of the settings.");
        IConfigurationRoot read;
        try
        {
            read = new ConfigurationBuilder().AddJsonFile(path, optional: false, reloadOnChange: false).Build();
        }
        catch (Exception e) when (e is InvalidDataException or FormatException or IOException)
        {
            throw new InputInvalid(path, $"The settings cannot be read: {Why(e.GetBaseException())}");
        }
        return read.AsEnumerable().Where(k => !string.IsNullOrEmpty(k.Value)).Select(k => (k.Key, k.Value!));
    }

    // Places are counted from one, as editors do.
    private static string Why(Exception e) =>
        e is JsonException { LineNumber: { } line, BytePositionInLine: { } at }
            ? $"line {line + 1}, column {at + 1}: {e.Message.Split(" LineNumber:")[0]}"
            : e.Message;

    private static IEnumerable<GivenValue> Variables(IReadOnlyDictionary<string, string> environment) =>
        environment.Where(v => v.Value.Length > 0).Select(v => new GivenValue(v.Key, v.Value));

    private static IEnumerable<GivenSetting> Sorted(
        IEnumerable<(string Path, GivenValue Value)> keys,
        string source,
        Action<string, string> refuse
    )
    {
        var found = new Dictionary<Setting, SortedDictionary<int, GivenValue>>();
        foreach (var (path, value) in keys)
        {
            var (setting, index) = Find(path);
            if (setting is null)
                refuse(value.Key, Unknown(path));
            else if (!found.TryGetValue(setting, out var values))
                found[setting] = new() { [index] = value };
            else
                values[index] = value;
        }
        return found.Select(f => new GivenSetting(f.Key, source, Parts(f.Key, f.Value.Values)));
    }

    private static (Setting? Setting, int Index) Find(string path)
    {
        if (SettingCatalog.Find(path) is { } whole)
            return (whole, -1);
        var end = path.LastIndexOf(':');
        return
            end > 0
            && int.TryParse(path[(end + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            && SettingCatalog.Find(path[..end]) is { IsList: true } list
            ? (list, index)
            : (null, 0);
    }

    private static IReadOnlyList<GivenValue> Parts(Setting setting, IEnumerable<GivenValue> values) =>
        setting.IsList
            ?
            [
                .. values.SelectMany(v =>
                    v.Text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                        .Select(text => v with { Text = text })
                ),
            ]
            : [.. values];

    private static string Unknown(string path)
    {
        var near = SettingCatalog.All.MinBy(s => Spelling.Distance(s.Path, path))!;
        return Spelling.Distance(near.Path, path) <= 4
            ? $"There is no such setting. Did you mean {near.Path}?"
            : "There is no such setting. 'moat serve --print-config' lists all.";
    }
}
