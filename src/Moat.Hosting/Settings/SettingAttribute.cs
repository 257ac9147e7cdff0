namespace Moat.Hosting.Settings;

/// <summary>
/// Says of a property of the settings what it decides, and how else than by its key an operator names it.
/// </summary>
/// <param name="what">What it decides, as a sentence without its full stop.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SettingAttribute(string what) : Attribute
{
    /// <summary>What it decides.</summary>
    public string What { get; } = what;

    /// <summary>The option of the command line; none where others on the machine would read a secret there.</summary>
    public string? Option { get; init; }

    /// <summary>The short name of its variable.</summary>
    public string? Variable { get; init; }

    /// <summary>Whether nobody may read it: a password, a key.</summary>
    public bool IsSecret { get; init; }

    /// <summary>Whether a file is no place for it.</summary>
    public bool EnvironmentOnly { get; init; }
}
