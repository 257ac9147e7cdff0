using Moat.Isms.Kernel;

namespace Moat.Isms.Incidents;

/// <summary>
/// Something that hurt information security, from the first sign to what was learned (A.5.24-A.5.28).
/// </summary>
[RecordKind("INC", "incidents", Page = "incidents/{ref}", Column = ThreadColumn.Incidents)]
public sealed class Incident : Referenced
{
    /// <summary>What happened, in a few words.</summary>
    public required string Title { get; set; }

    /// <summary>What happened, as far as it is known.</summary>
    public required string What { get; set; }

    /// <summary>How many entries its timeline has, once the running operation counted them.</summary>
    internal int? Noted { get; set; }

    /// <summary>Where it stands.</summary>
    public IncidentState State { get; private set; }

    /// <summary>How severe it is.</summary>
    public IncidentSeverity Severity { get; private set; }

    /// <summary>The same as a number from 1 to 4, to sort by.</summary>
    public int Rank { get; private set; } = 1;

    /// <summary>What the severity would be by impact alone.</summary>
    public IncidentSeverity Computed { get; private set; }

    /// <summary>What makes it so, line by line.</summary>
    public string ComputedBecause { get; private set; } = "";

    /// <summary>Why a person set another severity; null while the computed one stands.</summary>
    public string? SetBecause { get; private set; }

    /// <summary>Who leads.</summary>
    public Guid? LeadId { get; set; }

    /// <summary>Whether somebody learned what they should not.</summary>
    public bool Confidentiality { get; set; }

    /// <summary>Whether something was changed that should not be.</summary>
    public bool Integrity { get; set; }

    /// <summary>Whether something was not there when it was needed.</summary>
    public bool Availability { get; set; }

    /// <summary>What is true of it, in the words that duties to notify depend on.</summary>
    public List<string> Facts { get; private set; } = [];

    /// <summary>What is settled as not true of it, in the same words. What stands in neither list is open.</summary>
    public List<string> RuledOut { get; private set; } = [];

    /// <summary>When it began, as far as is known.</summary>
    public DateTime? OccurredAt { get; private set; }

    /// <summary>When the first sign was seen, by a person or a program.</summary>
    public DateTime DetectedAt { get; private set; }

    /// <summary>When a person of the company knew enough to be reasonably certain; legal clocks begin here.</summary>
    public DateTime AwareAt { get; private set; }

    /// <summary>When it was assessed and somebody led.</summary>
    public DateTime? TriagedAt { get; private set; }

    /// <summary>When it did no further harm.</summary>
    public DateTime? ContainedAt { get; private set; }

    /// <summary>When its cause was gone.</summary>
    public DateTime? EradicatedAt { get; private set; }

    /// <summary>When everything worked as before.</summary>
    public DateTime? RecoveredAt { get; private set; }

    /// <summary>Why nobody said that it was contained; null unless that step was left out.</summary>
    public string? NotContainedBecause { get; private set; }

    /// <summary>Why nobody said that its cause was gone; null unless that step was left out.</summary>
    public string? NotEradicatedBecause { get; private set; }

    /// <summary>Counts how often it began: 1 until it is reopened.</summary>
    public int Round { get; private set; } = 1;

    /// <summary>When it was last reopened.</summary>
    public DateTime? ReopenedAt { get; private set; }

    /// <summary>When it was contained for the first time; null as long as it was never reopened.</summary>
    public DateTime? FirstContainedAt { get; private set; }

    /// <summary>When it was recovered for the first time; null as long as it was never reopened.</summary>
    public DateTime? FirstRecoveredAt { get; private set; }

    /// <summary>When it was reviewed.</summary>
    public DateTime? ReviewedAt { get; private set; }

    /// <summary>When it was closed.</summary>
    public DateTime? ClosedAt { get; private set; }

    /// <summary>Why no review was held.</summary>
    public string? NoReviewBecause { get; private set; }

    /// <inheritdoc />
    public override string Caption => Title;

    /// <inheritdoc />
    protected internal override string SearchWords => $"{Title} {What.Cut(1000)}";

    /// <summary>
    /// Whether somebody said how bad it is: what was lost, what is and is not true of it, or a severity of their own.
    /// </summary>
    public bool IsAssessed =>
        Confidentiality || Integrity || Availability || Facts.Count + RuledOut.Count > 0 || SetBecause is not null;

    /// <summary>Takes what is true of it and what is not.</summary>
    public void Answer(IEnumerable<string> facts, IEnumerable<string> ruledOut) =>
        (Facts, RuledOut) = ([.. facts.Distinct()], [.. ruledOut.Distinct()]);

    /// <summary>Sets when it began, was first seen and was known.</summary>
    public void Happened(DateTime? occurred, DateTime detected, DateTime aware, DateTime now)
    {
        if (detected > now || aware > now || occurred > now)
            throw new InputInvalid("detectedAt", "This moment has not come yet.");
        if (occurred > detected)
            throw new InputInvalid("occurredAt", "It cannot begin after its first sign was seen.");
        if (aware < detected)
            throw new InputInvalid("awareAt", "Nobody knows of it before its first sign is seen.");
        (OccurredAt, DetectedAt, AwareAt) = (occurred, detected, aware);
    }

    /// <summary>Takes the severity that impact makes, unless a person set another.</summary>
    public void Rate(IncidentSeverity computed, string because)
    {
        (Computed, ComputedBecause) = (computed, because);
        if (SetBecause is null)
            Set(computed);
    }

    /// <summary>A person sets the severity; without a reason the computed one stands again.</summary>
    public void Judge(IncidentSeverity severity, string? because)
    {
        SetBecause =
            severity == Computed
                ? null
                : because
                    ?? throw new InputInvalid(
                        "reason",
                        $"By its impact it is {Computed.Words().ToLowerInvariant()}. Say why it is {severity.Words().ToLowerInvariant()}."
                    );
        Set(severity);
    }

    /// <summary>
    /// Goes on to a later state, at a moment that may lie in the past. A step that is left out gets the reason and no
    /// time.
    /// </summary>
    public void Advance(IncidentState to, DateTime at, string? skipBecause = null)
    {
        if (
            to
            is not (
                IncidentState.Open
                or IncidentState.Contained
                or IncidentState.Eradicated
                or IncidentState.Recovered
            )
        )
            throw new InputInvalid(
                "to",
                "One of open, contained, eradicated, recovered. Reviewing and closing have forms of their own."
            );
        if (to <= State)
            throw new RuleBroken(
                "incidents.advance.forward",
                $"{Ref} is already {State.Words().ToLowerInvariant()}. If it came back, reopen it."
            );
        if (State == IncidentState.New && to != IncidentState.Open)
            throw new RuleBroken(
                "incidents.advance.assessed",
                $"Nobody has assessed {Ref}. Say first what is affected and what was lost."
            );
        // Who sees it stops it first and writes it down later, so a step may lie before the assessment, but not before
        // the one before it.
        var last = new[]
        {
            DetectedAt,
            ReopenedAt ?? DetectedAt,
            ContainedAt ?? DetectedAt,
            EradicatedAt ?? DetectedAt,
        }.Max();
        if (at < last)
            throw new RuleBroken(
                "incidents.advance.order",
                $"The step before was at {last:yyyy-MM-dd HH:mm} UTC; this one cannot be earlier."
            );
        Skip(to, skipBecause);
        State = to;
        if (to == IncidentState.Open)
            TriagedAt = at;
        if (to == IncidentState.Contained)
            ContainedAt = at;
        if (to == IncidentState.Eradicated)
            EradicatedAt = at;
        if (to == IncidentState.Recovered)
            RecoveredAt = at;
    }

    /// <summary>Steps that going on to a state leaves out.</summary>
    public IReadOnlyList<IncidentState> LeftOut(IncidentState to) =>
        [.. new[] { IncidentState.Contained, IncidentState.Eradicated }.Where(s => s > State && s < to)];

    /// <summary>
    /// It came back, or was not what it seemed. When it was first contained and recovered stays known.
    /// </summary>
    public void Reopen(DateTime at)
    {
        if (State is IncidentState.New or IncidentState.Open)
            throw new RuleBroken("incidents.reopen.later", $"{Ref} is open.");
        FirstContainedAt ??= ContainedAt;
        FirstRecoveredAt ??= RecoveredAt;
        (State, Round, ReopenedAt) = (IncidentState.Open, Round + 1, at);
        ContainedAt = EradicatedAt = RecoveredAt = ReviewedAt = ClosedAt = null;
        NoReviewBecause = NotContainedBecause = NotEradicatedBecause = null;
    }

    /// <summary>Those who were there said what they learned.</summary>
    public void Review(DateTime at)
    {
        if (State != IncidentState.Recovered)
            throw new RuleBroken(
                "incidents.review.recovered",
                $"{Ref} is {State.Words().ToLowerInvariant()}. The review is held once everything works again."
            );
        (State, ReviewedAt) = (IncidentState.Reviewed, at);
    }

    /// <summary>Ends it. Only a low one ends without a review, and then with a reason.</summary>
    public void Close(string? noReviewBecause, DateTime at)
    {
        if (State == IncidentState.Closed)
            throw new RuleBroken("incidents.close.once", $"{Ref} is closed.");
        if (State < IncidentState.Recovered)
            throw new RuleBroken(
                "incidents.close.recovered",
                $"{Ref} is {State.Words().ToLowerInvariant()}. It can be closed once everything works again."
            );
        if (State == IncidentState.Recovered)
        {
            if (Severity != IncidentSeverity.Low)
                throw new RuleBroken(
                    "incidents.close.review",
                    $"{Ref} is {Severity.Words().ToLowerInvariant()}. Hold its review first; only one of low severity ends without."
                );
            NoReviewBecause =
                noReviewBecause
                ?? throw new InputInvalid(
                    "noReviewBecause",
                    "Say why nothing is to be learned from it, or hold the review."
                );
        }
        (State, ClosedAt) = (IncidentState.Closed, at);
    }

    private void Skip(IncidentState to, string? because)
    {
        var skipped = LeftOut(to);
        if (skipped.Count == 0)
            return;
        if (because is null)
            throw new InputInvalid(
                "skipBecause",
                $"Nobody said that {Ref} is {string.Join(" and ", skipped.Select(s => s.Words().ToLowerInvariant()))}. Say that first, or why the step is left out."
            );
        if (skipped.Contains(IncidentState.Contained))
            NotContainedBecause = because;
        if (skipped.Contains(IncidentState.Eradicated))
            NotEradicatedBecause = because;
    }

    private void Set(IncidentSeverity severity) => (Severity, Rank) = (severity, (int)severity + 1);
}
