using Moat.Isms.Kernel;

namespace Moat.Isms.Versions;

/// <summary>
/// What a person says of files that a version shares with a withdrawn one: why they are not what that was withdrawn
/// for. A later withdrawal of the same version is not answered by it.
/// </summary>
public sealed class SharedAnswer : Record
{
    /// <summary>The version.</summary>
    public required Guid VersionId { get; init; }

    /// <summary>The withdrawn version.</summary>
    public required Guid WithdrawnId { get; init; }

    /// <summary>How it is known that the shared files are sound.</summary>
    public required string Because { get; init; }

    /// <summary>Who says so.</summary>
    public required string By { get; init; }

    /// <summary>When.</summary>
    public required DateTime At { get; init; }
}
