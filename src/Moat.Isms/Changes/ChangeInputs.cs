using System.ComponentModel.DataAnnotations;
using Moat.Isms.Kernel;

namespace Moat.Isms.Changes;

/// <summary>Which changes to list.</summary>
public sealed record ListChanges : ListInput
{
    /// <summary>planned, approved, happened, reviewed or dropped.</summary>
    public ChangeState? State { get; init; }

    /// <summary>Only planned ones, or only unplanned ones.</summary>
    public bool? Planned { get; init; }
}

/// <summary>A change that is planned.</summary>
public sealed record PlanChange
{
    /// <summary>What changes, in a line.</summary>
    [MinLength(5), MaxLength(300)]
    public required string Title { get; init; }

    /// <summary>product-line, cloud, model-class, reorganisation, tool, supplier or other.</summary>
    public required ChangeKind Kind { get; init; }

    /// <summary>Why.</summary>
    [MinLength(10), MaxLength(4000)]
    public required string Purpose { get; init; }

    /// <summary>The day it begins.</summary>
    public required DateOnly StartsOn { get; init; }

    /// <summary>By when it is to be done.</summary>
    public required DateOnly DueOn { get; init; }

    /// <summary>Who sees it through, such as PER-2.</summary>
    [MaxLength(80)]
    public required string Owner { get; init; }

    /// <summary>What of the ISMS must hold while it happens.</summary>
    [MinLength(5), MaxLength(4000)]
    public string? MustHold { get; init; }

    /// <summary>Money, people, time.</summary>
    [MinLength(3), MaxLength(2000)]
    public string? Resources { get; init; }

    /// <summary>Who does which part, and who owns the result afterwards.</summary>
    [MinLength(3), MaxLength(2000)]
    public string? Responsibilities { get; init; }

    /// <summary>What it touches for certain: assets, suppliers, people, such as AST-2.</summary>
    [MaxLength(50)]
    public List<string> Affects { get; init; } = [];

    /// <summary>What asked for it, such as LES-2, MREV-1 or RISK-4.</summary>
    [MaxLength(80)]
    public string? Because { get; init; }
}

/// <summary>Other words or dates, before it is approved.</summary>
public sealed record EditChange : ChangeRecord
{
    /// <summary>What changes, in a line.</summary>
    [MinLength(5), MaxLength(300)]
    public string? Title { get; init; }

    /// <summary>Why.</summary>
    [MinLength(10), MaxLength(4000)]
    public string? Purpose { get; init; }

    /// <summary>What of the ISMS must hold while it happens.</summary>
    [MinLength(5), MaxLength(4000)]
    public string? MustHold { get; init; }

    /// <summary>Money, people, time.</summary>
    [MinLength(3), MaxLength(2000)]
    public string? Resources { get; init; }

    /// <summary>Who does which part, and who owns the result afterwards.</summary>
    [MinLength(3), MaxLength(2000)]
    public string? Responsibilities { get; init; }

    /// <summary>Who sees it through.</summary>
    [MaxLength(80)]
    public string? Owner { get; init; }

    /// <summary>The day it begins.</summary>
    public DateOnly? StartsOn { get; init; }

    /// <summary>By when it is to be done.</summary>
    public DateOnly? DueOn { get; init; }
}

/// <summary>What a change touches, as a person sees it.</summary>
public sealed record ConfirmConsequences : ChangeRecord
{
    /// <summary>What it means for what it touches, and what has to be done about it.</summary>
    [MinLength(20), MaxLength(4000)]
    public required string Consequences { get; init; }

    /// <summary>The records that it touches: assets, risks, controls, documents, objectives, suppliers.</summary>
    [MaxLength(200)]
    public List<string> Affects { get; init; } = [];

    /// <summary>The processes that it touches, such as supplier-management.</summary>
    [MinLength(1), MaxLength(30)]
    public required List<string> Processes { get; init; }
}

/// <summary>An approval.</summary>
public sealed record ApproveChange : ChangeRecord
{
    /// <summary>What was weighed.</summary>
    [MaxLength(2000)]
    public string? Reason { get; init; }
}

/// <summary>A change that is carried out.</summary>
public sealed record CompleteChange : ChangeRecord
{
    /// <summary>What was done, and what was done otherwise than planned.</summary>
    [MinLength(5), MaxLength(4000)]
    public required string Outcome { get; init; }

    /// <summary>
    /// What it altered: documents, controls, checks, risks, courses, assets, such as DOC-4 or A.8.28.
    /// </summary>
    [MaxLength(30)]
    public List<string> Updates { get; init; } = [];
}

/// <summary>What really happened.</summary>
public sealed record ReviewChange : ChangeRecord
{
    /// <summary>Whether it reached its purpose, and how one sees that.</summary>
    [MinLength(10), MaxLength(4000)]
    public required string Outcome { get; init; }

    /// <summary>What else happened because of it; say so when nothing did.</summary>
    [MinLength(5), MaxLength(4000)]
    public required string SideEffects { get; init; }

    /// <summary>What was done against harm; needed for an unplanned change.</summary>
    [MinLength(5), MaxLength(4000)]
    public string? Mitigation { get; init; }

    /// <summary>What it taught, in a line; becomes a lesson that somebody has to decide about.</summary>
    [MinLength(5), MaxLength(300)]
    public string? Lesson { get; init; }
}

/// <summary>A change that happened without a plan.</summary>
public sealed record RecordUnplanned
{
    /// <summary>What changed, in a line.</summary>
    [MinLength(5), MaxLength(300)]
    public required string Title { get; init; }

    /// <summary>product-line, cloud, model-class, reorganisation, tool, supplier or other.</summary>
    public required ChangeKind Kind { get; init; }

    /// <summary>What happened, and how it was noticed.</summary>
    [MinLength(10), MaxLength(4000)]
    public required string What { get; init; }

    /// <summary>When.</summary>
    public required DateOnly HappenedOn { get; init; }

    /// <summary>Who looks into it.</summary>
    [MaxLength(80)]
    public required string Owner { get; init; }

    /// <summary>What was done against harm so far.</summary>
    [MinLength(5), MaxLength(4000)]
    public string? Mitigation { get; init; }

    /// <summary>What it touches: assets, suppliers, controls, such as AST-2.</summary>
    [MaxLength(50)]
    public List<string> Affects { get; init; } = [];
}

/// <summary>A change that is not carried out.</summary>
public sealed record DropChange : ChangeRecord
{
    /// <summary>Why.</summary>
    [MinLength(10), MaxLength(2000)]
    public required string Reason { get; init; }
}

/// <summary>A change in a list.</summary>
public sealed record ChangeRow(
    string Ref,
    int Version,
    string Title,
    ChangeKind Kind,
    bool Planned,
    ChangeState State,
    string? OwnerRef,
    string? Owner,
    DateOnly StartsOn,
    DateOnly? DueOn,
    DateOnly? HappenedOn,
    DateOnly? ReviewedOn
);

/// <summary>A process that a change touches.</summary>
public sealed record TouchedProcess(string Id, string Title, string Why);

/// <summary>
/// A change with everything that is known of it: its purpose, what it touches, who approved it and what really
/// happened.
/// </summary>
public sealed record ChangeView
{
    /// <summary>The change as in the list: kind, state, who sees it through, and its dates.</summary>
    public required ChangeRow Row { get; init; }

    /// <summary>Why it is made; of an unplanned change what happened and how it was noticed.</summary>
    public required string Purpose { get; init; }

    /// <summary>What of the ISMS must hold while it happens; none while nobody said.</summary>
    public required string? MustHold { get; init; }

    /// <summary>Money, people and time that it takes; none while nobody said.</summary>
    public required string? Resources { get; init; }

    /// <summary>Who does which part, and who owns the result afterwards; none while nobody said.</summary>
    public required string? Responsibilities { get; init; }

    /// <summary>
    /// What it means for what it touches, and what has to be done about it; none before that is confirmed.
    /// </summary>
    public required string? Consequences { get; init; }

    /// <summary>The processes that it touches, such as supplier-management; empty before that is confirmed.</summary>
    public required IReadOnlyList<TouchedProcess> Processes { get; init; }

    /// <summary>Who confirmed the consequences; none before that.</summary>
    public required string? ConfirmedBy { get; init; }

    /// <summary>The day on which the consequences were confirmed; none before that.</summary>
    public required DateOnly? ConfirmedOn { get; init; }

    /// <summary>Who approved it, never whoever sees it through; none before that and for an unplanned change.</summary>
    public required string? ApprovedBy { get; init; }

    /// <summary>The day on which it was approved; none before that and for an unplanned change.</summary>
    public required DateOnly? ApprovedOn { get; init; }

    /// <summary>
    /// What was done and, after the look back, whether it reached its purpose; of a dropped change why; none before
    /// that.
    /// </summary>
    public required string? Outcome { get; init; }

    /// <summary>What else happened because of it; none before somebody looked back.</summary>
    public required string? SideEffects { get; init; }

    /// <summary>What was done against harm; none while nobody said.</summary>
    public required string? Mitigation { get; init; }

    /// <summary>Who looked back at what really happened; none before that.</summary>
    public required string? ReviewedBy { get; init; }

    /// <summary>The records that it touches, such as AST-2 or RISK-4.</summary>
    public required IReadOnlyList<Related> Affects { get; init; }

    /// <summary>The records that it altered, such as DOC-4.</summary>
    public required IReadOnlyList<Related> Updates { get; init; }

    /// <summary>The lessons that it taught, such as LES-2.</summary>
    public required IReadOnlyList<Related> Lessons { get; init; }

    /// <summary>
    /// Whether the reader is somebody who may approve it: with the right to plan changes, and not whoever sees it
    /// through.
    /// </summary>
    public required bool MayApprove { get; init; }
}

/// <summary>
/// What a change probably touches, computed from the process map and from what its assets are connected with.
/// </summary>
public sealed record Consequences(IReadOnlyList<TouchedProcess> Processes, IReadOnlyList<TouchedRecords> Records);

/// <summary>Records of one kind that a change probably touches.</summary>
public sealed record TouchedRecords(string Kind, IReadOnlyList<Related> Records);
