using Moat.Isms.Kernel;

namespace Moat.Isms.Audits;

/// <summary>Where a request of an auditor stands.</summary>
public enum RequestState
{
    /// <summary>The organisation has to answer.</summary>
    Asked,

    /// <summary>The auditor has to look.</summary>
    Answered,

    /// <summary>The auditor has what they need.</summary>
    Accepted,

    /// <summary>The auditor wants more.</summary>
    Returned,
}

/// <summary>Something an auditor wants to see, by a date.</summary>
[RecordKind("REQ", "requests", Page = "requests/{ref}", Column = ThreadColumn.EvidenceAndAudits)]
public sealed class AuditRequest : Referenced
{
    /// <summary>The audit it belongs to; none before one is planned.</summary>
    public Guid? AuditId { get; init; }

    /// <summary>What is asked for.</summary>
    public required string Wanted { get; init; }

    /// <summary>The sub-clause or control it is about.</summary>
    public string? Requirement { get; init; }

    /// <summary>By when.</summary>
    public required DateOnly DueOn { get; set; }

    /// <summary>Who asked.</summary>
    public required string AskedBy { get; init; }

    /// <summary>The person behind.</summary>
    public Guid? AskedById { get; init; }

    /// <summary>What tells whether an earlier import entered the same.</summary>
    public string? Source { get; init; }

    /// <summary>The file and row that it was imported from.</summary>
    public string? ImportedFrom { get; init; }

    /// <summary>Who answers it.</summary>
    public Guid? AssigneeId { get; set; }

    /// <summary>Asked, answered, accepted or returned.</summary>
    public RequestState State { get; set; }

    /// <summary>Whether somebody has to answer.</summary>
    public bool Waits => State is RequestState.Asked or RequestState.Returned;

    /// <inheritdoc />
    public override string Caption => Wanted.Cut(200);

    /// <inheritdoc />
    protected internal override string SearchWords => $"{Wanted} {Requirement}";
}

/// <summary>An answer to a request, or what the auditor says to it.</summary>
public sealed class RequestNote : Record
{
    /// <summary>The request.</summary>
    public required Guid RequestId { get; init; }

    /// <summary>Its place, from 1.</summary>
    public required int Position { get; init; }

    /// <summary>What the note brings the request to.</summary>
    public required RequestState Brings { get; init; }

    /// <summary>What is said.</summary>
    public required string Text { get; init; }

    /// <summary>References of what is shown.</summary>
    public required List<string> Shown { get; init; }

    /// <summary>Who says it.</summary>
    public required string By { get; init; }

    /// <summary>The person behind.</summary>
    public Guid? ById { get; init; }
}
