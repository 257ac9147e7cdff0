using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Moat.Storage;

/// <summary>Says in one sentence, with what to do, why a database cannot be used.</summary>
public static class DatabaseTrouble
{
    /// <summary>The sentence, or null where the failure is none of these and so a fault of the program.</summary>
    public static string? Explain(Exception failure) =>
        failure switch
        {
            SqliteException sqlite => Sqlite(sqlite),
            PostgresException told => Postgres(told),
            NpgsqlException { InnerException: SocketException or IOException or TimeoutException } silent =>
                $"PostgreSQL cannot be reached: {silent.Message} Start it, or check host and port in --postgres.",
            NpgsqlException silent => $"PostgreSQL does not answer as it should: {silent.Message}",
            _ => failure.InnerException is { } inner ? Explain(inner) : null,
        };

    // Result codes of SQLite (sqlite.org/rescode.html).
    private static string? Sqlite(SqliteException e) =>
        e.SqliteErrorCode switch
        {
            11 or 26 =>
                $"The database file is damaged or none of SQLite's ({e.Message}). Keep it, and restore a backup into another folder: moat "
                    + "restore FILE --data FOLDER",
            3 or 8 or 14 or 23 =>
                $"The database file cannot be opened for writing ({e.Message}). Give the user of the server the rights to the "
                    + "data folder.",
            5 or 6 => $"Another program keeps the database locked ({e.Message}). End it and try again.",
            13 => $"The disk of the database is full ({e.Message}). Make room on it and try again.",
            10 => $"The disk of the database does not work ({e.Message}). Look at it before anything else is written.",
            _ => null,
        };

    // Classes and codes of PostgreSQL, appendix A.
    private static string? Postgres(PostgresException e) =>
        e.SqlState switch
        {
            "28000" or "28P01" =>
                $"PostgreSQL does not let this user in: {e.MessageText}. Check user and password in --postgres.",
            "3D000" => $"PostgreSQL has no such database: {e.MessageText}. Create it, or check the name in --postgres.",
            "42501" =>
                $"The PostgreSQL user lacks a right: {e.MessageText}. Let the owner of the tables run: moat migrate --postgres OWNER "
                    + "--serving-role USER",
            _ when e.SqlState[..2] is "08" or "53" or "57" or "58" =>
                $"PostgreSQL does not serve now: {e.MessageText}. Try again when it does.",
            _ when e.SqlState[..2] is "XX" =>
                $"PostgreSQL says that its files are damaged: {e.MessageText}. Restore a backup into another database: moat restore FILE --postgres …",
            _ => null,
        };
}
