using Moat.Isms.Kernel;

namespace Moat.Isms.Audits;

/// <summary>What a sample is drawn from.</summary>
public enum PopulationKind
{
    /// <summary>Course assignments of the period.</summary>
    TrainingAssignments,

    /// <summary>Decisions of access reviews in the period.</summary>
    AccessDecisions,

    /// <summary>Incidents of the period.</summary>
    Incidents,

    /// <summary>Evidence of a control, added in the period.</summary>
    Evidence,

    /// <summary>Tasks of the period.</summary>
    Tasks,

    /// <summary>Versions of documents published in the period.</summary>
    DocumentChanges,

    /// <summary>People who joined in the period.</summary>
    Joiners,

    /// <summary>People who left in the period.</summary>
    Leavers,

    /// <summary>Journal entries of an operation in the period.</summary>
    JournalEntries,

    /// <summary>Suppliers of today.</summary>
    Suppliers,

    /// <summary>Resources of a kind as collectors see them now.</summary>
    Resources,
}

/// <summary>What a look at a member of a sample showed.</summary>
public enum SampleResult
{
    /// <summary>Nobody looked yet.</summary>
    Open,

    /// <summary>As it should be.</summary>
    Conforms,

    /// <summary>Not as it should be.</summary>
    Deviates,

    /// <summary>It could not be shown.</summary>
    NotAvailable,
}

/// <summary>A sample: a population frozen at a moment, a seed, and what the seed chose.</summary>
[RecordKind("SMP", "samples", Page = "audits/samples/{ref}", Column = ThreadColumn.EvidenceAndAudits)]
public sealed class Sample : Referenced
{
    /// <summary>The audit.</summary>
    public required Guid AuditId { get; init; }

    /// <summary>The sub-clause or control it is about.</summary>
    public required string Requirement { get; init; }

    /// <summary>What it is drawn from.</summary>
    public required PopulationKind Kind { get; init; }

    /// <summary>The control, operation or kind of resource, where the population needs one.</summary>
    public string? Of { get; init; }

    /// <summary>First day of the period.</summary>
    public required DateOnly PeriodFrom { get; init; }

    /// <summary>Last day of the period.</summary>
    public required DateOnly PeriodTo { get; init; }

    /// <summary>The seed.</summary>
    public required string Seed { get; init; }

    /// <summary>How many the population had.</summary>
    public required int PopulationSize { get; init; }

    /// <summary>SHA-256 of the references of the population, sorted, one a line; hex.</summary>
    public required string PopulationSha256 { get; init; }

    /// <summary>The references of the population; its hash stands in the journal.</summary>
    [NotJournalled]
    public required List<string> Population { get; init; }

    /// <summary>How many were chosen.</summary>
    public required int Size { get; init; }

    /// <summary>What the look at all of them showed.</summary>
    public string? Conclusion { get; set; }

    /// <inheritdoc />
    public override string Caption =>
        $"{Size} of {PopulationSize} {Kind.Words().ToLowerInvariant()}{(Of is null ? "" : $" of {Of}")}";
}

/// <summary>A chosen member of a population, and what a look at it showed.</summary>
public sealed class SampleItem : Record
{
    /// <summary>The sample.</summary>
    public required Guid SampleId { get; init; }

    /// <summary>Its place, from 1, in the order in which the seed chose.</summary>
    public required int Position { get; init; }

    /// <summary>Its reference.</summary>
    public required string Reference { get; init; }

    /// <summary>What it is called.</summary>
    public required string Title { get; init; }

    /// <summary>What the look showed.</summary>
    public SampleResult Result { get; private set; }

    /// <summary>What was seen.</summary>
    public string? Note { get; private set; }

    /// <summary>Who looked.</summary>
    public string? ExaminedBy { get; private set; }

    /// <summary>When.</summary>
    public DateTime? ExaminedAt { get; private set; }

    /// <summary>Keeps what a look showed.</summary>
    public void Examine(SampleResult result, string? note, string by, DateTime at) =>
        (Result, Note, ExaminedBy, ExaminedAt) = (result, note, by, at);
}
