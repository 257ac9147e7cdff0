using Moat.Isms.Kernel;

namespace Moat.Isms.Audits;

/// <summary>Whose audit it is.</summary>
public enum AuditKind
{
    /// <summary>One's own look at oneself.</summary>
    Internal,

    /// <summary>A look at a supplier.</summary>
    Supplier,

    /// <summary>The certification body reads the documents.</summary>
    StageOne,

    /// <summary>The certification body looks at what happens.</summary>
    StageTwo,

    /// <summary>The certification body comes back.</summary>
    Surveillance,
}

/// <summary>Where an audit stands.</summary>
public enum AuditState
{
    /// <summary>It has dates.</summary>
    Planned,

    /// <summary>Auditors look.</summary>
    Running,

    /// <summary>The report is out.</summary>
    Reported,

    /// <summary>Every finding is dealt with.</summary>
    Closed,

    /// <summary>It will not be held.</summary>
    Dropped,
}

/// <summary>
/// An audit (clause 9.2): what is looked at, against what, by whom, in which period, and what came of it.
/// </summary>
[RecordKind(
    "AUD",
    "audits",
    Page = "audits/{ref}",
    Shows = "9.2.1 9.2.2/2",
    Everyones = true,
    Column = ThreadColumn.EvidenceAndAudits
)]
public sealed class Audit : Referenced
{
    /// <summary>What people call it.</summary>
    public required string Title { get; set; }

    /// <summary>Whose audit it is.</summary>
    public required AuditKind Kind { get; init; }

    /// <summary>What is looked at: places, teams, systems.</summary>
    public required string Extent { get; set; }

    /// <summary>The criteria: sub-clauses and codes of controls.</summary>
    public required List<string> Requirements { get; set; }

    /// <summary>First day.</summary>
    public required DateOnly StartsOn { get; set; }

    /// <summary>Last day.</summary>
    public required DateOnly EndsOn { get; set; }

    /// <summary>First day of the time that is looked at.</summary>
    public required DateOnly PeriodFrom { get; set; }

    /// <summary>Who leads it.</summary>
    public Guid? LeadId { get; set; }

    /// <summary>References of the other auditors.</summary>
    public List<string> Team { get; set; } = [];

    /// <summary>The organisation that audits, when it is not one's own.</summary>
    public string? Body { get; set; }

    /// <summary>The programme that plans it.</summary>
    public Guid? ProgrammeId { get; init; }

    /// <summary>The supplier that is looked at.</summary>
    public Guid? SupplierId { get; init; }

    /// <summary>Planned, running, reported, closed or dropped.</summary>
    public AuditState State { get; private set; }

    /// <summary>When it began.</summary>
    public DateTime? StartedAt { get; private set; }

    /// <summary>What the auditors conclude.</summary>
    public string? Conclusion { get; private set; }

    /// <summary>Who reported.</summary>
    public string? ReportedBy { get; private set; }

    /// <summary>When.</summary>
    public DateTime? ReportedAt { get; private set; }

    /// <summary>The evidence that keeps the report.</summary>
    public string? EvidenceRef { get; private set; }

    /// <summary>When it was closed or dropped.</summary>
    public DateTime? ClosedAt { get; private set; }

    /// <inheritdoc />
    public override string Caption => Title;

    /// <inheritdoc />
    protected internal override string SearchWords => $"{Title} {Extent} {Body} {Conclusion}";

    /// <summary>Whether it counts as cover: everything but what was dropped.</summary>
    public bool Counts => State != AuditState.Dropped;

    /// <summary>Begins.</summary>
    public void Start(DateTime at)
    {
        Must(AuditState.Planned, "audits.start.planned", "it was started before");
        (State, StartedAt) = (AuditState.Running, at);
    }

    /// <summary>Says what came of it.</summary>
    public void Report(string conclusion, string by, DateTime at, string evidenceRef)
    {
        Must(AuditState.Running, "audits.conclude.running", "only a running audit is reported");
        (State, Conclusion, ReportedBy, ReportedAt, EvidenceRef) = (
            AuditState.Reported,
            conclusion,
            by,
            at,
            evidenceRef
        );
    }

    /// <summary>Ends it.</summary>
    public void Close(DateTime at)
    {
        Must(AuditState.Reported, "audits.close.reported", "only a reported audit is closed");
        (State, ClosedAt) = (AuditState.Closed, at);
    }

    /// <summary>Takes it out of the plan.</summary>
    public void Drop(DateTime at)
    {
        Must(AuditState.Planned, "audits.drop.planned", "only a planned audit is dropped");
        (State, ClosedAt) = (AuditState.Dropped, at);
    }

    /// <summary>Refuses what does not fit the state.</summary>
    public void Must(AuditState state, string rule, string why)
    {
        if (State != state)
            throw new RuleBroken(rule, $"{Ref} is {State.Words()}: {why}.");
    }
}

/// <summary>What a look at a requirement showed.</summary>
public enum ExamineResult
{
    /// <summary>Nobody looked yet.</summary>
    Open,

    /// <summary>It is as it should be.</summary>
    Conforms,

    /// <summary>There is a finding.</summary>
    Finding,

    /// <summary>It was not looked at, with a reason.</summary>
    NotExamined,
}

/// <summary>A line of an audit's checklist.</summary>
public sealed class AuditItem : Record
{
    /// <summary>The audit.</summary>
    public required Guid AuditId { get; init; }

    /// <summary>Its place, from 1.</summary>
    public required int Position { get; init; }

    /// <summary>The sub-clause or control.</summary>
    public required string Requirement { get; init; }

    /// <summary>What the look showed.</summary>
    public ExamineResult Result { get; private set; }

    /// <summary>What was seen, so that somebody else can judge it.</summary>
    public string? Note { get; private set; }

    /// <summary>References of the records that were looked at.</summary>
    public List<string> Examined { get; private set; } = [];

    /// <summary>Who looked.</summary>
    public string? ExaminedBy { get; private set; }

    /// <summary>When.</summary>
    public DateTime? ExaminedAt { get; private set; }

    /// <summary>Keeps what a look showed.</summary>
    public void Examine(ExamineResult result, string note, IEnumerable<string> examined, string by, DateTime at)
    {
        (Result, Note, ExaminedBy, ExaminedAt) = (result, note, by, at);
        Examined = [.. Examined.Concat(examined).Distinct()];
    }
}
