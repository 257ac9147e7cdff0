using Microsoft.EntityFrameworkCore;

namespace Moat.Storage.Accounts;

/// <summary>
/// Who is signed in where. The records decide, not the cookies: one that is signed out is closed on every server, also
/// for a copy of its cookie (OWASP ASVS 7.4).
/// </summary>
public sealed class AccountSessions(AccountsDb db, TimeProvider clock)
{
    /// <summary>After this long everybody signs in again, however much they work.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    /// <summary>So long a session waits for its person.</summary>
    public static readonly TimeSpan LongestIdle = TimeSpan.FromHours(12);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Begins a session and answers its id.</summary>
    public async Task<Guid> Begin(Guid account, string browser, string address, CancellationToken ct)
    {
        var now = Now;
        var session = new AccountSession
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()),
            UserId = account,
            BeganAt = now,
            SeenAt = now,
            EndsAt = now + Longest,
            Browser = browser,
            Address = address,
        };
        db.Add(session);
        await db.SaveChangesAsync(ct);
        db.Entry(session).State = EntityState.Detached;
        return session.Id;
    }

    /// <summary>Whether a session of this account is open.</summary>
    public Task<bool> IsOpen(Guid account, Guid session, CancellationToken ct)
    {
        var now = Now;
        return db.Set<AccountSession>().AnyAsync(s => s.Id == session && s.UserId == account && s.EndsAt > now, ct);
    }

    /// <summary>The open sessions of an account, the one that was used last first.</summary>
    public Task<List<AccountSession>> Of(Guid account, CancellationToken ct)
    {
        var (now, idle) = (Now, Now - LongestIdle);
        return db.Set<AccountSession>()
            .AsNoTracking()
            .Where(s => s.UserId == account && s.EndsAt > now && s.SeenAt > idle)
            .OrderByDescending(s => s.SeenAt)
            .ToListAsync(ct);
    }

    /// <summary>Ends one session.</summary>
    public Task End(Guid session, CancellationToken ct) =>
        db.Set<AccountSession>().Where(s => s.Id == session).ExecuteDeleteAsync(ct);

    /// <summary>Ends one session of an account; false when it has none like it.</summary>
    public async Task<bool> End(Guid account, Guid session, CancellationToken ct) =>
        await db.Set<AccountSession>().Where(s => s.UserId == account && s.Id == session).ExecuteDeleteAsync(ct) > 0;

    /// <summary>Ends every session of an account but one.</summary>
    public Task<int> EndAll(Guid account, Guid? except, CancellationToken ct) =>
        db.Set<AccountSession>().Where(s => s.UserId == account && s.Id != except).ExecuteDeleteAsync(ct);

    /// <summary>Notes when sessions were used.</summary>
    public async Task Saw(IEnumerable<KeyValuePair<Guid, DateTime>> seen, CancellationToken ct)
    {
        foreach (var (session, at) in seen)
            await db.Set<AccountSession>()
                .Where(s => s.Id == session && s.SeenAt < at)
                .ExecuteUpdateAsync(s => s.SetProperty(x => x.SeenAt, at), ct);
    }

    /// <summary>
    /// Removes sessions that are over. It looks first: on SQLite who deletes nothing waits for the writer as well.
    /// </summary>
    public async Task Sweep(CancellationToken ct)
    {
        var (now, idle) = (Now, Now - LongestIdle);
        var over = db.Set<AccountSession>().Where(s => s.EndsAt <= now || s.SeenAt <= idle);
        if (await over.AnyAsync(ct))
            await over.ExecuteDeleteAsync(ct);
    }
}
