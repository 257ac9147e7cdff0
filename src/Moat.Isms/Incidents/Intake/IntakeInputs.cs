using System.ComponentModel.DataAnnotations;
using Moat.Isms.Kernel;

namespace Moat.Isms.Incidents.Intake;

/// <summary>Something odd that somebody saw. The text is enough.</summary>
public sealed record ReportEvent
{
    /// <summary>What you saw, when and where; a guess is fine.</summary>
    [MinLength(5), MaxLength(8000)]
    public required string Text { get; init; }

    /// <summary>What you saw it on, such as AST-3.</summary>
    [MaxLength(80)]
    public string? Asset { get; init; }

    /// <summary>A picture, a log or the strange answer itself.</summary>
    public GivenFile? File { get; init; }
}

/// <summary>Something odd, reported without a name at the organisation's address for it.</summary>
public sealed record ReportUnnamed
{
    /// <summary>The part of the address that cannot be guessed.</summary>
    [MaxLength(100)]
    public required string Secret { get; init; }

    /// <summary>What was seen.</summary>
    [MinLength(5), MaxLength(8000)]
    public required string Text { get; init; }
}

/// <summary>Asks what became of a report without a name.</summary>
public sealed record AskReceipt
{
    /// <summary>The receipt that was shown after reporting.</summary>
    [MaxLength(100)]
    public required string Receipt { get; init; }
}

/// <summary>Whether people may report without a name.</summary>
public sealed record AllowUnnamed
{
    /// <summary>True opens a new address and ends an earlier one; false closes it.</summary>
    public required bool Allow { get; init; }
}

/// <summary>That a report without a name was taken.</summary>
/// <param name="Ref">The report.</param>
/// <param name="Receipt">Asks what became of it; shown once.</param>
public sealed record UnnamedReport(string Ref, string Receipt) : IHoldsSecret;

/// <summary>What whoever reported without a name may know.</summary>
public sealed record ReceiptView(DateTime ReportedAt, SignalState State, string? Reason);

/// <summary>The address at which people report without a name; null while nobody may.</summary>
public sealed record UnnamedAddress(string? Path);

/// <summary>Which reports to list.</summary>
public sealed record ListReports : ListInput
{
    /// <summary>waiting, incident or not-incident.</summary>
    public SignalState? State { get; init; }

    /// <summary>Only those of the caller.</summary>
    public bool Mine { get; init; }
}

/// <summary>Which alerts to list.</summary>
public sealed record ListAlerts : ListInput
{
    /// <summary>waiting, incident or not-incident.</summary>
    public SignalState? State { get; init; }

    /// <summary>Only those that go on, or only those that ended.</summary>
    public bool? Firing { get; init; }
}

/// <summary>Whether it is an incident.</summary>
public sealed record Triage : ChangeRecord
{
    /// <summary>Whether it is an incident, or belongs to one.</summary>
    public required bool Incident { get; init; }

    /// <summary>Why it is one or is none; whoever reported it reads this.</summary>
    [MinLength(5), MaxLength(2000)]
    public required string Reason { get; init; }

    /// <summary>The incident that it belongs to, such as INC-2; a new one when left out.</summary>
    [MaxLength(80)]
    public string? BelongsTo { get; init; }

    /// <summary>Title of a new incident.</summary>
    [MaxLength(300)]
    public string? Title { get; init; }

    /// <summary>Who leads a new incident, such as PER-2; the incident lead when left out.</summary>
    [MaxLength(80)]
    public string? Lead { get; init; }

    /// <summary>When it began, as far as is known; UTC where no zone is given.</summary>
    public DateTime? OccurredAt { get; init; }

    /// <summary>When a person of the company knew of it; now when left out. Legal clocks begin here.</summary>
    public DateTime? AwareAt { get; init; }
}

/// <summary>What became of it.</summary>
/// <param name="Ref">What was decided about.</param>
/// <param name="Incident">The incident, if it is one.</param>
/// <param name="Decided">How many were decided with it.</param>
public sealed record Triaged(string Ref, string? Incident, int Decided);

/// <summary>A report in a list.</summary>
public sealed record ReportRow(
    string Ref,
    int Version,
    string Text,
    string? AssetRef,
    string? AssetName,
    string? ReportedBy,
    DateTime ReportedAt,
    SignalState State,
    string? Reason,
    string? DecidedBy,
    DateTime? DecidedAt,
    string? IncidentRef
);

/// <summary>An alert in a list.</summary>
public sealed record AlertRow(
    string Ref,
    int Version,
    string Title,
    string? Description,
    string? Level,
    string Source,
    string GroupKey,
    string Fingerprint,
    string Labels,
    string? Link,
    DateTime StartsAt,
    DateTime? ResolvedAt,
    SignalState State,
    string? Reason,
    string? DecidedBy,
    string? IncidentRef
);

/// <summary>An alert as a monitoring tells it.</summary>
public sealed record GivenAlert
{
    /// <summary>Who tells.</summary>
    [MinLength(1), MaxLength(400)]
    public required string Source { get; init; }

    /// <summary>The source's own name of the alert; the same thing going wrong again has the same one.</summary>
    [MinLength(1), MaxLength(400)]
    public required string Fingerprint { get; init; }

    /// <summary>The group it is told in; the fingerprint when left out.</summary>
    [MaxLength(1000)]
    public string? GroupKey { get; init; }

    /// <summary>What it is.</summary>
    [MinLength(1), MaxLength(300)]
    public required string Title { get; init; }

    /// <summary>What the source says about it.</summary>
    [MaxLength(4000)]
    public string? Description { get; init; }

    /// <summary>How severe the source calls it.</summary>
    [MaxLength(40)]
    public string? Level { get; init; }

    /// <summary>When it began; now when left out.</summary>
    public DateTimeOffset? StartsAt { get; init; }

    /// <summary>Whether it has ended.</summary>
    public bool Resolved { get; init; }

    /// <summary>When it ended; now when left out.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>
    /// Labels, a JSON object; one named asset, model, dataset, service or endpoint finds the asset by its name or
    /// reference.
    /// </summary>
    public System.Text.Json.JsonElement? Labels { get; init; }

    /// <summary>Where it can be seen.</summary>
    [MaxLength(2000)]
    public string? Link { get; init; }
}

/// <summary>Alerts to take in, all or none.</summary>
public sealed record ReceiveAlerts
{
    /// <summary>At most 1,000 at once.</summary>
    [MinLength(1), MaxLength(1000)]
    public required List<GivenAlert> Alerts { get; init; }
}

/// <summary>What became of alerts.</summary>
/// <param name="Opened">Alerts that were not known.</param>
/// <param name="Resolved">Alerts that ended now.</param>
/// <param name="Repeated">Alerts that said what was known.</param>
/// <param name="Joined">New alerts that belong to an incident which is still open.</param>
public sealed record AlertsReceived(int Opened, int Resolved, int Repeated, int Joined);
