using Moat.Isms.Kernel;

namespace Moat.Isms.Anchors;

/// <summary>
/// How a place outside that the operator named stands: what it is to be sent, what it holds, when it is tried again.
/// Not journalled: what became of a checkpoint is told by an <see cref="Anchor"/>, and a journal that tells of its own
/// sending would never come to rest.
/// </summary>
public sealed class AnchorPlace : ITenantRow
{
    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromMinutes(1),
        TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(15),
        TimeSpan.FromHours(1),
        TimeSpan.FromHours(3),
    ];

    /// <summary>The tenant.</summary>
    public required Guid OrganizationId { get; init; }

    /// <summary>Which place.</summary>
    public required string Place { get; init; }

    /// <summary>Of what kind it is.</summary>
    public required AnchorKind Kind { get; init; }

    /// <summary>Since when the operator names it.</summary>
    public required DateTime NamedAt { get; init; }

    /// <summary>How many entries the last checkpoint covers that was to be sent.</summary>
    public long AskedSize { get; private set; }

    /// <summary>When that was.</summary>
    public DateTime? AskedAt { get; private set; }

    /// <summary>Why.</summary>
    public string? Because { get; private set; }

    /// <summary>The checkpoint that waits to be sent; none when all is said.</summary>
    public string? Waiting { get; private set; }

    /// <summary>Since when something waits.</summary>
    public DateTime? WaitingSince { get; private set; }

    /// <summary>How often it was tried since.</summary>
    public int Attempts { get; private set; }

    /// <summary>When it is tried next.</summary>
    public DateTime? NextAt { get; private set; }

    /// <summary>What went wrong at the last attempt.</summary>
    public string? Problem { get; private set; }

    /// <summary>How many entries the place holds for certain.</summary>
    public long HeldSize { get; private set; }

    /// <summary>When it confirmed that.</summary>
    public DateTime? HeldAt { get; private set; }

    /// <summary>
    /// Has a checkpoint sent. One that still waits gives way to it, for the later covers the earlier; since when the
    /// place is late stays, and so does the pause of a place that does not answer.
    /// </summary>
    public void Ask(long size, string checkpoint, string because, DateTime now)
    {
        (AskedSize, AskedAt, Because) = (size, now, because);
        WaitingSince ??= now;
        if (Attempts == 0)
            NextAt = now;
        Waiting = checkpoint;
    }

    /// <summary>The place holds what was sent.</summary>
    public void Hold(DateTime now)
    {
        (HeldSize, HeldAt) = (AskedSize, now);
        (Waiting, WaitingSince, Attempts, NextAt, Problem) = (null, null, 0, null, null);
    }

    /// <summary>It did not work; it is tried again ever later, and never given up.</summary>
    public void Fail(string problem, DateTime now)
    {
        Problem = problem;
        NextAt = now + Pauses[Math.Min(Attempts, Pauses.Length - 1)];
        Attempts++;
    }
}
