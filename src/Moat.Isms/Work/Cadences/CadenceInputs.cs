using System.ComponentModel.DataAnnotations;
using Moat.Isms.Kernel;

namespace Moat.Isms.Work.Cadences;

/// <summary>Where a cadence stands.</summary>
public enum CadenceState
{
    /// <summary>Proposed; nobody adopted it yet.</summary>
    Proposed,

    /// <summary>Its date is not near yet.</summary>
    Upcoming,

    /// <summary>Its date is near: somebody has a task.</summary>
    Due,

    /// <summary>Its date passed without a proof.</summary>
    Missed,

    /// <summary>Given up, with a reason.</summary>
    Retired,
}

/// <summary>Which cadences to list.</summary>
public sealed record ListCadences
{
    /// <summary>proposed, upcoming, due, missed or retired; all but retired ones when left out.</summary>
    public CadenceState? State { get; init; }
}

/// <summary>
/// Something that has to happen again and again: how often, who does it, what proves it, and where it stands.
/// </summary>
public sealed record CadenceRow
{
    /// <summary>Its reference, such as CAD-3.</summary>
    public required string Ref { get; init; }

    /// <summary>
    /// Counts its changes from 1; hand it in as ifVersion so that a change made meanwhile is not overwritten.
    /// </summary>
    public required int Version { get; init; }

    /// <summary>What happens, such as "Hold the management review".</summary>
    public required string Title { get; init; }

    /// <summary>What exactly is done, and what shows that it was.</summary>
    public required string What { get; init; }

    /// <summary>The process of the ISMS it belongs to, such as incident-management.</summary>
    public required string Process { get; init; }

    /// <summary>The clause or control that asks for it, such as 9.3 or A.8.13.</summary>
    public required string Requirement { get; init; }

    /// <summary>How many months lie at most between two times, 1 to 36.</summary>
    public required int EveryMonths { get; init; }

    /// <summary>How many days before its date the task opens, 1 to 90.</summary>
    public required int LeadDays { get; init; }

    /// <summary>The role that does it, such as incident-lead; none where no role is named.</summary>
    public required string? RoleKey { get; init; }

    /// <summary>
    /// The title of the role that does it; none where no role is named or the register has no such role.
    /// </summary>
    public required string? Role { get; init; }

    /// <summary>
    /// The person who does it instead of whoever holds the role, such as PER-2; none where nobody is named.
    /// </summary>
    public required string? OwnerRef { get; init; }

    /// <summary>
    /// The name of whoever does it: the person named, or else who holds the role; none while nobody does.
    /// </summary>
    public required string? Holder { get; init; }

    /// <summary>
    /// What proves it, any one of them: journal:soa.publish for an operation, evidence:A.8.13 for the evidence of a
    /// control; with none, a person closes the task by hand.
    /// </summary>
    public required IReadOnlyList<string> Proofs { get; init; }

    /// <summary>By when it happens next; none before it begins to come round.</summary>
    public required DateOnly? NextOn { get; init; }

    /// <summary>The day on which it last happened; none where no time is known.</summary>
    public required DateOnly? LastMetOn { get; init; }

    /// <summary>
    /// What proved the last time, such as "soa.publish SOA-3", or what a person said of it; none where no time is
    /// known.
    /// </summary>
    public required string? LastProof { get; init; }

    /// <summary>
    /// The day on which Moat noted that its date had passed without a proof; none while it is not missed.
    /// </summary>
    public required DateOnly? MissedSince { get; init; }

    /// <summary>proposed, upcoming, due (its date is near and somebody has a task), missed or retired.</summary>
    public required CadenceState State { get; init; }

    /// <summary>Why it was proposed; none when a person entered it.</summary>
    public required string? WhyProposed { get; init; }
}

/// <summary>One time of a cadence.</summary>
public sealed record CadenceTimeRow(DateOnly DueOn, CadenceOutcome Outcome, DateOnly? MetOn, string? Proof);

/// <summary>A cadence with how it went before.</summary>
public sealed record CadenceView(CadenceRow Cadence, string? RetiredBecause, IReadOnlyList<CadenceTimeRow> Times);

/// <summary>Something that has to happen again and again.</summary>
public sealed record CreateCadence
{
    /// <summary>What happens.</summary>
    [MinLength(5), MaxLength(300)]
    public required string Title { get; init; }

    /// <summary>What exactly is done, and what shows that it was.</summary>
    [MinLength(5), MaxLength(1000)]
    public required string What { get; init; }

    /// <summary>The process of the ISMS it belongs to, such as incident-management.</summary>
    [MaxLength(60)]
    public required string Process { get; init; }

    /// <summary>The clause or control that asks for it, such as 9.3 or A.8.13.</summary>
    [MinLength(1), MaxLength(20)]
    public required string Requirement { get; init; }

    /// <summary>How many months lie at most between two times, 1 to 36.</summary>
    [Range(1, 36)]
    public required int EveryMonths { get; init; }

    /// <summary>How many days before its date the task opens, 1 to 90.</summary>
    [Range(1, 90)]
    public int LeadDays { get; init; } = 21;

    /// <summary>The role that does it, such as incident-lead.</summary>
    [MaxLength(60)]
    public string? Role { get; init; }

    /// <summary>The person who does it, such as PER-2.</summary>
    [MaxLength(80)]
    public string? Owner { get; init; }

    /// <summary>
    /// What proves it: journal:soa.publish or evidence:A.8.13; with none, a person closes the task by hand.
    /// </summary>
    [MaxLength(10)]
    public List<string> Proofs { get; init; } = [];

    /// <summary>By when it happens first; counted from the last proof, or from today, when left out.</summary>
    public DateOnly? NextOn { get; init; }
}

/// <summary>Changes to a cadence; a changed proposal is adopted.</summary>
public sealed record EditCadence : ChangeRecord
{
    /// <summary>What happens.</summary>
    [MinLength(5), MaxLength(300)]
    public string? Title { get; init; }

    /// <summary>What exactly is done, and what shows that it was.</summary>
    [MinLength(5), MaxLength(1000)]
    public string? What { get; init; }

    /// <summary>How many months lie at most between two times.</summary>
    [Range(1, 36)]
    public int? EveryMonths { get; init; }

    /// <summary>How many days before its date the task opens.</summary>
    [Range(1, 90)]
    public int? LeadDays { get; init; }

    /// <summary>The role that does it.</summary>
    [MaxLength(60)]
    public string? Role { get; init; }

    /// <summary>The person who does it.</summary>
    [MaxLength(80)]
    public string? Owner { get; init; }

    /// <summary>What proves it.</summary>
    [MaxLength(10)]
    public List<string>? Proofs { get; init; }

    /// <summary>By when it happens next.</summary>
    public DateOnly? NextOn { get; init; }
}

/// <summary>That it happened, said by a person.</summary>
public sealed record MeetCadence : ChangeRecord
{
    /// <summary>What was done, and where its result lies.</summary>
    [MinLength(10), MaxLength(1000)]
    public required string Outcome { get; init; }

    /// <summary>On which day; today when left out.</summary>
    public DateOnly? On { get; init; }
}

/// <summary>A cadence that is given up.</summary>
public sealed record RetireCadence : ChangeRecord
{
    /// <summary>Why it need not happen any more.</summary>
    [MinLength(5), MaxLength(1000)]
    public required string Reason { get; init; }
}
