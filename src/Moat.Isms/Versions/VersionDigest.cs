using Moat.Isms.Kernel;

namespace Moat.Isms.Versions;

/// <summary>A digest of a version: by it, exactly these bytes are found again.</summary>
public sealed class VersionDigest : Record
{
    /// <summary>The version.</summary>
    public required Guid VersionId { get; init; }

    /// <summary>Algorithm and value, such as <c>sha256:9f86…</c>.</summary>
    public required string Value { get; init; }

    /// <summary>The file of the version that it is of, where there are several.</summary>
    public string? File { get; init; }
}
