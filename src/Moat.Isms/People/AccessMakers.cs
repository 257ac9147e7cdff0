using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Journal;

namespace Moat.Isms.People;

/// <summary>
/// Who made which token and who sent which invitation, as the journal tells it: a record itself only knows who changed
/// it last.
/// </summary>
public sealed class AccessMakers(MoatDb db)
{
    private static readonly List<string> Making = ["access.create-token", "access.invite"];

    /// <summary>The makers of all tokens and invitations.</summary>
    public async Task<AccessOrigins> Read(CancellationToken ct)
    {
        var tokens = await db.Set<ApiToken>().Select(t => new { t.Id, t.Number }).ToListAsync(ct);
        var invitations = await db.Set<Invitation>().Select(i => i.Number).ToListAsync(ct);
        var made = tokens.Select(t => $"TOK-{t.Number}").Concat(invitations.Select(i => $"INV-{i}")).ToList();
        var makers = await (
            from subject in db.Set<JournalSubject>()
            where made.Contains(subject.Subject)
            join entry in db.Journal on subject.Sequence equals entry.Sequence
            where Making.Contains(entry.Operation)
            orderby entry.Sequence
            select new
            {
                subject.Subject,
                entry.ActorId,
                entry.Actor,
            }
        ).ToListAsync(ct);
        return new AccessOrigins(
            makers.DistinctBy(m => m.Subject).ToDictionary(m => m.Subject, m => (m.ActorId, m.Actor)),
            tokens.ToDictionary(t => t.Id, t => "TOK-" + t.Number)
        );
    }
}

/// <summary>Where tokens and invitations came from.</summary>
/// <param name="makers">The account or token that made each, and its name, by reference.</param>
/// <param name="tokens">The references of tokens.</param>
public sealed class AccessOrigins(
    IReadOnlyDictionary<string, (Guid? Id, string Name)> makers,
    IReadOnlyDictionary<Guid, string> tokens
)
{
    /// <summary>The name of whoever made it.</summary>
    public string MakerOf(string made) => makers.TryGetValue(made, out var maker) ? maker.Name : "unknown";

    /// <summary>
    /// Whether the account or token made it, or a token made it that came from there: whoever makes a token sees its
    /// secret.
    /// </summary>
    public bool CameFrom(string made, Guid source)
    {
        while (makers.TryGetValue(made, out var maker) && maker.Id is { } id)
        {
            if (id == source)
                return true;
            if (!tokens.TryGetValue(id, out var above))
                return false;
            made = above;
        }
        return false;
    }
}
