using System.ComponentModel.DataAnnotations;
using Moat.Isms.Kernel;

namespace Moat.Isms.Versions;

/// <summary>Which versions to list.</summary>
public sealed record ListVersions : ListInput
{
    /// <summary>Only of this asset, such as AST-3.</summary>
    [MaxLength(80)]
    public string? Asset { get; init; }

    /// <summary>entered, released or withdrawn.</summary>
    public AssetVersionState? State { get; init; }
}

/// <summary>What is said of a version beside its digests.</summary>
public abstract record NewVersion
{
    /// <summary>The asset of which it is a version, such as AST-3.</summary>
    [MaxLength(80)]
    public required string Asset { get; init; }

    /// <summary>What the version is called, such as 2026-11-24 or v3.</summary>
    [MinLength(1), MaxLength(200)]
    public required string Name { get; init; }

    /// <summary>The versions that it was made from: references such as AVER-2, or a digest of theirs.</summary>
    [MaxLength(200)]
    public List<string> MadeFrom { get; init; } = [];

    /// <summary>How many bytes it has.</summary>
    [Range(0d, 1e18)]
    public long? Bytes { get; init; }

    /// <summary>How it is written, such as safetensors or parquet.</summary>
    [MaxLength(100)]
    public string? Format { get; init; }

    /// <summary>The run that made it, such as the address of a pipeline's run.</summary>
    [MaxLength(1000)]
    public string? Run { get; init; }

    /// <summary>The commit of the code that made it.</summary>
    [MaxLength(200)]
    public string? Commit { get; init; }

    /// <summary>Where it is stored.</summary>
    [MaxLength(1000)]
    public string? Location { get; init; }
}

/// <summary>A version, as a pipeline or a person enters it.</summary>
public sealed record CreateVersion : NewVersion
{
    /// <summary>Its digests as sha256:9f86…, one for each file; the file's name may stand behind it.</summary>
    [MinLength(1), MaxLength(1000)]
    public required List<string> Digests { get; init; }
}

/// <summary>A version whose files a pipeline has only as pointers.</summary>
public sealed record PointToVersion : NewVersion, IReadFirst
{
    /// <summary>
    /// The pointers: files of DVC (.dvc) or of Git LFS, as they stand in the repository, or what S3 answers about an
    /// object (head-object with its checksum), as JSON.
    /// </summary>
    [MinLength(1), MaxLength(100)]
    public required List<GivenFile> Pointers { get; init; }

    /// <summary>Digests of further files, as sha256:9f86….</summary>
    [MaxLength(1000)]
    public List<string> Digests { get; init; } = [];

    /// <inheritdoc />
    void IReadFirst.ReadFirst()
    {
        foreach (var pointer in Pointers)
            pointer.Read(VersionPointer.Read);
    }
}

/// <summary>A person lets a version through.</summary>
public sealed record ReleaseVersion : ChangeRecord
{
    /// <summary>What was checked about exactly these bytes, and what came out.</summary>
    [MinLength(10), MaxLength(4000)]
    public required string Checked { get; init; }

    /// <summary>What else is to be remembered.</summary>
    [MaxLength(2000)]
    public string? Note { get; init; }
}

/// <summary>A version that must not be used any more.</summary>
public sealed record WithdrawVersion : ChangeRecord
{
    /// <summary>Why, such as which poisoned examples were found in it.</summary>
    [MinLength(10), MaxLength(2000)]
    public required string Reason { get; init; }
}

/// <summary>A version whose withdrawal was a mistake.</summary>
public sealed record ReinstateVersion : ChangeRecord
{
    /// <summary>How it is known that the withdrawal was a mistake.</summary>
    [MinLength(10), MaxLength(2000)]
    public required string Reason { get; init; }
}

/// <summary>Why what a version shares with a withdrawn one is sound.</summary>
public sealed record AnswerShared : ChangeRecord
{
    /// <summary>The withdrawn version, such as AVER-29.</summary>
    [MaxLength(80)]
    public required string Withdrawn { get; init; }

    /// <summary>
    /// How it is known that the shared files are not what that was withdrawn for, such as a publisher's tokenizer.
    /// </summary>
    [MinLength(10), MaxLength(2000)]
    public required string Reason { get; init; }
}

/// <summary>Why a version may be told otherwise.</summary>
public sealed record SettleVersion : ChangeRecord
{
    /// <summary>Which of the contradictions; all that stand when left out.</summary>
    public Guid? Id { get; init; }

    /// <summary>
    /// Why what the source tells is no other version, such as a mirror that packs the same files anew.
    /// </summary>
    [MinLength(10), MaxLength(2000)]
    public required string Reason { get; init; }
}

/// <summary>An endpoint serves a version.</summary>
public sealed record ServeVersion : ChangeRecord
{
    /// <summary>The endpoint, such as AST-7.</summary>
    [MaxLength(80)]
    public required string Endpoint { get; init; }

    /// <summary>Since when; now when left out, UTC where no zone is given.</summary>
    public DateTime? Since { get; init; }

    /// <summary>
    /// Whether it serves beside what the endpoint serves already, such as a prompt beside a model; otherwise that ends.
    /// </summary>
    public bool Beside { get; init; }
}

/// <summary>An endpoint does not serve a version any more.</summary>
public sealed record StopServing : ChangeRecord
{
    /// <summary>The endpoint, such as AST-7.</summary>
    [MaxLength(80)]
    public required string Endpoint { get; init; }

    /// <summary>Until when it did; now when left out, UTC where no zone is given.</summary>
    public DateTime? Until { get; init; }
}

/// <summary>Bytes to look for.</summary>
public sealed record FindVersion
{
    /// <summary>Their digest, such as sha256:9f86….</summary>
    [MaxLength(500)]
    public required string Digest { get; init; }

    /// <summary>Only in this version, such as AVER-4: are these bytes part of it?</summary>
    [MaxLength(80)]
    public string? Within { get; init; }
}
