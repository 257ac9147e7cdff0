using Moat.Isms.Kernel;

namespace Moat.Isms.Changes;

/// <summary>What somebody outside does for the ISMS.</summary>
public enum OutsourcedKind
{
    /// <summary>A process that others run, such as labelling.</summary>
    Process,

    /// <summary>Something bought and used, such as a base model.</summary>
    Product,

    /// <summary>Something used from others, such as GPU time.</summary>
    Service,
}

/// <summary>
/// A process, product or service from outside that the ISMS depends on, and how it is kept under control (8.1).
/// </summary>
[RecordKind("OUT", "outsourced", Column = ThreadColumn.RisksAndControls)]
public sealed class OutsourcedProcess : Referenced
{
    /// <summary>What is done outside, in a line.</summary>
    public required string Title { get; set; }

    /// <summary>Process, product or service.</summary>
    public required OutsourcedKind Kind { get; set; }

    /// <summary>Who does it.</summary>
    public required Guid SupplierId { get; set; }

    /// <summary>What must be true before its result is used.</summary>
    public required string Criteria { get; set; }

    /// <summary>What we do to keep it under control.</summary>
    public required string ControlExercised { get; set; }

    /// <summary>How we see that it is done so.</summary>
    public required string MonitoredBy { get; set; }

    /// <summary>Who answers for it here.</summary>
    public Guid? OwnerId { get; set; }

    /// <summary>Days between looks at it.</summary>
    public required int ReviewDays { get; set; }

    /// <summary>When somebody last looked.</summary>
    public DateOnly? ReviewedOn { get; private set; }

    /// <summary>What that look found.</summary>
    public string? Finding { get; private set; }

    /// <summary>When somebody looks next.</summary>
    public required DateOnly NextReviewOn { get; set; }

    /// <summary>Since when nobody outside does it any more.</summary>
    public DateOnly? EndedOn { get; private set; }

    /// <inheritdoc />
    public override string Caption => Title;

    /// <inheritdoc />
    protected internal override string SearchWords => $"{Title} {ControlExercised}";

    /// <summary>Somebody looked whether it is done as agreed.</summary>
    public void Review(string finding, DateOnly on)
    {
        if (EndedOn is not null)
            throw new RuleBroken("outsourced.review.ended", $"{Ref} ended; there is nothing to look at.");
        (Finding, ReviewedOn, NextReviewOn) = (finding, on, on.AddDays(ReviewDays));
    }

    /// <summary>Nobody outside does it any more.</summary>
    public void End(DateOnly on)
    {
        if (EndedOn is not null)
            throw new RuleBroken("outsourced.end.ended", $"{Ref} ended already.");
        EndedOn = on;
    }
}
