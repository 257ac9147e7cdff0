using Moat.Isms.Kernel;

namespace Moat.Isms.Versions;

/// <summary>
/// That another run made the bytes of a version again, such as a pipeline that ran a second time: the same bytes are no
/// contradiction, whoever makes them.
/// </summary>
public sealed class MadeAgain : Record
{
    /// <summary>The version.</summary>
    public required Guid VersionId { get; init; }

    /// <summary>The run that made it again.</summary>
    public required string Run { get; init; }

    /// <summary>The commit of the code that this run used; null where nobody said.</summary>
    public string? Commit { get; set; }

    /// <summary>Who said so: the record, or the one who pushed.</summary>
    public required string ToldBy { get; init; }
}
