using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;

namespace Moat.Isms.Versions;

/// <summary>What a person says of sources that tell a version to be something else than what is known.</summary>
[Process(VersionProcess.Name, VersionProcess.Summary)]
public sealed class VersionDoubts(MoatDb db, CurrentCaller caller)
{
    /// <summary>A person looked at what a source tells and says why it may be so.</summary>
    [
        ProvenInPack,
        PeopleOnly,
        Operation(
            "settle",
            Permission.Approve,
            "Say why a source may tell other bytes of a version than those known: a person looked at both"
        )
    ]
    public async Task<Done> Settle(SettleVersion input, CancellationToken ct)
    {
        var version = await db.One<AssetVersion>(input, ct);
        if (caller.Value.PersonId is null)
            throw new RuleBroken("versions.settle.person", "Only a person says why the bytes may differ.");
        var standing = await db.Set<ToldOtherwise>()
            .AsTracking()
            .Where(o => o.VersionId == version.Id && o.Until == null && (input.Id == null || o.Id == input.Id))
            .ToListAsync(ct);
        if (standing.Count == 0)
            throw new RuleBroken("versions.settle.none", $"No source tells {version.Ref} otherwise now.");
        foreach (var told in standing)
            told.End(db.Now, input.Reason, caller.Value.Name);
        return new Done(version);
    }
}
