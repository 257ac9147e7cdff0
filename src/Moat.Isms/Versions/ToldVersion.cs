using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Reading;

namespace Moat.Isms.Versions;

/// <summary>A version as a source tells of it: a bill, a registry, an attestation or a pointer to files.</summary>
/// <param name="Name">What the source calls it.</param>
/// <param name="Digests">Its digests; none where the source gives none.</param>
internal sealed record ToldVersion(string Name, IReadOnlyList<GivenDigest> Digests)
{
    /// <summary>How it is written.</summary>
    public string? Format { get; init; }

    /// <summary>The run that made it.</summary>
    public string? Run { get; init; }

    /// <summary>The commit of the code that made it.</summary>
    public string? Commit { get; init; }

    /// <summary>Where it is stored.</summary>
    public string? Location { get; init; }

    /// <summary>How many bytes it has.</summary>
    public long? Bytes { get; init; }

    /// <summary>Its digests as a person reads them.</summary>
    public string Bytewise => Spelled(Digests.Select(d => d.Value));

    /// <summary>Digests as a person reads them, or that there is none.</summary>
    public static string Spelled(IEnumerable<string> digests) =>
        string.Join(", ", digests.Order(StringComparer.Ordinal)) is { Length: > 0 } some
            ? some.Cut(4000)
            : "no digest known";
}

/// <summary>Who tells of a version.</summary>
/// <param name="Source">By what a later word of the same is known.</param>
/// <param name="Ref">The record that tells, such as BOM-2.</param>
internal sealed record VersionTeller(string Source, string Ref);

/// <summary>What a source's word means beside what is known.</summary>
internal enum FedWord
{
    /// <summary>The version is not known yet.</summary>
    New,

    /// <summary>It says nothing new.</summary>
    Same,

    /// <summary>It says more of the same bytes, or the first digest of a version that had none.</summary>
    More,

    /// <summary>It says other bytes or another run under the same name.</summary>
    Other,

    /// <summary>It said so before, and it stands or a person settled it.</summary>
    OtherAsBefore,

    /// <summary>It says what is known, after it said something else.</summary>
    Again,

    /// <summary>It has digests of other algorithms than those known: nobody can say whether the bytes differ.</summary>
    Apart,
}
