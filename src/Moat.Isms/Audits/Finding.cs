using Moat.Isms.Kernel;

namespace Moat.Isms.Audits;

/// <summary>How much a finding weighs.</summary>
public enum FindingGrade
{
    /// <summary>Something required is missing or does not work at all.</summary>
    Major,

    /// <summary>A single lapse.</summary>
    Minor,

    /// <summary>It fits, but may not for long.</summary>
    Observation,

    /// <summary>It fits and could be better.</summary>
    Opportunity,
}

/// <summary>What became of a finding.</summary>
public enum FindingState
{
    /// <summary>The organisation has not answered yet.</summary>
    Raised,

    /// <summary>The organisation agrees.</summary>
    Accepted,

    /// <summary>The organisation disagrees, with a reason.</summary>
    Contested,

    /// <summary>The auditor took it back.</summary>
    Withdrawn,
}

/// <summary>What an auditor found, with what they saw.</summary>
[RecordKind(
    "FIND",
    "findings",
    Page = "findings/{ref}",
    Shows = "9.2.1/2",
    Everyones = true,
    Column = ThreadColumn.EvidenceAndAudits
)]
public sealed class Finding : Referenced
{
    /// <summary>The audit.</summary>
    public required Guid AuditId { get; init; }

    /// <summary>The sub-clause or control.</summary>
    public required string Requirement { get; init; }

    /// <summary>Major, minor, observation or opportunity.</summary>
    public required FindingGrade Grade { get; init; }

    /// <summary>The finding in a line.</summary>
    public required string Title { get; init; }

    /// <summary>What was seen: records, dates, numbers.</summary>
    public required string Seen { get; init; }

    /// <summary>What does not fit, or could be better.</summary>
    public required string Statement { get; init; }

    /// <summary>Who raised it.</summary>
    public required string RaisedBy { get; init; }

    /// <summary>The person behind.</summary>
    public Guid? RaisedById { get; init; }

    /// <summary>Raised, accepted, contested or withdrawn.</summary>
    public FindingState State { get; private set; }

    /// <summary>Why it was contested, upheld or withdrawn, or what was said when it was accepted.</summary>
    public string? Answer { get; private set; }

    /// <summary>Who answered.</summary>
    public string? AnsweredBy { get; private set; }

    /// <summary>When.</summary>
    public DateTime? AnsweredAt { get; private set; }

    /// <inheritdoc />
    public override string Caption => Title;

    /// <inheritdoc />
    protected internal override string SearchWords => $"{Requirement} {Title} {Statement} {Seen}";

    /// <summary>Whether it asks for a nonconformity.</summary>
    public bool IsNonconformity => Grade is FindingGrade.Major or FindingGrade.Minor;

    /// <summary>The organisation or the auditor answers.</summary>
    public void AnswerWith(FindingState state, string? answer, string by, DateTime at) =>
        (State, Answer, AnsweredBy, AnsweredAt) = (state, answer, by, at);
}
