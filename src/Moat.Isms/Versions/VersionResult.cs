using Moat.Isms.Kernel;

namespace Moat.Isms.Versions;

/// <summary>What kind of thing names a version.</summary>
public enum VersionResultKind
{
    /// <summary>A validation of data.</summary>
    Validation,

    /// <summary>A run of tests or an evaluation.</summary>
    Tests,

    /// <summary>A scan for weaknesses.</summary>
    Scan,

    /// <summary>A signed statement of who made it from what.</summary>
    Attestation,

    /// <summary>Facts about who may change it.</summary>
    Access,
}

/// <summary>
/// Something that was found and names the version that it is about. By a digest it is about every version with these
/// bytes, also one that is entered later; one that names nothing known shows nothing for any version.
/// </summary>
public sealed class VersionResult : Record
{
    /// <summary>What kind of thing names it.</summary>
    public required VersionResultKind Kind { get; init; }

    /// <summary>The record that says it, such as EVD-7 or RES-3.</summary>
    public required string SourceRef { get; init; }

    /// <summary>How it names the version, as it was given.</summary>
    public required string Given { get; init; }

    /// <summary>The digest, where it names one.</summary>
    public string? Digest { get; init; }

    /// <summary>The version, where it names one by reference or by the registry's name.</summary>
    public Guid? VersionId { get; init; }

    /// <summary>Whether it passed; null where that is not known or not the question.</summary>
    public bool? Passed { get; init; }

    /// <summary>What it says, or why it shows nothing.</summary>
    public required string Says { get; init; }

    /// <summary>When that was found.</summary>
    public required DateTime At { get; init; }
}

/// <summary>Something found about a version.</summary>
/// <param name="Kind">What kind of thing names it.</param>
/// <param name="SourceRef">The record that says it.</param>
/// <param name="Given">How it names the version.</param>
/// <param name="Passed">Whether it passed; nothing where that is not known.</param>
/// <param name="Says">What it says.</param>
/// <param name="At">When that was found.</param>
public sealed record VersionResultView(
    VersionResultKind Kind,
    string SourceRef,
    string Given,
    bool? Passed,
    string Says,
    DateTime At
)
{
    /// <summary>Whether it counts.</summary>
    public bool Counts => Void is null;

    /// <summary>Why it does not count, such as evidence that was withdrawn or an impossible date.</summary>
    public string? Void { get; init; }

    /// <summary>The digest that it names; nothing where it names the version.</summary>
    public string? Digest { get; init; }

    /// <summary>Which of the version's files it covers; nothing where it covers all.</summary>
    public string? Covers { get; init; }
}
