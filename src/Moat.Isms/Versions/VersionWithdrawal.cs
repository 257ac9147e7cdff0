using Moat.Isms.Kernel;

namespace Moat.Isms.Versions;

/// <summary>How a version is taken out of use, and how a mistake about that is mended (A.8.32).</summary>
[Process(VersionProcess.Name, VersionProcess.Summary)]
public sealed class VersionWithdrawal(MoatDb db, CurrentCaller caller, WithdrawnBytes bytes)
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

    /// <summary>What a version shares with a withdrawn one is not what that was withdrawn for.</summary>
    [
        ProvenInPack,
        PeopleOnly,
        Operation(
            "answer",
            Permission.Approve,
            "Say why the files that a version shares with a withdrawn one are sound; a person does it"
        )
    ]
    public async Task<Done> Answer(AnswerShared input, CancellationToken ct)
    {
        var version = await db.One<AssetVersion>(input, ct);
        var withdrawn = await db.One<AssetVersion>(input.Withdrawn, ct);
        if (caller.Value.PersonId is null)
            throw new RuleBroken("versions.answer.person", "Only a person says why shared files are sound.");
        await bytes.MustShare(version, withdrawn, ct);
        await db.Enter(
            new SharedAnswer
            {
                VersionId = version.Id,
                WithdrawnId = withdrawn.Id,
                Because = input.Reason,
                By = caller.Value.Name,
                At = db.Now,
            },
            ct
        );
        return new Done(version);
    }
}
