using System.ComponentModel.DataAnnotations;
using Moat.Isms.Kernel;

namespace Moat.Isms.Improvement;

/// <summary>Which corrective actions to list.</summary>
public sealed record ListActions : ListInput
{
    /// <summary>planned, done, effective, ineffective or dropped.</summary>
    public ActionState? State { get; init; }

    /// <summary>Only those of the caller.</summary>
    public bool Mine { get; init; }
}

/// <summary>An action that is done.</summary>
public sealed record CompleteAction : ChangeRecord
{
    /// <summary>What was done.</summary>
    [MinLength(5), MaxLength(4000)]
    public required string Outcome { get; init; }

    /// <summary>
    /// What it altered: documents, controls, checks, risks, courses, assets, such as DOC-4 or A.8.28.
    /// </summary>
    [MaxLength(30)]
    public List<string> Updates { get; init; } = [];
}

/// <summary>Whether an action works.</summary>
public sealed record VerifyAction : ChangeRecord
{
    /// <summary>Whether the cause is gone.</summary>
    public required bool Effective { get; init; }

    /// <summary>What was looked at, over which time, and what was seen.</summary>
    [MinLength(10), MaxLength(4000)]
    public required string Seen { get; init; }

    /// <summary>Evidence that shows it, such as EVD-12.</summary>
    [MaxLength(80)]
    public string? Evidence { get; init; }

    /// <summary>A file that shows it; kept as evidence.</summary>
    public GivenFile? File { get; init; }
}

/// <summary>An action that is not needed any more.</summary>
public sealed record DropAction : ChangeRecord
{
    /// <summary>Why, and what takes care of the cause instead.</summary>
    [MinLength(10), MaxLength(2000)]
    public required string Reason { get; init; }
}

/// <summary>Another owner or other dates.</summary>
public sealed record EditAction : ChangeRecord
{
    /// <summary>Who does it; changes only as long as it is planned.</summary>
    [MaxLength(80)]
    public string? Owner { get; init; }

    /// <summary>By when; changes only as long as it is planned.</summary>
    public DateOnly? DueOn { get; init; }

    /// <summary>From which day on its effect can be seen.</summary>
    public DateOnly? VerifyFrom { get; init; }

    /// <summary>Why it moves; needed when it is due later, and when its effect is to be seen earlier.</summary>
    [MaxLength(2000)]
    public string? Reason { get; init; }
}

/// <summary>What an action, an improvement or a change altered.</summary>
public sealed record LinkUpdate : OneRecord
{
    /// <summary>Documents, controls, checks, risks, courses or assets, such as DOC-4 or A.8.28.</summary>
    [MinLength(1), MaxLength(30)]
    public required List<string> Updates { get; init; }
}

/// <summary>A check that shows whether an action works.</summary>
public sealed record NameCheck : ChangeRecord
{
    /// <summary>The check, such as github-review-required or CHK-3.</summary>
    [MaxLength(80)]
    public required string Check { get; init; }

    /// <summary>
    /// The resource on which it shows it, such as RES-4; may be left out when the check looks at one only.
    /// </summary>
    [MaxLength(80)]
    public string? Resource { get; init; }
}

/// <summary>A check that an action names no more.</summary>
public sealed record TakeBackCheck : ChangeRecord
{
    /// <summary>The check.</summary>
    [MaxLength(80)]
    public required string Check { get; init; }
}

/// <summary>A corrective action in a list.</summary>
public sealed record CorrectiveActionRow(
    string Ref,
    int Version,
    string Title,
    ActionState State,
    string? ForRef,
    string? ForTitle,
    int Round,
    string? OwnerRef,
    string? Owner,
    DateOnly DueOn,
    DateOnly VerifyFrom,
    DateOnly? DoneOn,
    string? DoneBy,
    DateOnly? VerifiedOn,
    string? VerifiedBy
);

/// <summary>A corrective action with what was done and what was seen of its effect.</summary>
public sealed record CorrectiveActionView(
    CorrectiveActionRow Row,
    string EffectSeenBy,
    string? Outcome,
    string? Verification,
    bool Mine,
    bool MayVerify,
    IReadOnlyList<Related> Updates,
    IReadOnlyList<Related> Evidence,
    IReadOnlyList<EffectCheck> Checks
);
