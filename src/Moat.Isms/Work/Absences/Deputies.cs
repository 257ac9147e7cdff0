using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;

namespace Moat.Isms.Work.Absences;

/// <summary>Who stands in for whom today, and what only a person itself can do.</summary>
public sealed class Deputies(MoatDb db, WorkPurposes purposes)
{
    private const int LongestChain = 4;

    private Dictionary<Guid, Guid>? _standingIn;

    /// <summary>Who has a task of this purpose today, and for whom.</summary>
    public async Task<(Guid? Owner, Guid? For)> Of(Guid? ownerId, string purpose, CancellationToken ct)
    {
        if (ownerId is not { } owner || purposes.IsPersonal(purpose))
            return (ownerId, null);
        _standingIn ??= await Read(ct);
        var doing = owner;
        for (var hops = 0; _standingIn.TryGetValue(doing, out var deputy); hops++)
        {
            // Deputies who are away as well and stand in for each other help nobody: the task stays where it belongs.
            if (deputy == owner || hops == LongestChain)
                return (owner, null);
            doing = deputy;
        }
        return doing == owner ? (owner, null) : (doing, owner);
    }

    /// <summary>
    /// Whether somebody may sign for another today: only who is named in an absence that a person recorded and not they
    /// themselves, and never the deputy of a deputy.
    /// </summary>
    public async Task<bool> StandsIn(Guid person, Guid forWhom, CancellationToken ct)
    {
        var today = db.Today;
        return await db.Set<Absence>()
            .AnyAsync(
                a =>
                    a.PersonId == forWhom
                    && a.DeputyId == person
                    && a.RecordedById != null
                    && a.RecordedById != person
                    && a.EndedAt == null
                    && a.From <= today
                    && a.Until >= today,
                ct
            );
    }

    /// <summary>Forgets what was read, because an absence began or ended.</summary>
    public void Changed() => _standingIn = null;

    private async Task<Dictionary<Guid, Guid>> Read(CancellationToken ct)
    {
        var today = db.Today;
        var away = await db.AsOfNow<Absence>(a => a.EndedAt == null && a.From <= today && a.Until >= today, ct);
        return away.DistinctBy(a => a.PersonId).ToDictionary(a => a.PersonId, a => a.DeputyId);
    }
}
