using Moat.Isms.Kernel;

namespace Moat.Isms.Evidence.Collectors;

/// <summary>
/// The settings of a source as people write them: lines of <c>name=value</c>, each held against what its collector
/// knows.
/// </summary>
internal static class SettingLines
{
    /// <summary>What a setting is called when something is wrong with it.</summary>
    public static string Field(CollectorSetting setting) => $"setting.{setting.Name}";

    /// <summary>The settings that have a value, usual ones included. Throws <see cref="InputInvalid"/>.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Read(
        string kind,
        IReadOnlyList<CollectorSetting> known,
        IEnumerable<string> lines
    )
    {
        var values = known.Where(s => s.Usual is not null).ToDictionary(s => s.Name, s => s.Usual!);
        foreach (var line in lines.Select(l => l.Trim()).Where(l => l.Length > 0))
        {
            var at = line.IndexOf('=', StringComparison.Ordinal);
            var name = at < 0 ? line : line[..at].Trim();
            if (at < 0 || known.All(s => s.Name != name))
                throw new InputInvalid(
                    "settings",
                    $"'{name}' is not a setting of {kind}. Write name=value; there are {string.Join(", ", known.Select(s => s.Name))}."
                );
            values[name] = line[(at + 1)..].Trim();
        }
        foreach (var setting in known)
            Check(setting, values.GetValueOrDefault(setting.Name));
        return values.Where(v => v.Value.Length > 0);
    }

    private static void Check(CollectorSetting setting, string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            if (setting.Required)
                throw new InputInvalid(Field(setting), $"The setting {setting.Name} is needed: {setting.Hint}");
            return;
        }
        if (setting.Form == SettingForm.Text)
            return;
        if (
            !Uri.TryCreate(value, UriKind.Absolute, out var address)
            || address.Scheme is not ("https" or "http")
            || address.Host.Length == 0
        )
            throw new InputInvalid(
                Field(setting),
                $"'{value}' is no address. Write one that begins with https://. {setting.Hint}"
            );
        if (address.UserInfo.Length > 0 || address.Fragment.Length > 0)
            throw new InputInvalid(
                Field(setting),
                "Write the address without a user, a password or a # in it; a password belongs into the secret."
            );
    }
}
