using Moat.Isms.Kernel;

namespace Moat.Isms.Versions;

/// <summary>
/// That a source tells a version to be something else than what is known: other bytes, another run or another origin
/// under the same name. It stands until the source tells what is known, or a person says why it may differ.
/// </summary>
public sealed class ToldOtherwise : Record
{
    /// <summary>The version.</summary>
    public required Guid VersionId { get; init; }

    /// <summary>By what a later word of the same source is known.</summary>
    public required string Source { get; init; }

    /// <summary>The record that tells it, such as BOM-2.</summary>
    public required string ToldBy { get; init; }

    /// <summary>What it tells, such as the other digests.</summary>
    public required string Told { get; init; }

    /// <summary>Since when.</summary>
    public required DateTime Since { get; init; }

    /// <summary>Until when; null while it stands.</summary>
    public DateTime? Until { get; private set; }

    /// <summary>Why it does not stand any more.</summary>
    public string? EndedBecause { get; private set; }

    /// <summary>The person who said so; null where the source tells what is known again.</summary>
    public string? SettledBy { get; private set; }

    /// <summary>It does not stand any more.</summary>
    public void End(DateTime until, string because, string? by = null) =>
        (Until, EndedBecause, SettledBy) = (until, because, by);
}
