using Moat.Isms.Kernel;
using Moat.Knowledge.Checks;

namespace Moat.Isms.Evidence.Facts;

/// <summary>
/// Something outside Moat that facts are collected about: a repository, a bucket, a registered model. It is never
/// deleted; one that its source no longer tells of is gone since a date.
/// </summary>
[RecordKind("RES", "resources", Page = "resources/{ref}", Column = ThreadColumn.Incidents)]
public sealed class Resource : Referenced
{
    private const string Moves = "A source that tells the same again moves it, without an entry in the journal.";

    /// <summary>Its kind, such as <c>github.repository</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Who tells of it: a collector's reference or the source of events.</summary>
    public required string ToldBy { get; init; }

    /// <summary>The id that stays with it when it is renamed.</summary>
    public required string ExternalId { get; init; }

    /// <summary>First 16 bytes of the SHA-256 of kind, teller and id; finds it in one look.</summary>
    public required Guid Key { get; init; }

    /// <summary>What people call it there.</summary>
    public required string Name { get; set; }

    /// <summary>The asset it is in the register.</summary>
    public Guid? AssetId { get; set; }

    /// <summary>SHA-256 of the fact that stands, hex.</summary>
    public required string Sha256 { get; set; }

    /// <summary>When the fact that stands was first observed.</summary>
    public required DateTime ObservedAt { get; set; }

    /// <summary>
    /// The latest moment at which the fact that stands was observed. Moves without an entry in the journal, because
    /// nothing changed.
    /// </summary>
    [NotJournalled, NotProved(Moves)]
    public required DateTime ConfirmedAt { get; set; }

    /// <summary>When it was last told of. Moves without an entry in the journal, because nothing changed.</summary>
    [NotJournalled, NotProved(Moves)]
    public required DateTime LastSeenAt { get; set; }

    /// <summary>When what stands grows too old to vouch for anything, unless somebody tells of it before.</summary>
    [NotProved(Moves)]
    public DateTime StaleAt => LastSeenAt.AddHours(ResourceKind.Of(Kind).StaleAfterHours);

    /// <summary>Since when its source does not tell of it any more.</summary>
    public DateTime? GoneAt { get; set; }

    /// <inheritdoc />
    public override string Caption => Name;

    /// <inheritdoc />
    protected internal override string SearchWords => $"{Name} {ExternalId} {Kind}";
}

/// <summary>
/// What was observed of a resource, from a moment until the next different fact. Its text is proved by the hash in the
/// journal.
/// </summary>
public sealed class ResourceFact : Record
{
    /// <summary>The resource.</summary>
    public required Guid ResourceId { get; init; }

    /// <summary>When it was observed.</summary>
    public required DateTime ObservedAt { get; init; }

    /// <summary>SHA-256 of <see cref="Content"/>, hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The fact as canonical JSON.</summary>
    [NotJournalled]
    public required string Content { get; init; }
}

/// <summary>An event that was taken in; the same (source, id) is never taken in twice.</summary>
public sealed class ReceivedEvent : ITenantRow
{
    /// <summary>The tenant.</summary>
    public required Guid OrganizationId { get; init; }

    /// <summary>First 16 bytes of the SHA-256 of source and id.</summary>
    public required Guid Key { get; init; }

    /// <summary>When it arrived.</summary>
    public required DateTime At { get; init; }
}
