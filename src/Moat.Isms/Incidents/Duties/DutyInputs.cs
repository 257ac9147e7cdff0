using System.ComponentModel.DataAnnotations;
using Moat.Isms.Kernel;

namespace Moat.Isms.Incidents.Duties;

/// <summary>Which duties to list.</summary>
public sealed record ListDuties : ListInput
{
    /// <summary>open, fulfilled, declined or lapsed.</summary>
    public DutyState? State { get; init; }
}

/// <summary>The text of a notice.</summary>
public sealed record WriteNotice : ChangeRecord
{
    /// <summary>The notice's stage, such as initial.</summary>
    [MaxLength(80)]
    public required string Stage { get; init; }

    /// <summary>The text, as Markdown.</summary>
    [MinLength(10), MaxLength(20000)]
    public required string Text { get; init; }
}

/// <summary>A notice that takes in what is known now.</summary>
public sealed record TakeInFacts : ChangeRecord
{
    /// <summary>The notice's stage, such as initial.</summary>
    [MaxLength(80)]
    public required string Stage { get; init; }
}

/// <summary>That a notice was sent.</summary>
public sealed record SendNotice : ChangeRecord
{
    /// <summary>The notice's stage.</summary>
    [MaxLength(80)]
    public required string Stage { get; init; }

    /// <summary>How, and under which number it was taken, such as the authority's portal, case 2026-1187.</summary>
    [MinLength(5), MaxLength(1000)]
    public required string How { get; init; }

    /// <summary>When; now when left out, UTC where no zone is given.</summary>
    public DateTime? At { get; init; }

    /// <summary>The confirmation of receipt; the text itself is kept when left out.</summary>
    public GivenFile? File { get; init; }
}

/// <summary>Why a duty does not apply.</summary>
public sealed record DeclineDuty : ChangeRecord
{
    /// <summary>The reason, so that an authority can follow it.</summary>
    [MinLength(20), MaxLength(2000)]
    public required string Reason { get; init; }
}

/// <summary>Names a notice.</summary>
public sealed record OneNotice : OneRecord
{
    /// <summary>The notice's stage.</summary>
    [MaxLength(80)]
    public required string Stage { get; init; }
}

/// <summary>A notice.</summary>
public sealed record NoticeView(
    string Stage,
    string Title,
    string To,
    DateTime DueAt,
    bool Overdue,
    string Draft,
    string? WrittenBy,
    DateTime? SentAt,
    string? SentBy,
    string? SentHow,
    string? EvidenceRef,
    bool Late
);

/// <summary>A duty with its notices.</summary>
public sealed record DutyView(
    string Ref,
    int Version,
    string DutyId,
    string Title,
    string Source,
    string Because,
    DutyState State,
    string? DeclinedBy,
    string? DeclinedBecause,
    string IncidentRef,
    string IncidentTitle,
    IReadOnlyList<NoticeView> Notices
);
