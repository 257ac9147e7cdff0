using System.Globalization;
using Moat.Isms.Versions;

namespace Moat.Server.Pages;

/// <summary>Versions as pages show them.</summary>
internal static class VersionWords
{
    public static string Css(this AssetVersionState state) =>
        state switch
        {
            AssetVersionState.Released => "good",
            AssetVersionState.Withdrawn => "bad",
            _ => "warn",
        };

    public static string Css(this BytesAre are) =>
        are switch
        {
            BytesAre.Released => "good",
            BytesAre.Withdrawn => "bad",
            _ => "warn",
        };

    /// <summary>What kind of thing names a version, as a person says it.</summary>
    public static string Said(this VersionResultKind kind) =>
        kind switch
        {
            VersionResultKind.Validation => "Validation",
            VersionResultKind.Tests => "Tests",
            VersionResultKind.Scan => "Scan",
            VersionResultKind.Attestation => "Attestation",
            _ => "Who may change it",
        };

    /// <summary>What a state means to who reads it.</summary>
    public static string Said(this AssetVersionState state) =>
        state switch
        {
            AssetVersionState.Released => "released",
            AssetVersionState.Withdrawn => "withdrawn",
            _ => "nobody released it",
        };

    /// <summary>A size in the unit that people say.</summary>
    public static string Size(long bytes)
    {
        string[] units = ["bytes", "kB", "MB", "GB", "TB", "PB"];
        var (size, unit) = ((double)bytes, 0);
        while (size >= 1000 && unit < units.Length - 1)
            (size, unit) = (size / 1000, unit + 1);
        return string.Create(CultureInfo.InvariantCulture, $"{size:0.#} {units[unit]}");
    }
}
