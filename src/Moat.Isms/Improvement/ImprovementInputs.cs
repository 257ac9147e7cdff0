using System.ComponentModel.DataAnnotations;
using Moat.Isms.Kernel;

namespace Moat.Isms.Improvement;

/// <summary>Which improvements to list.</summary>
public sealed record ListImprovements : ListInput
{
    /// <summary>proposed, planned, done, evaluated or declined.</summary>
    public ImprovementState? State { get; init; }
}

/// <summary>An idea.</summary>
public sealed record SuggestImprovement
{
    /// <summary>What becomes better, in a line.</summary>
    [MinLength(5), MaxLength(300)]
    public required string Title { get; init; }

    /// <summary>What one will see when it works, in numbers where there are any.</summary>
    [MinLength(10), MaxLength(2000)]
    public required string ExpectedEffect { get; init; }

    /// <summary>The record that gave the idea, such as OBJ-3 or CHK-2; nothing for a plain idea.</summary>
    [MaxLength(80)]
    public string? Source { get; init; }
}

/// <summary>Who does an improvement, by when.</summary>
public sealed record PlanImprovement : ChangeRecord
{
    /// <summary>Who does it, such as PER-2.</summary>
    [MaxLength(80)]
    public required string Owner { get; init; }

    /// <summary>By when.</summary>
    public required DateOnly DueOn { get; init; }

    /// <summary>What one will see when it works, said more exactly.</summary>
    [MinLength(10), MaxLength(2000)]
    public string? ExpectedEffect { get; init; }
}

/// <summary>An idea that is not pursued.</summary>
public sealed record DeclineImprovement : ChangeRecord
{
    /// <summary>Why; whoever had the idea reads it.</summary>
    [MinLength(10), MaxLength(2000)]
    public required string Reason { get; init; }
}

/// <summary>An improvement that is done.</summary>
public sealed record CompleteImprovement : ChangeRecord
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

/// <summary>What an improvement brought.</summary>
public sealed record EvaluateImprovement : ChangeRecord
{
    /// <summary>What was observed, in the terms of what was expected.</summary>
    [MinLength(10), MaxLength(4000)]
    public required string ObservedEffect { get; init; }

    /// <summary>Whether it brought what was expected.</summary>
    public required bool AsExpected { get; init; }
}

/// <summary>An improvement as people read it.</summary>
public sealed record ImprovementRow(
    string Ref,
    int Version,
    string Title,
    string ExpectedEffect,
    string? SourceRef,
    string ProposedBy,
    DateOnly ProposedOn,
    string? OwnerRef,
    string? Owner,
    DateOnly? DueOn,
    ImprovementState State,
    string? Outcome,
    DateOnly? DoneOn,
    string? ObservedEffect,
    bool? AsExpected,
    string? EvaluatedBy,
    DateOnly? EvaluatedOn,
    bool Mine
);

/// <summary>An improvement with what it altered.</summary>
public sealed record ImprovementView(ImprovementRow Row, IReadOnlyList<Related> Updates);
