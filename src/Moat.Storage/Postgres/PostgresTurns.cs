using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Moat.Storage.Accounts;
using Moat.Storage.Rounds;

namespace Moat.Storage.Postgres;

/// <summary>
/// The turns of all servers of a database: one row for each work, which a single statement takes. It says until when a
/// server holds it, for a server that dies gives nothing back.
/// </summary>
internal sealed class PostgresTurns(IServiceScopeFactory scopes) : IRoundTurns
{
    private readonly Guid _server = Guid.CreateVersion7();

    public Task<bool> Take(Round round, DateTime now, DateTime until, CancellationToken ct) =>
        Changes(
            $"""
            INSERT INTO recurring_round AS r (work, held_by, held_until) VALUES ({round.Work}, {_server}, {until})
            ON CONFLICT (work) DO UPDATE SET held_by = excluded.held_by, held_until = excluded.held_until
            WHERE (r.done_for IS NULL OR r.done_for < {round.For}) AND (r.held_until IS NULL OR r.held_until <= {now})
            """,
            ct
        );

    public Task<bool> Keep(Round round, DateTime until, CancellationToken ct) =>
        Changes(
            $"UPDATE recurring_round SET held_until = {until} WHERE work = {round.Work} AND held_by = {_server}",
            ct
        );

    public Task Done(Round round, CancellationToken ct) =>
        Changes(
            $"""
            UPDATE recurring_round SET done_for = {round.For}, held_by = NULL, held_until = NULL
            WHERE work = {round.Work} AND held_by = {_server}
            """,
            ct
        );

    public Task GiveBack(Round round, CancellationToken ct) =>
        Changes(
            $"""
            UPDATE recurring_round SET held_by = NULL, held_until = NULL
            WHERE work = {round.Work} AND held_by = {_server}
            """,
            ct
        );

    private async Task<bool> Changes(FormattableString statement, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AccountsDb>();
        return await db.Database.ExecuteSqlAsync(statement, ct) > 0;
    }
}
