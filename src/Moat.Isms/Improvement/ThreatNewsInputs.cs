using System.ComponentModel.DataAnnotations;
using Moat.Isms.Kernel;

namespace Moat.Isms.Improvement;

/// <summary>Which news to list.</summary>
public sealed record ListNews : ListInput
{
    /// <summary>open, reassess, review, reassess-and-review or nothing.</summary>
    public NewsDecision? Decision { get; init; }
}

/// <summary>News that somebody read or heard.</summary>
public sealed record TellNews
{
    /// <summary>What is new, in a line.</summary>
    [MinLength(5), MaxLength(300)]
    public required string Title { get; init; }

    /// <summary>Where it comes from, such as an advisory with its number.</summary>
    [MinLength(3), MaxLength(200)]
    public required string Origin { get; init; }

    /// <summary>What is new about it, and why it could concern us.</summary>
    [MinLength(10), MaxLength(4000)]
    public required string Summary { get; init; }

    /// <summary>Threats of the catalogue that it concerns, such as training-data-poisoning.</summary>
    [MaxLength(10)]
    public List<string> Threats { get; init; } = [];
}

/// <summary>A release of MITRE ATLAS.</summary>
public sealed record ImportAtlas : IReadFirst
{
    /// <summary>The file ATLAS.yaml of the release, or the same as JSON.</summary>
    public required GivenFile File { get; init; }

    /// <inheritdoc />
    void IReadFirst.ReadFirst() => File.Read(AtlasReader.Read);
}

/// <summary>What is done about news.</summary>
public sealed record DecideNews : ChangeRecord
{
    /// <summary>reassess, review, reassess-and-review or nothing.</summary>
    public required NewsDecision Decision { get; init; }

    /// <summary>Why; needed when nothing is done.</summary>
    [MaxLength(2000)]
    public string? Reason { get; init; }

    /// <summary>The risks to assess again, such as RISK-2; all that it concerns when left out.</summary>
    [MaxLength(50)]
    public List<string> Risks { get; init; } = [];

    /// <summary>The documents to review, such as DOC-4; all that it concerns when left out.</summary>
    [MaxLength(50)]
    public List<string> Documents { get; init; } = [];

    /// <summary>By when; in 30 days when left out.</summary>
    public DateOnly? DueOn { get; init; }
}

/// <summary>What a comparison of a catalogue found.</summary>
/// <param name="Release">The release that was compared.</param>
/// <param name="First">Whether nothing was there to compare with; then it is what later ones are compared with.</param>
/// <param name="New">Entries that were not there before.</param>
/// <param name="Changed">Entries that say something else.</param>
/// <param name="Gone">Entries that are not there any more.</param>
/// <param name="News">How many items that became: what is new, and what changed about threats with a risk here.</param>
public sealed record ThreatComparison(string Release, bool First, int New, int Changed, int Gone, int News);

/// <summary>News in a list.</summary>
public sealed record NewsRow(
    string Ref,
    int Version,
    string Title,
    NewsKind Kind,
    string Origin,
    DateOnly ReceivedOn,
    NewsDecision Decision,
    string? Reason,
    string? DecidedBy,
    DateOnly? DecidedOn,
    int OpenTasks
);

/// <summary>News with what it concerns.</summary>
public sealed record NewsView(
    NewsRow Row,
    string? About,
    string Summary,
    IReadOnlyList<Related> Threats,
    IReadOnlyList<Related> Risks,
    IReadOnlyList<Related> Documents,
    IReadOnlyList<Related> Tasks,
    IReadOnlyList<Related> Changed
);
