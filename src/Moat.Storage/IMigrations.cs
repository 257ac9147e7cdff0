using System.Reflection;
using DbUp.Engine;

namespace Moat.Storage;

/// <summary>Brings a database to the schema of this program.</summary>
public interface IMigrations
{
    /// <summary>
    /// Applies what is missing, one process at a time, each file in a transaction of its own. Throws <see cref="DatabaseTooNew"/>
    /// when a later program has already been here.
    /// </summary>
    void Apply();
}

/// <summary>The database was written by a later version of Moat.</summary>
public sealed class DatabaseTooNew(string migration) : Exception(
    $"The database was written by a newer Moat (it has '{migration}'). Install that version or a later one; nothing was changed.");

internal static class MigrationFiles
{
    public static SqlScript[] Of(string provider)
    {
        var assembly = Assembly.GetExecutingAssembly();
        var marker = $".{provider}.Migrations.";
        return [.. assembly.GetManifestResourceNames()
            .Where(n => n.Contains(marker, StringComparison.Ordinal))
            .Select(n => (Name: n[(n.IndexOf(marker, StringComparison.Ordinal) + marker.Length)..], Resource: n))
            .OrderBy(m => m.Name, StringComparer.Ordinal)
            .Select(m => new SqlScript(m.Name, Read(assembly, m.Resource)))];
    }

    public static void Run(UpgradeEngine engine, IEnumerable<SqlScript> known)
    {
        var names = known.Select(s => s.Name).ToHashSet();
        if (engine.GetExecutedScripts().FirstOrDefault(s => !names.Contains(s)) is { } unknown) throw new DatabaseTooNew(unknown);
        var result = engine.PerformUpgrade();
        if (!result.Successful) throw new InvalidOperationException($"Migration {result.ErrorScript?.Name} failed.", result.Error);
    }

    private static string Read(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}
