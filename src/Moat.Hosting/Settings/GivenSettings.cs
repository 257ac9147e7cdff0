using System.Collections;
using System.Globalization;
using Moat.Isms.Kernel;

namespace Moat.Hosting.Settings;

/// <summary>
/// What an operator decided: for each setting what the strongest source says, and which one that is. The command line
/// is stronger than the environment, and the environment than the file; of a list the strongest source says all.
/// </summary>
public sealed class GivenSettings
{
    private readonly Dictionary<Setting, GivenSetting> _given = [];
    private readonly List<FieldError> _wrong = [];

    private GivenSettings() { }

    /// <summary>The settings, bound to their classes.</summary>
    public MoatSettings Bound { get; private set; } = new();

    /// <summary>What is wrong with them, under the names that the operator wrote.</summary>
    public IReadOnlyList<FieldError> Wrong => _wrong;

    /// <summary>
    /// Reads all sources. Without a named file it is <c>appsettings.json</c> in the data folder, if there is one.
    /// Throws <see cref="InputInvalid"/> where a file cannot be read.
    /// </summary>
    public static GivenSettings Read(
        IReadOnlyDictionary<string, IReadOnlyList<string>> options,
        IReadOnlyDictionary<string, string> environment,
        string? file = null
    )
    {
        var given = new GivenSettings();
        given.Take(SettingSources.OfOptions(options));
        given.Take(SettingSources.OfLongVariables(environment, given.Refuse));
        given.Take(SettingSources.OfShortVariables(environment, given.Refuse));
        given.TakeFile(file ?? environment.GetValueOrDefault("MOAT_CONFIG"));
        given.Bind();
        return given;
    }

    /// <summary>The variables of this process.</summary>
    public static IReadOnlyDictionary<string, string> Variables() =>
        Environment
            .GetEnvironmentVariables()
            .Cast<DictionaryEntry>()
            .ToDictionary(v => (string)v.Key, v => (string?)v.Value ?? "");

    /// <summary>What was said about a setting; null where it is as usual.</summary>
    public GivenSetting? Find(string path) => _given.GetValueOrDefault(SettingCatalog.Of(path));

    /// <summary>The key of a setting as the operator wrote it, or as it is usually written.</summary>
    public string KeyOf(string path, int at = 0) =>
        Find(path) is { } given && at < given.Values.Count ? given.Values[at].Key : SettingCatalog.Of(path).Usual;

    /// <summary>Writes down what is wrong with a setting; no secret is in it.</summary>
    public void Refuse(string path, int at, string why) => Refuse(KeyOf(path, at), why);

    /// <summary>Throws what is wrong, all of it at once.</summary>
    public void MustHold()
    {
        if (_wrong.Count > 0)
            throw new InputInvalid(_wrong);
    }

    private void Refuse(string key, string why) => _wrong.Add(new FieldError(key, MaskedText.Of(why)));

    private void Take(IEnumerable<GivenSetting> settings)
    {
        foreach (var setting in settings)
            _given.TryAdd(setting.Setting, setting);
    }

    private void TakeFile(string? named)
    {
        const string Folder = "Storage:DataFolder";
        var usual = Path.GetFullPath(
            Path.Combine(
                Find(Folder) is { Values: [var first, ..] } ? first.Text : Bound.Storage.DataFolder,
                SettingSources.File
            )
        );
        if (string.IsNullOrEmpty(named) && !File.Exists(usual))
            return;
        var path = string.IsNullOrEmpty(named) ? usual : Path.GetFullPath(named);
        foreach (var setting in SettingSources.OfFile(path, Refuse))
            if (setting.Setting.Said.EnvironmentOnly)
                Refuse(setting.Values[0].Key, $"It does not belong into a file. Give it in {setting.Setting.Usual}.");
            else if (setting.Setting.Path == Folder && string.IsNullOrEmpty(named))
                Refuse(setting.Values[0].Key, "The file is looked for in the data folder, so it cannot name another.");
            else
                _given.TryAdd(setting.Setting, setting);
    }

    private void Bind()
    {
        var values = new Dictionary<string, string?>();
        foreach (var (setting, given) in _given)
        {
            if (setting.IsFlag && given.Values is [var flag] && !bool.TryParse(flag.Text, out _))
                Refuse(flag.Key, $"'{flag.Text}' is neither true nor false.");
            else if (setting.IsList)
                for (var at = 0; at < given.Values.Count; at++)
                    values[$"{setting.Path}:{at.ToString(CultureInfo.InvariantCulture)}"] = given.Values[at].Text;
            else if (given.Values is [.., var last])
                values[setting.Path] = last.Text;
        }
        Bound =
            new ConfigurationBuilder().AddInMemoryCollection(values).Build().Get<MoatSettings>() ?? new MoatSettings();
    }
}
