using Moat.Isms.Kernel;
using Npgsql;

namespace Moat.Storage.Postgres;

/// <summary>
/// What the user of a connection could do to the tables of Moat. Row-level security and triggers bind nobody who owns a
/// table.
/// </summary>
internal sealed record PostgresRole(string Name, bool IsSuperuser, bool BypassesRowSecurity, long Tables, long Owned)
{
    // The tables that keep what has been: entries are added and never changed, and only a migration writes down
    // migrations.
    private const string Journal = "journal_entry";
    private const string Subjects = "journal_subject";
    private const string Migrations = "schemaversions";

    /// <summary>Whether there are tables of which the user owns none, and nothing lets them pass the walls.</summary>
    public bool OnlyServes => Tables > 0 && Owned == 0 && !IsSuperuser && !BypassesRowSecurity;

    /// <summary>Why a server should not connect as this user, in a sentence; null where it may.</summary>
    public string? WhyUnsafe =>
        this switch
        {
            { IsSuperuser: true } =>
                $"The PostgreSQL user {Name} is a superuser, for whom neither row-level security nor the journal's protection "
                    + "holds.",
            { BypassesRowSecurity: true } =>
                $"The PostgreSQL user {Name} may bypass row-level security, so nothing in the database keeps organisations apart.",
            { Tables: 0 } =>
                $"The database is empty, and the PostgreSQL user {Name} would own the tables and could switch their protection off.",
            { Owned: > 0 } =>
                $"The PostgreSQL user {Name} owns the tables and could switch row-level security and the journal's protection off.",
            _ => null,
        };

    public static PostgresRole Read(NpgsqlConnection connection)
    {
        using var look = new NpgsqlCommand(
            """
            SELECT r.rolname, r.rolsuper, r.rolbypassrls,
                (SELECT count(*) FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')),
                (SELECT count(*) FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
                    AND pg_has_role(current_user, c.relowner, 'MEMBER'))
            FROM pg_roles r WHERE r.rolname = current_user
            """,
            connection
        );
        using var found = look.ExecuteReader();
        found.Read();
        return new PostgresRole(
            found.GetString(0),
            found.GetBoolean(1),
            found.GetBoolean(2),
            found.GetInt64(3),
            found.GetInt64(4)
        );
    }

    /// <summary>
    /// Gives a user the rights that serving takes, also to tables that later migrations make. Giving them again changes
    /// nothing.
    /// </summary>
    public static void Let(NpgsqlConnection connection, string role)
    {
        MustBeServable(connection, role);
        using var quote = new NpgsqlCommandBuilder();
        using var name = new NpgsqlCommand("SELECT current_schema()", connection);
        var (user, schema) = (quote.QuoteIdentifier(role), quote.QuoteIdentifier((string)name.ExecuteScalar()!));
        using var grant = new NpgsqlCommand(
            $"""
            BEGIN;
            GRANT USAGE ON SCHEMA {schema} TO {user};
            GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {user};
            GRANT USAGE ON ALL SEQUENCES IN SCHEMA {schema} TO {user};
            ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {user};
            ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} GRANT USAGE ON SEQUENCES TO {user};
            REVOKE UPDATE, DELETE ON {Journal} FROM {user};
            REVOKE UPDATE ON {Subjects} FROM {user};
            REVOKE INSERT, UPDATE, DELETE ON {Migrations} FROM {user};
            COMMIT;
            """,
            connection
        );
        grant.ExecuteNonQuery();
    }

    private static void MustBeServable(NpgsqlConnection connection, string role)
    {
        using var look = new NpgsqlCommand(
            """
            SELECT r.rolsuper OR r.rolbypassrls OR pg_has_role(r.rolname, current_user, 'MEMBER') FROM pg_roles r WHERE r.rolname = $1
            """,
            connection
        );
        look.Parameters.Add(new NpgsqlParameter { Value = role });
        if (look.ExecuteScalar() is not bool strong)
            throw new InputInvalid(
                "--serving-role",
                $"There is no PostgreSQL user '{role}'. Create it first: CREATE ROLE \"{role}\" LOGIN PASSWORD '…'"
            );
        if (strong)
            throw new InputInvalid(
                "--serving-role",
                $"The PostgreSQL user '{role}' is a superuser, may bypass row-level security or is the owner's. Name one that is none of these."
            );
    }
}
