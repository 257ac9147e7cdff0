using Moat.Isms.Kernel;

namespace Moat.Isms.Incidents.Duties;

/// <summary>Where a duty to notify stands.</summary>
public enum DutyState
{
    /// <summary>A notice is still to be sent.</summary>
    Open,

    /// <summary>Every notice was sent.</summary>
    Fulfilled,

    /// <summary>A person decided that it does not apply, and why.</summary>
    Declined,

    /// <summary>The incident's facts are such that it does not apply.</summary>
    Lapsed,
}

/// <summary>A duty to tell somebody about an incident by a deadline.</summary>
[RecordKind("DUTY", "duties", Column = ThreadColumn.Incidents)]
public sealed class NotificationDuty : Referenced
{
    /// <summary>The incident.</summary>
    public required Guid IncidentId { get; init; }

    /// <summary>The duty's id in the content.</summary>
    public required string DutyId { get; init; }

    /// <summary>What it is called.</summary>
    public required string Title { get; init; }

    /// <summary>Where it stands, such as GDPR Art. 33.</summary>
    public required string Source { get; init; }

    /// <summary>Why it applies.</summary>
    public required string Because { get; set; }

    /// <summary>Open, fulfilled, declined or lapsed.</summary>
    public DutyState State { get; private set; }

    /// <summary>Who decided that it does not apply.</summary>
    public string? DeclinedBy { get; private set; }

    /// <summary>Why it does not apply.</summary>
    public string? DeclinedBecause { get; private set; }

    /// <inheritdoc />
    public override string Caption => Title;

    /// <inheritdoc />
    protected internal override string SearchWords => $"{Title} {Source}";

    /// <summary>Somebody answers for that it does not apply.</summary>
    public void Decline(string because, string by)
    {
        if (State != DutyState.Open)
            throw new RuleBroken("duties.decline.open", $"{Ref} is {State.Words().ToLowerInvariant()}.");
        (State, DeclinedBecause, DeclinedBy) = (DutyState.Declined, because, by);
    }

    /// <summary>It applies after all.</summary>
    public void Resume() => (State, DeclinedBecause, DeclinedBy) = (DutyState.Open, null, null);

    /// <summary>Every notice was sent.</summary>
    public void Fulfil() => State = DutyState.Fulfilled;

    /// <summary>The facts say that it does not apply.</summary>
    public void Lapse(string because, string by) =>
        (State, DeclinedBecause, DeclinedBy) = (DutyState.Lapsed, because, by);
}

/// <summary>One notice of a duty: its deadline, its text and the proof that it was sent.</summary>
public sealed class DutyNotice : Record
{
    /// <summary>The duty.</summary>
    public required Guid NotificationId { get; init; }

    /// <summary>Its place among the notices.</summary>
    public required int Position { get; init; }

    /// <summary>The stage's id in the content.</summary>
    public required string Stage { get; init; }

    /// <summary>What is sent.</summary>
    public required string Title { get; init; }

    /// <summary>To whom.</summary>
    public required string To { get; init; }

    /// <summary>By when; counts from when the notice before was sent, or is due as long as it was not.</summary>
    public required DateTime DueAt { get; set; }

    /// <summary>The text, as Markdown.</summary>
    public required string Draft { get; set; }

    /// <summary>Who wrote at it last; null while it is as it was drafted.</summary>
    public string? WrittenBy { get; set; }

    /// <summary>When it was sent.</summary>
    public DateTime? SentAt { get; private set; }

    /// <summary>Who sent it.</summary>
    public string? SentBy { get; private set; }

    /// <summary>How, such as the authority's portal with its case number.</summary>
    public string? SentHow { get; private set; }

    /// <summary>The evidence that it was sent: the text as it went out, or a file.</summary>
    public Guid? EvidenceId { get; private set; }

    /// <summary>Remembers that it was sent.</summary>
    public void Sent(DateTime at, string by, string how, Guid evidence) =>
        (SentAt, SentBy, SentHow, EvidenceId) = (at, by, how, evidence);
}
