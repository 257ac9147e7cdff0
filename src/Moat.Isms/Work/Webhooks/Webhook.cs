using Moat.Isms.Kernel;

namespace Moat.Isms.Work.Webhooks;

/// <summary>An address outside that is told when something happens here.</summary>
[RecordKind("HOOK", "webhooks", Page = "webhooks/{ref}")]
public sealed class Webhook : Referenced
{
    /// <summary>What people call it.</summary>
    public required string Name { get; set; }

    /// <summary>Where messages go.</summary>
    public required string Url { get; set; }

    /// <summary>What it is told of; see <see cref="WebhookEvents"/>.</summary>
    public required List<string> Events { get; set; }

    /// <summary>The secret that messages are signed with, encrypted; never in the journal.</summary>
    [NotJournalled]
    public string? Secret { get; set; }

    /// <summary>When the secret was made.</summary>
    public required DateTime SecretMadeAt { get; set; }

    /// <summary>Since when nothing is sent.</summary>
    public DateTime? PausedAt { get; set; }

    /// <summary>Why, when it was not a person who paused it.</summary>
    public string? PausedBecause { get; set; }

    /// <summary>When it was removed.</summary>
    public DateTime? RemovedAt { get; set; }

    /// <inheritdoc />
    public override string Caption => Name;

    /// <inheritdoc />
    protected internal override string SearchWords => $"{Name} {Url}";

    /// <summary>Whether messages are sent.</summary>
    public bool Runs => PausedAt is null && RemovedAt is null;
}

/// <summary>Up to which entry of the journal a webhook was told. Not journalled, as that would never end.</summary>
public sealed class WebhookCursor : ITenantRow
{
    /// <summary>The tenant.</summary>
    public required Guid OrganizationId { get; init; }

    /// <summary>The webhook.</summary>
    public required Guid HookId { get; init; }

    /// <summary>The next entry to look at.</summary>
    public required long Next { get; set; }
}

/// <summary>Where a message stands.</summary>
public enum DeliveryState
{
    /// <summary>It is sent when its time comes.</summary>
    Waiting,

    /// <summary>The other side took it.</summary>
    Delivered,

    /// <summary>It was given up; a person can send it again.</summary>
    Dead,
}

/// <summary>
/// A message to a webhook, kept until it is delivered or given up. Not journalled: it repeats what the journal says.
/// </summary>
public sealed class WebhookDelivery : ITenantRow
{
    // Whoever takes a message has so long to say how it went before another server may take it.
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromSeconds(30),
        TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(2),
        TimeSpan.FromHours(6),
        TimeSpan.FromHours(12),
        TimeSpan.FromHours(24),
    ];

    /// <summary>The tenant.</summary>
    public required Guid OrganizationId { get; init; }

    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The webhook.</summary>
    public required Guid HookId { get; init; }

    /// <summary>Its order among the webhook's messages: the entry of the journal, or 0 for a trial.</summary>
    public required long Sequence { get; init; }

    /// <summary>What happened.</summary>
    public required string Event { get; init; }

    /// <summary>To which record.</summary>
    public required string Subject { get; init; }

    /// <summary>The CloudEvent, as it is signed and sent.</summary>
    public required string Payload { get; init; }

    /// <summary>When it was written.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>When it is tried next.</summary>
    public required DateTime NextAt { get; set; }

    /// <summary>Waiting, delivered or dead.</summary>
    public DeliveryState State { get; private set; }

    /// <summary>How often it was tried.</summary>
    public int Attempts { get; private set; }

    /// <summary>When it was last tried.</summary>
    public DateTime? LastAt { get; private set; }

    /// <summary>How that went.</summary>
    public string? Result { get; private set; }

    /// <summary>A server begins to send it.</summary>
    public void Take(DateTime now) => NextAt = now + Lease;

    /// <summary>How it went: a failure is tried again ever later, and given up after two days.</summary>
    public void Tried(bool delivered, string result, DateTime now)
    {
        (Attempts, LastAt, Result) = (Attempts + 1, now, result);
        State =
            delivered ? DeliveryState.Delivered
            : Attempts > Pauses.Length ? DeliveryState.Dead
            : DeliveryState.Waiting;
        if (State == DeliveryState.Waiting)
            NextAt = now + Pauses[Attempts - 1];
    }

    /// <summary>Sends it again, with all attempts anew.</summary>
    public void SendAgain(DateTime now)
    {
        if (State == DeliveryState.Waiting)
            throw new RuleBroken("webhooks.resend.waiting", "It is still waiting to be sent.");
        (State, Attempts, NextAt) = (DeliveryState.Waiting, 0, now);
    }
}
