using System.ComponentModel.DataAnnotations;
using Moat.Isms.Kernel;

namespace Moat.Isms.Improvement;

/// <summary>Which nonconformities to list.</summary>
public sealed record ListNonconformities : ListInput
{
    /// <summary>raised, analysed, acting, verifying or closed.</summary>
    public NonconformityState? State { get; init; }

    /// <summary>audit, check, incident, review, person or supplier.</summary>
    public NonconformityOrigin? Origin { get; init; }

    /// <summary>Only those that are not closed.</summary>
    public bool Open { get; init; }
}

/// <summary>Something that is not as it must be.</summary>
public sealed record CreateNonconformity
{
    /// <summary>What is not as it must be, in a line.</summary>
    [MinLength(5), MaxLength(300)]
    public required string Title { get; init; }

    /// <summary>What was seen, where and when.</summary>
    [MinLength(10), MaxLength(4000)]
    public required string Description { get; init; }

    /// <summary>audit, check, incident, review, person or supplier.</summary>
    public required NonconformityOrigin Origin { get; init; }

    /// <summary>minor or major.</summary>
    public required NonconformityGrade Grade { get; init; }

    /// <summary>The requirement that is not met: a clause, a control, a contract or an own rule.</summary>
    [MaxLength(300)]
    public string? Requirement { get; init; }

    /// <summary>The record it came from, such as INC-3, FIND-2, RES-7 or SUP-4.</summary>
    [MaxLength(80)]
    public string? Source { get; init; }

    /// <summary>Who sees it through, such as PER-2.</summary>
    [MaxLength(80)]
    public string? Owner { get; init; }
}

/// <summary>A nonconformity that a task asks about.</summary>
public sealed record RaiseFromTask : ChangeRecord
{
    /// <summary>minor or major; minor when left out.</summary>
    public NonconformityGrade Grade { get; init; }

    /// <summary>Who sees it through; the task's owner when left out.</summary>
    [MaxLength(80)]
    public string? Owner { get; init; }
}

/// <summary>Other words, another grade or owner.</summary>
public sealed record EditNonconformity : ChangeRecord
{
    /// <summary>What is not as it must be, in a line.</summary>
    [MinLength(5), MaxLength(300)]
    public string? Title { get; init; }

    /// <summary>What was seen, where and when.</summary>
    [MinLength(10), MaxLength(4000)]
    public string? Description { get; init; }

    /// <summary>minor or major.</summary>
    public NonconformityGrade? Grade { get; init; }

    /// <summary>The requirement that is not met.</summary>
    [MaxLength(300)]
    public string? Requirement { get; init; }

    /// <summary>Who sees it through.</summary>
    [MaxLength(80)]
    public string? Owner { get; init; }

    /// <summary>Why it is seen differently now; needed when the grade changes.</summary>
    [MaxLength(2000)]
    public string? Reason { get; init; }
}

/// <summary>What was done at once.</summary>
public sealed record CorrectNonconformity : ChangeRecord
{
    /// <summary>What was done at once, and what was done about its consequences.</summary>
    [MinLength(5), MaxLength(4000)]
    public required string Correction { get; init; }

    /// <summary>The day it was done; today when left out.</summary>
    public DateOnly? On { get; init; }
}

/// <summary>The cause, and where else it was looked for.</summary>
public sealed record AnalyseNonconformity : ChangeRecord
{
    /// <summary>Answers to "why?", each to the one before; at most seven.</summary>
    [MaxLength(7)]
    public List<string> Whys { get; init; } = [];

    /// <summary>The cause that actions are to remove. "Human error" is where the question begins.</summary>
    [MinLength(10), MaxLength(4000)]
    public required string Cause { get; init; }

    /// <summary>Where else the same cause could sit, and was looked for.</summary>
    [MinLength(5), MaxLength(2000)]
    public required string LookedElsewhere { get; init; }

    /// <summary>What was found there.</summary>
    [MinLength(2), MaxLength(2000)]
    public required string FoundElsewhere { get; init; }
}

/// <summary>An action that removes a cause.</summary>
public sealed record PlanCorrectiveAction : OneRecord
{
    /// <summary>What is done, in a line.</summary>
    [MinLength(5), MaxLength(300)]
    public required string Title { get; init; }

    /// <summary>
    /// How one will see that it works, such as a number that falls or a test that fails when it should.
    /// </summary>
    [MinLength(5), MaxLength(1000)]
    public required string EffectSeenBy { get; init; }

    /// <summary>Who does it, such as PER-2.</summary>
    [MaxLength(80)]
    public required string Owner { get; init; }

    /// <summary>By when.</summary>
    public required DateOnly DueOn { get; init; }

    /// <summary>From which day on its effect can be seen; 30 days after the due date when left out.</summary>
    public DateOnly? VerifyFrom { get; init; }
}

/// <summary>A minor nonconformity that needs no action.</summary>
public sealed record CloseNonconformity : ChangeRecord
{
    /// <summary>Why no action against the cause is needed.</summary>
    [MinLength(20), MaxLength(2000)]
    public required string Reason { get; init; }
}

/// <summary>It was seen again.</summary>
public sealed record ReopenNonconformity : ChangeRecord
{
    /// <summary>What was seen, where and when.</summary>
    [MinLength(10), MaxLength(2000)]
    public required string Reason { get; init; }

    /// <summary>The record that shows it, such as INC-5 or RES-3.</summary>
    [MaxLength(80)]
    public string? Source { get; init; }
}

/// <summary>A nonconformity in a list.</summary>
public sealed record NonconformityRow(
    string Ref,
    int Version,
    string Title,
    NonconformityOrigin Origin,
    NonconformityGrade Grade,
    NonconformityState State,
    string? SourceRef,
    string? Owner,
    DateOnly RaisedOn,
    DateOnly? ClosedOn,
    int Round,
    int OpenActions,
    DateOnly? NextDue
);

/// <summary>A nonconformity with everything that was done about it.</summary>
public sealed record NonconformityView(
    NonconformityRow Row,
    string? OwnerRef,
    string Description,
    string? Requirement,
    IReadOnlyList<string> Recurrences,
    string? Correction,
    DateOnly? CorrectedOn,
    string? CorrectedBy,
    IReadOnlyList<string> Whys,
    string? Cause,
    string? LookedElsewhere,
    string? FoundElsewhere,
    DateOnly? AnalysedOn,
    string? AnalysedBy,
    string? ClosedBy,
    string? ClosingNote,
    IReadOnlyList<CorrectiveActionRow> Actions
);
