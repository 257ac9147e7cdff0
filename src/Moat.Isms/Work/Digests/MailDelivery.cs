using Moat.Isms.Kernel;

namespace Moat.Isms.Work.Digests;

/// <summary>Where a message stands.</summary>
public enum MailState
{
    /// <summary>It is sent when its time comes.</summary>
    Waiting,

    /// <summary>The mail server took it.</summary>
    Sent,

    /// <summary>Everything had been done before it was sent.</summary>
    NotNeeded,

    /// <summary>It was given up.</summary>
    Failed,
}

/// <summary>One digest to one person on one day. Not journalled: it changes nothing of the ISMS.</summary>
public sealed class MailDelivery : ITenantRow
{
    /// <summary>After so many attempts a message is given up.</summary>
    public const int MostAttempts = 6;

    // Whoever takes a message has so long to say how it went before another server may take it.
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);

    /// <summary>The tenant.</summary>
    public required Guid OrganizationId { get; init; }

    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }

    /// <summary>To whom.</summary>
    public required Guid PersonId { get; init; }

    /// <summary>For which day.</summary>
    public required DateOnly On { get; init; }

    /// <summary>When it is tried next.</summary>
    public required DateTime NextAt { get; set; }

    /// <summary>Waiting, sent, not needed or failed.</summary>
    public MailState State { get; private set; }

    /// <summary>How often it was tried.</summary>
    public int Attempts { get; private set; }

    /// <summary>When it was last tried.</summary>
    public DateTime? LastAt { get; private set; }

    /// <summary>What the mail server said.</summary>
    public string? Result { get; private set; }

    /// <summary>A server begins to send it.</summary>
    public void Take(DateTime now) => NextAt = now + Lease;

    /// <summary>How it went. A failure is tried again ever later, unless the mail server refused for good.</summary>
    public void Tried(MailState state, string result, bool final, DateTime now)
    {
        (Attempts, LastAt, Result) = (Attempts + 1, now, result);
        State = state != MailState.Failed || final || Attempts >= MostAttempts ? state : MailState.Waiting;
        NextAt = now.AddMinutes(5 * Math.Pow(3, Attempts - 1));
    }
}

/// <summary>Whether a person wants the digest.</summary>
public sealed class DigestChoice : Kernel.Record
{
    /// <summary>Who.</summary>
    public required Guid PersonId { get; init; }

    /// <summary>Whether.</summary>
    public required bool Wanted { get; set; }
}
