using System.Reflection;
using DbUp.Engine;
using Moat.Isms.Kernel;
using Moat.Storage.Accounts;

namespace Moat.Storage;

/// <summary>Brings a database to the schema of this program.</summary>
public interface IMigrations
{
    /// <summary>
    /// Applies what is missing, one process at a time, each file in a transaction of its own. Throws
    /// <see cref="DatabaseTooNew"/> when a later program has already been here.
    /// </summary>
    void Apply();

    /// <summary>
    /// Makes sure that the database may be served as this user. Throws <see cref="Moat.Isms.Kernel.Unavailable"/> where
    /// the user could change what keeps organisations apart and the journal whole, unless the operator allows it.
    /// </summary>
    void MustBeSafeToServe(bool ownerAllowed);

    /// <summary>
    /// Lets a user of the database serve it, with no more rights than that takes. Throws
    /// <see cref="Moat.Isms.Kernel.InputInvalid"/>.
    /// </summary>
    void LetServe(string role);
}

/// <summary>The database was written by a later version of Moat.</summary>
public sealed class DatabaseTooNew(string migration)
    : Exception(
        $"The database was written by a newer Moat (it has '{migration}'). Install that version or a later one; nothing was changed."
    );

/// <summary>The database is of an earlier version of Moat, and this user cannot bring it up to date.</summary>
public sealed class DatabaseTooOld(string migration)
    : Exception(
        $"The database is older than this Moat (it lacks '{migration}'). Let the owner of its tables run: moat migrate --postgres OWNER "
            + "--serving-role USER"
    );

/// <summary>A migration did not go through.</summary>
public sealed class MigrationFailed(string? migration, Exception why)
    : Exception($"The migration '{migration}' did not go through, and nothing of it was stored: {why.Message}", why);

internal static class MigrationFiles
{
    /// <summary>
    /// Moat's own files in their order, then those of processes in assemblies of their own, which bear the assembly's
    /// name.
    /// </summary>
    public static SqlScript[] Of(string provider)
    {
        var own = Assembly.GetExecutingAssembly();
        return
        [
            .. In(own, provider, ""),
            .. IsmsAssemblies.All.SelectMany(a => In(a, provider, $"{a.GetName().Name}/")),
        ];
    }

    private static IEnumerable<SqlScript> In(Assembly assembly, string provider, string before)
    {
        var marker = $".{provider}.Migrations.";
        return assembly
            .GetManifestResourceNames()
            .Where(n => n.Contains(marker, StringComparison.Ordinal))
            .Select(n =>
                (Name: before + n[(n.IndexOf(marker, StringComparison.Ordinal) + marker.Length)..], Resource: n)
            )
            .OrderBy(m => m.Name, StringComparer.Ordinal)
            .Select(m => new SqlScript(m.Name, Read(assembly, m.Resource)));
    }

    /// <summary>
    /// Applies what is missing. Accounts from before they had seals are sealed in the step that brings seals.
    /// </summary>
    public static void Run(Func<SqlScript[], UpgradeEngine> engine, SqlScript[] known, Func<string> firstSeals)
    {
        MustNotBeNewer(engine(known), known);
        Run(engine([.. known.TakeWhile(s => s.Name != FirstSeals.Migration)]));
        if (engine(known).GetScriptsToExecute().Any(s => s.Name == FirstSeals.Migration))
            known =
            [
                .. known.Select(s =>
                    s.Name == FirstSeals.Migration ? new SqlScript(s.Name, $"{s.Contents}\n{firstSeals()}") : s
                ),
            ];
        Run(engine(known));
    }

    private static void Run(UpgradeEngine engine)
    {
        var result = engine.PerformUpgrade();
        if (!result.Successful)
            throw new MigrationFailed(result.ErrorScript?.Name, result.Error);
    }

    /// <summary>Throws where the database has another schema than this program, and changes nothing.</summary>
    public static void MustBeCurrent(UpgradeEngine engine, IEnumerable<SqlScript> known)
    {
        MustNotBeNewer(engine, known);
        if (engine.GetScriptsToExecute() is [var missing, ..])
            throw new DatabaseTooOld(missing.Name);
    }

    private static void MustNotBeNewer(UpgradeEngine engine, IEnumerable<SqlScript> known)
    {
        var names = known.Select(s => s.Name).ToHashSet();
        if (engine.GetExecutedScripts().FirstOrDefault(s => !names.Contains(s)) is { } unknown)
            throw new DatabaseTooNew(unknown);
    }

    private static string Read(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}
