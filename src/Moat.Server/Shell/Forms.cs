using System.Text.Json.Nodes;
using Moat.Isms.Kernel;

namespace Moat.Server.Shell;

/// <summary>Turns posted forms into inputs.</summary>
internal static class Forms
{
    /// <summary>The posted values, with the named fields split at commas, semicolons and line ends.</summary>
    public static JsonObject Read(Type inputType, IFormCollection form, params string[] lists) => InputBinder.FromText(
        inputType,
        form.Where(f => f.Key.Length > 0 && f.Key[0] != '_').SelectMany(
            f => lists.Contains(f.Key) ? f.Value.SelectMany(Split) : f.Value, (f, v) => KeyValuePair.Create(f.Key, v ?? "")));

    private static IEnumerable<string> Split(string? value) =>
        (value ?? "").Split([',', ';', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
