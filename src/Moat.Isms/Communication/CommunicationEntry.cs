using Moat.Isms.Kernel;

namespace Moat.Isms.Communication;

/// <summary>What is communicated about information security: when, with whom, by whom, how (clause 7.4).</summary>
[RecordKind("COMM", "communication", Shows = "7.4", Column = ThreadColumn.DocumentsAndPeople)]
public sealed class CommunicationEntry : Proposable
{
    /// <summary>What is said.</summary>
    public required string What { get; set; }

    /// <summary>When, or on which occasion.</summary>
    public required string When { get; set; }

    /// <summary>Days between two times; null where an occasion decides.</summary>
    public int? EveryDays { get; set; }

    /// <summary>With whom.</summary>
    public required string WithWhom { get; set; }

    /// <summary>Who does it.</summary>
    public Guid? OwnerId { get; set; }

    /// <summary>The role that does it while nobody is named.</summary>
    public required string OwnerRole { get; set; }

    /// <summary>How.</summary>
    public required string How { get; set; }

    /// <summary>When it was last done.</summary>
    public DateOnly? LastOn { get; private set; }

    /// <summary>When it is due next.</summary>
    public DateOnly? NextOn { get; private set; }

    /// <inheritdoc />
    public override string Caption => What.Cut(200);

    /// <summary>Plans the next time.</summary>
    public void Plan(DateOnly from) => NextOn = EveryDays is { } days ? from.AddDays(days) : null;

    /// <summary>Notes that it was done.</summary>
    public void Send(DateOnly on)
    {
        LastOn = on;
        Plan(on);
    }
}

/// <summary>That something was said to somebody.</summary>
[RecordKind(
    "SENT",
    "communication",
    One = "message",
    Many = "messages",
    Shows = "7.4/2",
    Column = ThreadColumn.DocumentsAndPeople
)]
public sealed class CommunicationSent : Referenced
{
    /// <summary>The entry of the plan.</summary>
    public required Guid EntryId { get; init; }

    /// <summary>What was said, in a sentence.</summary>
    public required string What { get; init; }

    /// <summary>To whom.</summary>
    public required string ToWhom { get; init; }

    /// <summary>When.</summary>
    public required DateOnly On { get; init; }

    /// <summary>Who did it.</summary>
    public required string By { get; init; }

    /// <summary>Where it can be seen.</summary>
    public string? Address { get; init; }

    /// <inheritdoc />
    public override string Caption => What.Cut(200);
}
