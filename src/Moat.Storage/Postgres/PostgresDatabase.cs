using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Moat.Isms.Kernel;
using Npgsql;

namespace Moat.Storage.Postgres;

/// <summary>
/// On PostgreSQL an advisory lock gives an organisation its one writer, and row-level security is the second wall.
/// </summary>
public sealed class PostgresDatabase(PostgresPrelude prelude) : ITransactions
{
    // What the policies of row-level security let see everything.
    private const string AllOrganizations = "*";
    private const int MostPrepared = 200;
    private readonly WriterQueue _writers = new();

    /// <summary>
    /// The connection string with statements prepared that are asked again, unless it says itself how many: planning
    /// them costs a third of a change.
    /// </summary>
    public static string Prepared(string connectionString)
    {
        var own = new NpgsqlConnectionStringBuilder(connectionString);
        if (!own.ShouldSerialize("Max Auto Prepare"))
            own.MaxAutoPrepare = MostPrepared;
        return own.ConnectionString;
    }

    /// <inheritdoc />
    public Task<IWriteTransaction> BeginWrite(MoatDb db, Guid organizationId, CancellationToken ct) =>
        _writers.Begin(organizationId, () => Begin(db, organizationId, ct), ct);

    /// <inheritdoc />
    public Task<IAsyncDisposable> BeginRead(MoatDb db, Guid organizationId, CancellationToken ct) =>
        BeginRead(db, "moat.organization", organizationId.ToString(), ct);

    /// <inheritdoc />
    public Task<IAsyncDisposable> BeginAccountRead(MoatDb db, Guid accountId, CancellationToken ct) =>
        BeginRead(db, "moat.account", accountId.ToString(), ct);

    /// <inheritdoc />
    public Task<IAsyncDisposable> BeginReadOfAll(MoatDb db, CancellationToken ct) =>
        BeginRead(db, "moat.organization", AllOrganizations, ct);

    private async Task<IAsyncDisposable> BeginRead(MoatDb db, string setting, string whose, CancellationToken ct)
    {
        var transaction = await db.Database.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, ct);
        prelude.Say(transaction.GetDbTransaction(), setting, whose);
        return transaction;
    }

    /// <inheritdoc />
    public bool IsDiskFull(Exception failure) => Tells(failure, PostgresErrorCodes.DiskFull);

    /// <inheritdoc />
    public bool IsReadOnly(Exception failure) => Tells(failure, PostgresErrorCodes.ReadOnlySqlTransaction);

    /// <inheritdoc />
    public bool IsOutage(Exception failure) =>
        failure switch
        {
            // Connections, resources, shutdown and the system below it (PostgreSQL, appendix A).
            PostgresException told => told.SqlState[..2] is "08" or "53" or "57" or "58",
            NpgsqlException => true,
            _ => failure.InnerException is { } inner && IsOutage(inner),
        };

    private static bool Tells(Exception failure, string state) =>
        (failure is PostgresException told && told.SqlState == state)
        || (failure.InnerException is { } inner && Tells(inner, state));

    private static async Task<IDbContextTransaction> Begin(MoatDb db, Guid organizationId, CancellationToken ct)
    {
        var transaction = await db.Database.BeginTransactionAsync(ct);
        // A server that was cut off the network still holds its organisations' turns. Within a quarter of a minute the
        // database finds that nobody is there any more, and gives them to the next.
        await db.Database.ExecuteSqlAsync(
            $"""
            SELECT set_config('moat.organization', {organizationId.ToString()}, true),
                set_config('tcp_keepalives_idle', '5', true), set_config('tcp_keepalives_interval', '3', true),
                set_config('tcp_keepalives_count', '3', true), set_config('tcp_user_timeout', '15000', true),
                pg_advisory_xact_lock(hashtextextended({organizationId.ToString()}, 0))
            """,
            ct
        );
        return transaction;
    }
}
