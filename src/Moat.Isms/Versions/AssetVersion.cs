using Moat.Isms.Assets;
using Moat.Isms.Kernel;

namespace Moat.Isms.Versions;

/// <summary>How far a version is.</summary>
public enum AssetVersionState
{
    /// <summary>It is known; nobody let it through.</summary>
    Entered,

    /// <summary>A person looked at it and let it through.</summary>
    Released,

    /// <summary>It must not be used any more, such as a dataset that was poisoned.</summary>
    Withdrawn,
}

/// <summary>
/// Exact bytes of a model, a dataset, an adapter, a prompt or a pipeline, told from all others by their digests
/// (A.8.31, A.8.32).
/// </summary>
[RecordKind("AVER", "versions", Page = "versions/{ref}", One = "version", Many = "versions")]
public sealed class AssetVersion : Referenced
{
    /// <summary>The asset of which it is a version.</summary>
    public required Guid AssetId { get; set; }

    /// <summary>What the asset was called when the version was entered.</summary>
    public required string AssetName { get; init; }

    /// <summary>What the version is called, such as 2026-11-24 or v3.</summary>
    public required string Name { get; set; }

    /// <summary>How many bytes it has; null where nobody said.</summary>
    public long? Bytes { get; set; }

    /// <summary>How it is written, such as safetensors or parquet.</summary>
    public string? Format { get; set; }

    /// <summary>The run that made it, such as the address of a pipeline's run.</summary>
    public string? Run { get; set; }

    /// <summary>The commit of the code that made it.</summary>
    public string? Commit { get; set; }

    /// <summary>Where it is stored.</summary>
    public string? Location { get; set; }

    /// <summary>Who entered it.</summary>
    public required string EnteredBy { get; init; }

    /// <summary>The record that told of it, such as the bill BOM-2; null where it was pushed or typed in.</summary>
    [AddedLater("null")]
    public string? ToldBy { get; init; }

    /// <summary>Entered, released or withdrawn.</summary>
    public AssetVersionState State { get; private set; } = AssetVersionState.Entered;

    /// <summary>What was checked about exactly these bytes before it was let through.</summary>
    public string? Checked { get; private set; }

    /// <summary>What the person who let it through wanted to be remembered.</summary>
    public string? ReleaseNote { get; private set; }

    /// <summary>Who let it through.</summary>
    public string? ReleasedBy { get; private set; }

    /// <summary>When.</summary>
    public DateTime? ReleasedAt { get; private set; }

    /// <summary>Why it must not be used any more.</summary>
    public string? WithdrawnBecause { get; private set; }

    /// <summary>Who withdrew it.</summary>
    public string? WithdrawnBy { get; private set; }

    /// <summary>When.</summary>
    public DateTime? WithdrawnAt { get; private set; }

    /// <summary>Why it was right after all, where a withdrawal was taken back.</summary>
    [AddedLater("null")]
    public string? ReinstatedBecause { get; private set; }

    /// <summary>Who took the withdrawal back.</summary>
    [AddedLater("null")]
    public string? ReinstatedBy { get; private set; }

    /// <summary>When.</summary>
    [AddedLater("null")]
    public DateTime? ReinstatedAt { get; private set; }

    /// <inheritdoc />
    public override string Caption => $"{AssetName} {Name}";

    /// <inheritdoc />
    protected internal override string SearchWords => $"{AssetName} {Name} {Format} {Run} {Commit} {Location}";

    /// <summary>A person lets it through.</summary>
    public void Release(string check, string? note, Caller by, DateTime at)
    {
        if (by.PersonId is null)
            throw new RuleBroken(
                "versions.release.person",
                $"Only a person lets {Ref} through. A pipeline enters it and can say what it tested."
            );
        if (State == AssetVersionState.Withdrawn)
            throw new RuleBroken(
                "versions.release.withdrawn",
                $"{Ref} was withdrawn: {WithdrawnBecause} Enter a new version without that."
            );
        if (State == AssetVersionState.Released)
            throw new RuleBroken("versions.release.released", $"{ReleasedBy} released {Ref} already.");
        (State, Checked, ReleaseNote, ReleasedBy, ReleasedAt) = (AssetVersionState.Released, check, note, by.Name, at);
    }

    /// <summary>Its asset was merged into another one.</summary>
    public void MoveTo(Asset asset, string name) => (AssetId, Name) = (asset.Id, name);

    /// <summary>
    /// It must not be used any more. It stays readable, and so does who let it through. A program that could withdraw
    /// would stop what serves customers, so a person does it.
    /// </summary>
    public void Withdraw(string because, Caller by, DateTime at)
    {
        if (by.PersonId is null)
            throw new RuleBroken(
                "versions.withdraw.person",
                $"Only a person withdraws {Ref}. A pipeline can refuse to deploy it and say what it found."
            );
        if (State == AssetVersionState.Withdrawn)
            throw new RuleBroken(
                "versions.withdraw.withdrawn",
                $"{WithdrawnBy} withdrew {Ref} already: {WithdrawnBecause}"
            );
        (State, WithdrawnBecause, WithdrawnBy, WithdrawnAt) = (AssetVersionState.Withdrawn, because, by.Name, at);
        (ReinstatedBecause, ReinstatedBy, ReinstatedAt) = (null, null, null);
    }

    /// <summary>
    /// A person takes a withdrawal back that was a mistake: it is as far as it was before. The journal keeps why it was
    /// withdrawn.
    /// </summary>
    public void Reinstate(string because, Caller by, DateTime at)
    {
        if (by.PersonId is null)
            throw new RuleBroken("versions.reinstate.person", "Only a person takes a withdrawal back.");
        if (State != AssetVersionState.Withdrawn)
            throw new RuleBroken("versions.reinstate.withdrawn", $"{Ref} is not withdrawn.");
        State = ReleasedAt is null ? AssetVersionState.Entered : AssetVersionState.Released;
        (WithdrawnBecause, WithdrawnBy, WithdrawnAt) = (null, null, null);
        (ReinstatedBecause, ReinstatedBy, ReinstatedAt) = (because, by.Name, at);
    }
}

/// <summary>That an endpoint served a version, from when until when.</summary>
public sealed class ServedVersion : Record
{
    /// <summary>The version.</summary>
    public required Guid VersionId { get; init; }

    /// <summary>The endpoint.</summary>
    public required Guid EndpointId { get; set; }

    /// <summary>Since when.</summary>
    public required DateTime Since { get; init; }

    /// <summary>Who said so.</summary>
    public required string SaidBy { get; init; }

    /// <summary>Until when; null while it serves.</summary>
    public DateTime? Until { get; private set; }

    /// <summary>The endpoint does not serve it any more.</summary>
    public void End(DateTime until) => Until = until;
}
