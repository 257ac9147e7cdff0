using Moat.Isms.Kernel;

namespace Moat.Isms.Work.Cadences;

/// <summary>
/// Something that has to happen again and again: a review, a test, an audit, a training, a piece of evidence.
/// </summary>
[RecordKind("CAD", "cadences", Page = "cadences/{ref}")]
public sealed class Cadence : Proposable
{
    /// <summary>The purpose of tasks of cadences that a record proves.</summary>
    public const string ByRecord = "cadence";

    /// <summary>The purpose of tasks of cadences that somebody closes by hand.</summary>
    public const string ByHand = "cadence-by-hand";

    /// <summary>What happens.</summary>
    public required string Title { get; set; }

    /// <summary>What exactly is done, and what shows that it was.</summary>
    public required string What { get; set; }

    /// <summary>The process of the ISMS it belongs to.</summary>
    public required string Process { get; set; }

    /// <summary>The clause or control that asks for it, such as 9.3 or A.8.13.</summary>
    public required string Requirement { get; set; }

    /// <summary>How many months lie at most between two times.</summary>
    public required int EveryMonths { get; set; }

    /// <summary>How many days before its date the task opens.</summary>
    public required int LeadDays { get; set; }

    /// <summary>The role that does it.</summary>
    public string? RoleKey { get; set; }

    /// <summary>The person who does it, instead of whoever holds the role.</summary>
    public Guid? OwnerId { get; set; }

    /// <summary>
    /// What proves it: <c>journal:soa.publish</c> an operation, <c>evidence:A.8.13</c> a piece of evidence for a
    /// control. Any of them is enough; with none, a person closes the task by hand.
    /// </summary>
    public required List<string> Proofs { get; set; }

    /// <summary>By when it happens next.</summary>
    public DateOnly? NextOn { get; private set; }

    /// <summary>Proofs before this moment belong to an earlier time.</summary>
    public DateTime? CountsFrom { get; private set; }

    /// <summary>When it last happened.</summary>
    public DateOnly? LastMetOn { get; private set; }

    /// <summary>What proved that.</summary>
    public string? LastProof { get; private set; }

    /// <summary>Since when it is missed; null while it is not.</summary>
    public DateOnly? MissedSince { get; private set; }

    /// <summary>When it was given up.</summary>
    public DateTime? RetiredAt { get; private set; }

    /// <summary>Why.</summary>
    public string? RetiredBecause { get; private set; }

    /// <inheritdoc />
    public override string Caption => Title;

    /// <inheritdoc />
    protected internal override string SearchWords => $"{Title} {What} {Process} {Requirement}";

    /// <summary>Whether it comes round.</summary>
    public bool Runs => Standing == Standing.Adopted && RetiredAt is null && NextOn is not null;

    /// <summary>The purpose of its tasks.</summary>
    public string Purpose => Proofs.Count == 0 ? ByHand : ByRecord;

    /// <summary>Begins to come round.</summary>
    public void Begin(DateOnly nextOn, DateTime countsFrom, DateOnly? lastMetOn, string? lastProof) =>
        (NextOn, CountsFrom, LastMetOn, LastProof, MissedSince) = (nextOn, countsFrom, lastMetOn, lastProof, null);

    /// <summary>
    /// It happened. The next time is counted from that day; a proof counts for it from the middle of the time between.
    /// </summary>
    public void Meet(DateOnly on, string proof, DateTime now)
    {
        var middle = on.AddDays((on.AddMonths(EveryMonths).DayNumber - on.DayNumber) / 2)
            .ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
        (NextOn, CountsFrom, LastMetOn, LastProof, MissedSince) = (
            on.AddMonths(EveryMonths),
            middle > now ? middle : now,
            on,
            proof,
            null
        );
    }

    /// <summary>Its date passed without a proof.</summary>
    public void Miss(DateOnly today) => MissedSince ??= today;

    /// <summary>A whole further time passed: the missed one stays missed, and the next is due.</summary>
    public void GoOn() => NextOn = NextOn!.Value.AddMonths(EveryMonths);

    /// <summary>Moves its next date.</summary>
    public void Move(DateOnly nextOn, DateOnly today)
    {
        NextOn = nextOn;
        if (nextOn >= today)
            MissedSince = null;
    }

    /// <summary>Gives it up.</summary>
    public void Retire(string because, DateTime at)
    {
        if (RetiredAt is not null)
            throw new RuleBroken("cadences.retire.retired", $"{Ref} is retired already.");
        (RetiredAt, RetiredBecause) = (at, because);
    }
}

/// <summary>How one time of a cadence went.</summary>
public enum CadenceOutcome
{
    /// <summary>By its date.</summary>
    Met,

    /// <summary>After its date.</summary>
    Late,

    /// <summary>Not at all.</summary>
    Missed,
}

/// <summary>One time of a cadence: when it was due, and when what proved it.</summary>
public sealed class CadenceTime : Record
{
    /// <summary>The cadence.</summary>
    public required Guid CadenceId { get; init; }

    /// <summary>By when it was due.</summary>
    public required DateOnly DueOn { get; init; }

    /// <summary>How it went.</summary>
    public required CadenceOutcome Outcome { get; set; }

    /// <summary>When it happened.</summary>
    public DateOnly? MetOn { get; set; }

    /// <summary>What proved it.</summary>
    public string? Proof { get; set; }
}
