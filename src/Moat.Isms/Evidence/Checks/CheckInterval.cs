using Moat.Isms.Kernel;
using Moat.Knowledge.Checks;

namespace Moat.Isms.Evidence.Checks;

/// <summary>
/// From when to when a check had one outcome on a resource. Milliseconds since 1970 (UTC), so that databases can add
/// durations.
/// </summary>
public sealed class CheckInterval : Record
{
    /// <summary>The end of an interval that still goes on.</summary>
    public const long Open = long.MaxValue;

    /// <summary>The check: the id of a shipped one or the reference of one's own.</summary>
    public required string Check { get; init; }

    /// <summary>The resource.</summary>
    public required Guid ResourceId { get; init; }

    /// <summary>Passing, failing or unknown.</summary>
    public required CheckOutcome Outcome { get; init; }

    /// <summary>When it began.</summary>
    public required long Since { get; init; }

    /// <summary>When it ended; <see cref="Open"/> while it goes on.</summary>
    public required long Until { get; set; }

    /// <summary>What made it so, in words.</summary>
    public required string Detail { get; set; }

    /// <summary>Milliseconds since 1970.</summary>
    public static long Milliseconds(DateTime at) =>
        (at.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond;

    /// <summary>The moment of such a number.</summary>
    public static DateTime Moment(long milliseconds) => DateTime.UnixEpoch.AddMilliseconds(milliseconds);
}

/// <summary>A check that an organisation wrote for itself.</summary>
[RecordKind("CHK", "checks", Page = "checks/{ref}", Column = ThreadColumn.Incidents)]
public sealed class OwnCheck : Referenced
{
    /// <summary>What must be true.</summary>
    public required string Title { get; set; }

    /// <summary>The kind of resource.</summary>
    public required string Resource { get; init; }

    /// <summary>low, medium, high or critical.</summary>
    public required string Severity { get; set; }

    /// <summary>Codes of the controls it shows at work.</summary>
    public required List<string> Controls { get; set; }

    /// <summary>Clauses it shows at work.</summary>
    public required List<string> Clauses { get; set; }

    /// <summary>JSON pointers that must have a value.</summary>
    public required List<string> Reads { get; set; }

    /// <summary>JSON Schema of the resources it is about.</summary>
    public string? Applies { get; set; }

    /// <summary>JSON Schema that a good fact satisfies.</summary>
    public required string Schema { get; set; }

    /// <summary>Why it matters.</summary>
    public required string Why { get; set; }

    /// <summary>How to mend a failure.</summary>
    public required string Fix { get; set; }

    /// <summary>Since when it is not evaluated any more.</summary>
    public DateTime? RetiredAt { get; set; }

    /// <inheritdoc />
    public override string Caption => Title;
}

/// <summary>A failure that somebody answers for until a day; it stays a failure, and is shown apart.</summary>
[RecordKind("EXC", "checks", Page = "checks/exceptions#{ref}", Column = ThreadColumn.Incidents)]
public sealed class CheckException : Referenced
{
    /// <summary>The check.</summary>
    public required string Check { get; init; }

    /// <summary>The resource.</summary>
    public required Guid ResourceId { get; init; }

    /// <summary>Who answers for it.</summary>
    public required Guid OwnerId { get; init; }

    /// <summary>Why it may be so.</summary>
    public required string Reason { get; init; }

    /// <summary>First day.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Last day.</summary>
    public required DateOnly Until { get; init; }

    /// <summary>When it ended before its last day.</summary>
    public DateTime? EndedAt { get; private set; }

    /// <summary>Why it ended early.</summary>
    public string? EndedBecause { get; private set; }

    /// <summary>Whether somebody answers for the failure on that day.</summary>
    public bool Stands(DateOnly on) => EndedAt is null && Until >= on;

    /// <summary>Ends it before its last day.</summary>
    public void End(string because, DateTime at) => (EndedBecause, EndedAt) = (because, at);

    /// <inheritdoc />
    public override string Caption => Reason;
}
