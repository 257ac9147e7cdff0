using Moat.Isms.Kernel;

namespace Moat.Isms.Versions;

/// <summary>How a version is taken out of use, and how a mistake about that is mended (A.8.32).</summary>
[Process(VersionProcess.Name, VersionProcess.Summary)]
public sealed class VersionWithdrawal(MoatDb db, CurrentCaller caller)
{
    /// <summary>It must not be used any more.</summary>
    [
        ProvenInPack,
        PeopleOnly,
        Operation(
            "withdraw",
            Permission.EditAssets,
            "Withdraw a version that must not be used any more, such as a poisoned dataset; a person does it"
        )
    ]
    public async Task<Done> Withdraw(WithdrawVersion input, CancellationToken ct)
    {
        var version = await db.One<AssetVersion>(input, ct);
        version.Withdraw(input.Reason, caller.Value, db.Now);
        return new Done(version);
    }

    /// <summary>A withdrawal was a mistake: the version is as far as it was before.</summary>
    [
        ProvenInPack,
        PeopleOnly,
        Operation(
            "reinstate",
            Permission.Approve,
            "Take the withdrawal of a version back that was a mistake, with the reason; a person does it"
        )
    ]
    public async Task<Done> Reinstate(ReinstateVersion input, CancellationToken ct)
    {
        var version = await db.One<AssetVersion>(input, ct);
        version.Reinstate(input.Reason, caller.Value, db.Now);
        return new Done(version);
    }
}
