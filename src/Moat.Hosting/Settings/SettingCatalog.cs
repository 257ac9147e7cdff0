using System.Reflection;

namespace Moat.Hosting.Settings;

/// <summary>One thing that an operator decides, with all its names.</summary>
/// <param name="Path">Its key below the section, such as <c>Anchors:Folders</c>.</param>
/// <param name="Said">What it says of itself.</param>
/// <param name="Type">What it is.</param>
/// <param name="Default">What it is where nobody decides.</param>
public sealed record Setting(string Path, SettingAttribute Said, Type Type, object? Default)
{
    /// <summary>Whether it may be given several times.</summary>
    public bool IsList => Type == typeof(IReadOnlyList<string>);

    /// <summary>Whether it is a yes or a no.</summary>
    public bool IsFlag => Type == typeof(bool);

    /// <summary>Its variable of the long form.</summary>
    public string LongVariable => $"MOAT__{Path.Replace(":", "__", StringComparison.Ordinal)}";

    /// <summary>How to name it to somebody who has not named it yet.</summary>
    public string Usual => Said.Option ?? Said.Variable ?? LongVariable;
}

/// <summary>All settings, as the classes of <see cref="MoatSettings"/> declare them.</summary>
public static class SettingCatalog
{
    /// <summary>All of them, in the order of the classes.</summary>
    public static IReadOnlyList<Setting> All { get; } = [.. Declared()];

    /// <summary>The setting of a key, whatever its case; null where there is none.</summary>
    public static Setting? Find(string path) =>
        All.FirstOrDefault(s => s.Path.Equals(path, StringComparison.OrdinalIgnoreCase));

    /// <summary>The setting of a path that is written in code.</summary>
    public static Setting Of(string path) => Find(path) ?? throw new ArgumentException($"There is no setting {path}.");

    /// <summary>The names of the sections.</summary>
    public static IReadOnlyList<string> Sections { get; } =
    [.. typeof(MoatSettings).GetProperties().Select(p => p.Name)];

    private static IEnumerable<Setting> Declared()
    {
        var usual = new MoatSettings();
        foreach (var section in typeof(MoatSettings).GetProperties())
        foreach (var property in section.PropertyType.GetProperties())
            if (property.GetCustomAttribute<SettingAttribute>() is { } said)
                yield return new Setting(
                    $"{section.Name}:{property.Name}",
                    said,
                    property.PropertyType,
                    property.GetValue(section.GetValue(usual))
                );
    }
}
