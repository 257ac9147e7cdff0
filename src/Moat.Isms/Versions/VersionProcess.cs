using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Reading;

namespace Moat.Isms.Versions;

/// <summary>How versions come to be known, are let through and are withdrawn (A.8.31, A.8.32).</summary>
[Process(Name, Summary)]
public sealed class VersionProcess(MoatDb db, CurrentCaller caller, WithdrawnBytes withdrawn, VersionDesk desk)
{
    internal const string Name = "versions";
    internal const string Summary =
        "Versions of models and data: exact bytes, what they were made from, who let them through, what serves.";

    /// <summary>Kinds of assets that have versions: a team or an office has no bytes.</summary>
    public static IReadOnlyList<string> Versioned { get; } =
    [
        "model",
        "dataset",
        "feature-store",
        "prompt",
        "pipeline",
        "repository",
        "notebook",
        "training-environment",
        "bucket",
        "other",
    ];

    /// <summary>
    /// Enters a version. The same bytes under the same name again change nothing; other bytes under a known name are
    /// refused.
    /// </summary>
    [
        ProvenInPack,
        Operation(
            "create",
            Permission.EditAssets,
            "Enter a version of a model, a dataset or a pipeline with the digests of its bytes"
        )
    ]
    public async Task<VersionDone> Create(CreateVersion input, CancellationToken ct)
    {
        var digests = Digests(input.Digests);
        if (digests.TrueForAll(d => d.IsForgeable))
            throw new RuleBroken(
                "versions.create.weak-digest",
                "Other bytes with the same MD5 or SHA-1 can be made on purpose, so these alone show nothing. "
                    + "Add a SHA-256."
            );
        return await desk.Enter(input, digests, ct);
    }

    /// <summary>
    /// Enters a version from the pointers that DVC or Git LFS keep in place of its files, or from what S3 answers about
    /// an object. DVC keeps MD5 only: such a version says that no digest of it shows its bytes, and is not released
    /// until its files were pushed.
    /// </summary>
    [
        ProvenInPack,
        Operation(
            "point",
            Permission.EditAssets,
            "Enter a version from the pointers that DVC (.dvc) or Git LFS keep in the place of its files, or from S3's answer about an object"
        )
    ]
    public async Task<VersionDone> Point(PointToVersion input, CancellationToken ct)
    {
        var pointers = input.Pointers.Select(p => p.Read(VersionPointer.Read)).ToList();
        var digests = pointers.SelectMany(p => p.Digests).Concat(Digests(input.Digests)).Distinct();
        var sizes = pointers.Select(p => p.Bytes).ToList();
        var done = await desk.Enter(
            input with
            {
                Bytes = input.Bytes ?? (sizes.Contains(null) ? null : sizes.Sum()),
                Location = Location(input.Location, pointers)?.Cut(1000),
            },
            [.. digests],
            ct,
            mayBeFewer: true
        );
        var notRead = input.Pointers.Zip(pointers).Where(p => p.Second.NotRead is not null);
        return done.Saying(
            [.. pointers.Select(p => p.Says)],
            notRead.Select(p => $"{p.First.Name.Cut(80)}: {p.Second.NotRead}")
        );
    }

    /// <summary>A person lets it through: says what was checked about exactly these bytes.</summary>
    [
        ProvenInPack,
        PeopleOnly,
        Operation(
            "release",
            Permission.Approve,
            "Let a version through: a person says what was checked about exactly these bytes"
        )
    ]
    public async Task<Done> Release(ReleaseVersion input, CancellationToken ct)
    {
        var version = await db.One<AssetVersion>(input, ct);
        if (await VersionFiles.Of(db, version.Id, ct) is { IsExact: false } inexact)
            throw new RuleBroken(
                "versions.release.no-digest",
                $"The digests of {version.Ref} do not tell its bytes from all others, so nobody can say which bytes "
                    + $"were checked. {inexact.Why} Push it with its files first."
            );
        version.Release(input.Checked, input.Note, caller.Value, db.Now);
        await withdrawn.MustBeSound(version, ct);
        return new Done(version);
    }

    // A place in a store that keeps versions names exact bytes only together with the version of the object.
    private static string? Location(string? given, List<VersionPointer> pointers) =>
        given is null ? pointers.Select(p => p.Place).FirstOrDefault(p => p is not null)
        : pointers is [{ ObjectVersion: { } version }] && !given.Contains("versionId=", StringComparison.Ordinal)
            ? $"{given}?versionId={Uri.EscapeDataString(version)}"
        : given;

    private static List<GivenDigest> Digests(List<string> given)
    {
        return [.. given.Select((text, i) => GivenDigest.Read(text, $"digests[{i}]")).Distinct()];
    }
}
