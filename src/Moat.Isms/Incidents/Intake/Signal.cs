using Moat.Isms.Kernel;

namespace Moat.Isms.Incidents.Intake;

/// <summary>What became of something that was reported or that an alert told.</summary>
public enum SignalState
{
    /// <summary>Nobody decided yet.</summary>
    Waiting,

    /// <summary>It is, or belongs to, an incident.</summary>
    Incident,

    /// <summary>It is no incident; the reason is kept.</summary>
    NotIncident,
}

/// <summary>Something that may be an incident and waits for a person's decision (A.5.25).</summary>
public abstract class Signal : Referenced
{
    /// <summary>Waiting, incident or not-incident.</summary>
    public SignalState State { get; private set; }

    /// <summary>The incident that it became or belongs to.</summary>
    public Guid? IncidentId { get; private set; }

    /// <summary>Why it was decided so.</summary>
    public string? Reason { get; private set; }

    /// <summary>Who decided.</summary>
    public string? DecidedBy { get; private set; }

    /// <summary>When.</summary>
    public DateTime? DecidedAt { get; private set; }

    /// <summary>It is, or belongs to, an incident.</summary>
    public void Join(Incident incident, string reason, string by, DateTime at)
    {
        Refuse();
        IncidentId = incident.Id;
        Decide(SignalState.Incident, reason, by, at);
    }

    /// <summary>It is no incident.</summary>
    public void Dismiss(string reason, string by, DateTime at)
    {
        Refuse();
        Decide(SignalState.NotIncident, reason, by, at);
    }

    private void Decide(SignalState state, string reason, string by, DateTime at) =>
        (State, Reason, DecidedBy, DecidedAt) = (state, reason, by, at);

    private void Refuse()
    {
        if (State == SignalState.Incident)
            throw new RuleBroken(
                "incidents.triage.once",
                $"{Ref} already belongs to an incident. Note there what is new."
            );
    }
}

/// <summary>Something odd that a person reported (A.6.8).</summary>
[RecordKind("EVT", "reported-events", Page = "incidents/triage?state=all#{ref}", Column = ThreadColumn.Incidents)]
public sealed class ReportedEvent : Signal
{
    /// <summary>What was seen, in the words of who saw it.</summary>
    public required string Text { get; init; }

    /// <summary>What it was seen on.</summary>
    public Guid? AssetId { get; init; }

    /// <summary>Who reported it; null when they gave no name.</summary>
    public Guid? ReportedById { get; init; }

    /// <summary>Whether it was reported without a name.</summary>
    public bool Unnamed { get; init; }

    /// <summary>SHA-256 of the receipt by which somebody without a name asks what became of it.</summary>
    [NotJournalled]
    public string? ReceiptHash { get; init; }

    /// <inheritdoc />
    public override string Caption => Text.Cut(120);

    /// <inheritdoc />
    protected internal override string SearchWords => Text.Cut(1000);
}

/// <summary>What a monitoring told, once for each time that it began (A.8.16).</summary>
[RecordKind("ALERT", "alerts", Page = "incidents/triage?state=all#{ref}", Column = ThreadColumn.Incidents)]
public sealed class Alert : Signal
{
    /// <summary>Stands for source, group, fingerprint and start: the same news told again is the same alert.</summary>
    public required Guid Key { get; init; }

    /// <summary>Stands for source and fingerprint: the same thing going wrong again.</summary>
    public required Guid SameThing { get; init; }

    /// <summary>Who told.</summary>
    public required string Source { get; init; }

    /// <summary>The group in which the source told it; alerts of a group are decided together.</summary>
    public required string GroupKey { get; init; }

    /// <summary>The source's own name of the alert.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>What it is.</summary>
    public required string Title { get; init; }

    /// <summary>What the source says about it.</summary>
    public string? Description { get; init; }

    /// <summary>How severe the source calls it, in its own words.</summary>
    public string? Level { get; init; }

    /// <summary>Labels as the source gave them, as JSON.</summary>
    public required string Labels { get; init; }

    /// <summary>Where it can be seen.</summary>
    public string? Link { get; init; }

    /// <summary>When it began.</summary>
    public required DateTime StartsAt { get; init; }

    /// <summary>When it ended; null while it goes on. An alert that ends does not end its incident.</summary>
    public DateTime? ResolvedAt { get; set; }

    /// <inheritdoc />
    public override string Caption => Title;

    /// <inheritdoc />
    protected internal override string SearchWords => $"{Title} {Description?.Cut(500)} {Level}";
}

/// <summary>
/// Whether people may report without a name, and the address at which they do. One per organisation; without it nobody
/// can.
/// </summary>
[RecordKind("INTAKE", "incidents", Column = ThreadColumn.Incidents)]
public sealed class OpenIntake : Referenced
{
    /// <summary>The part of the address that cannot be guessed.</summary>
    [NotJournalled]
    public required string Secret { get; set; }

    /// <summary>When it was closed; null while people may report there.</summary>
    public DateTime? ClosedAt { get; set; }

    /// <inheritdoc />
    public override string Caption => "Reporting without a name";
}
