using System.Data.Common;
using Moat.Hosting;
using Moat.Storage;

namespace Moat.Cli.Doctor;

/// <summary>
/// The database: whether it answers, as whom, with which schema, and whether it keeps what it says it kept.
/// </summary>
internal static class DatabaseFindings
{
    private const string About = "database";

    /// <summary>What it tells; null, with the finding, where it tells nothing.</summary>
    public static async Task<(DatabaseState? State, Finding? Silent)> Look(StorageOptions storage, CancellationToken ct)
    {
        try
        {
            return MoatStorage.IsThere(storage)
                ? (await new DatabaseLook(storage).Read(ct), null)
                : (null, NotThere(storage));
        }
        catch (Exception e) when (e is DbException or IOException or UnauthorizedAccessException)
        {
            return (null, Silent(storage, e));
        }
    }

    /// <summary>What is to be said about it.</summary>
    public static IEnumerable<Finding> Of(DatabaseState state, ServerOptions server)
    {
        yield return Schema(state, server.Storage);
        if (server.Storage.Postgres is null)
            yield break;
        yield return Role(state, server.AllowOwner);
        foreach (var setting in state.SwitchedOff)
            yield return SwitchedOff(setting);
    }

    private static Finding NotThere(StorageOptions storage) =>
        Finding.Warning(
            About,
            storage.Postgres is null
                ? $"There is no installation in {storage.DataFolder} yet."
                : "There is no installation in this PostgreSQL database yet.",
            "Begin one with 'moat serve' or 'moat init', or name the place of the one that you mean."
        );

    private static Finding Silent(StorageOptions storage, Exception e) =>
        Finding.Broken(
            About,
            DatabaseTrouble.Explain(e) ?? e.Message,
            storage.Postgres is null
                ? "See that moat.db in the data folder is whole and belongs to the server's user."
                : "Try the same connection string with psql on this machine until it connects."
        );

    private static Finding Schema(DatabaseState state, StorageOptions storage)
    {
        if (state.Newer is { } newer)
            return Finding.Broken(
                About,
                $"It was written by a newer Moat (it has '{newer}'), and this one does not serve it.",
                "Install that version or a later one, or restore the backup that was made before it."
            );
        if (state.Lacks is not [var first, ..])
            return Finding.Fine(
                About,
                storage.Postgres is null
                    ? "SQLite, with the schema of this version."
                    : "PostgreSQL, with the schema of this version."
            );
        var says = $"It is of an older Moat: it lacks {state.Lacks.Count} of the migrations, from '{first}' on.";
        return storage.Postgres is not null && state.WhyUnsafe is null
            ? Finding.Broken(
                About,
                says,
                "Make a backup with the version before, and let the owner run: moat migrate --postgres OWNER --serving-role USER"
            )
            : Finding.Warning(
                About,
                says,
                "Make a backup with the version before; the next start of this one brings the database up to date."
            );
    }

    private static Finding Role(DatabaseState state, bool ownerAllowed)
    {
        const string User = "database user";
        if (state.WhyUnsafe is not { } why)
            return Finding.Fine(User, "It serves, and owns nothing.");
        const string Mend =
            "Let the owner run 'moat migrate --postgres OWNER --serving-role USER', and serve as that user.";
        return ownerAllowed ? Finding.Warning(User, why, Mend) : Finding.Broken(User, why, Mend);
    }

    private static Finding SwitchedOff(string setting)
    {
        const string Durability = "database durability";
        return setting == "synchronous_commit"
            ? Finding.Warning(
                Durability,
                "PostgreSQL answers before it has written (synchronous_commit = off): a power cut takes the last moments back.",
                "Say synchronous_commit = on in postgresql.conf, and reload."
            )
            : Finding.Broken(
                Durability,
                $"A power cut can destroy the database, because {setting} is off.",
                $"Say {setting} = on in postgresql.conf, reload, and make a backup."
            );
    }
}
