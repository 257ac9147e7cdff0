using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Isms.Work.Absences;

namespace Moat.Isms.Risks;

/// <summary>Who signs for a risk owner: the owner, or the deputy whom somebody named for a recorded absence.</summary>
public sealed class SignatoryOfRisk(MoatDb db, CurrentCaller caller, Deputies deputies)
{
    /// <summary>How the caller signs for this owner, or null when they may not.</summary>
    public async Task<string?> Of(Guid? ownerId, CancellationToken ct)
    {
        if (ownerId is not { } owner || caller.Value.PersonId is not { } me)
            return null;
        if (me == owner)
            return caller.Value.Name;
        if (!await deputies.StandsIn(me, owner, ct))
            return null;
        var away = await db.Set<Person>().Where(p => p.Id == owner).Select(p => p.Name).FirstAsync(ct);
        return $"{caller.Value.Name}, standing in for {away}".Cut(200);
    }
}
