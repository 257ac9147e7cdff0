using System.Text.Json.Nodes;
using Moat.Isms.Kernel;

namespace Moat.Server.Shell;

/// <summary>Turns posted forms into inputs.</summary>
internal static class Forms
{
    /// <summary>
    /// The field in which a person signs with their password. It goes to the session, never into an input.
    /// </summary>
    public const string Password = "password";

    /// <summary>The posted values, with the named fields split at commas, semicolons and line ends.</summary>
    public static JsonObject Read(Type inputType, IFormCollection form, params string[] lists) =>
        InputBinder.FromText(
            inputType,
            form.Where(f => f.Key.Length > 0 && f.Key[0] != '_' && f.Key != Password)
                .SelectMany(
                    f => lists.Contains(f.Key) ? f.Value.SelectMany(Split) : f.Value,
                    (f, v) => KeyValuePair.Create(f.Key, (v ?? "").ReplaceLineEndings("\n"))
                )
        );

    private static IEnumerable<string> Split(string? value) =>
        (value ?? "").Split([',', ';', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
