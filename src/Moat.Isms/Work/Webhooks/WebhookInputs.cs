using System.ComponentModel.DataAnnotations;
using Moat.Isms.Kernel;

namespace Moat.Isms.Work.Webhooks;

/// <summary>An address to tell.</summary>
public sealed record CreateWebhook
{
    /// <summary>What people call it.</summary>
    [MinLength(2), MaxLength(200)]
    public required string Name { get; init; }

    /// <summary>Where messages go, such as https://chat.example/hooks/moat.</summary>
    [MaxLength(1000)]
    public required string Url { get; init; }

    /// <summary>What it is told of; which there are, webhooks.events tells.</summary>
    [MinLength(1), MaxLength(50)]
    public required List<string> Events { get; init; }
}

/// <summary>Changes to a webhook.</summary>
public sealed record EditWebhook : ChangeRecord
{
    /// <summary>What people call it.</summary>
    [MinLength(2), MaxLength(200)]
    public string? Name { get; init; }

    /// <summary>Where messages go.</summary>
    [MaxLength(1000)]
    public string? Url { get; init; }

    /// <summary>What it is told of.</summary>
    [MinLength(1), MaxLength(50)]
    public List<string>? Events { get; init; }

    /// <summary>Whether nothing is sent for now. What happens meanwhile is not sent later.</summary>
    public bool? Paused { get; init; }
}

/// <summary>A message of a webhook.</summary>
public sealed record ResendDelivery : ChangeRecord
{
    /// <summary>The message's id; every message that was given up, when left out.</summary>
    public Guid? Delivery { get; init; }
}

/// <summary>Which messages of a webhook to list.</summary>
public sealed record ListDeliveries : OneRecord
{
    /// <summary>waiting, delivered or dead.</summary>
    public DeliveryState? State { get; init; }
}

/// <summary>A webhook and its secret, which is shown once.</summary>
public sealed class MadeWebhook(Webhook hook, string secret) : IHoldsSecret
{
    /// <summary>The webhook's reference.</summary>
    public string Ref => hook.Ref;

    /// <summary>Its version.</summary>
    public int Version => hook.Version;

    /// <summary>The secret that messages are signed with.</summary>
    public string Secret => secret;
}

/// <summary>A webhook in the list.</summary>
public sealed record WebhookRow(
    string Ref,
    int Version,
    string Name,
    string Url,
    IReadOnlyList<string> Events,
    DateTime SecretMadeAt,
    DateTime? PausedAt,
    string? PausedBecause,
    int Waiting,
    int Dead,
    DateTime? LastDeliveredAt
);

/// <summary>A message in the log.</summary>
public sealed record DeliveryRow(
    Guid Id,
    string Event,
    string Subject,
    DateTime CreatedAt,
    DeliveryState State,
    int Attempts,
    DateTime? LastAt,
    DateTime NextAt,
    string? Result
);

/// <summary>A message to send now, with the secret in the clear. Never leaves the server.</summary>
public sealed record Outgoing(Guid Delivery, string Url, string Secret, string Payload);

/// <summary>Messages to send now.</summary>
public sealed record OutgoingBatch(IReadOnlyList<Outgoing> Messages);

/// <summary>Whether there is anything to write or to send.</summary>
public sealed record OutboxState(bool Unread, bool Due);

/// <summary>How sending went.</summary>
public sealed record TellDelivery
{
    /// <summary>Which message.</summary>
    public required Guid Delivery { get; init; }

    /// <summary>Whether the other side took it.</summary>
    public required bool Delivered { get; init; }

    /// <summary>What it answered.</summary>
    [MaxLength(1000)]
    public required string Result { get; init; }

    /// <summary>Whether it says that the address is gone for good (410), which pauses the webhook.</summary>
    public bool Gone { get; init; }
}
