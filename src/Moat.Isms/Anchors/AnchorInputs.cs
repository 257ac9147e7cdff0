using System.ComponentModel.DataAnnotations;

namespace Moat.Isms.Anchors;

/// <summary>Why checkpoints are to be sent now.</summary>
public sealed record AskAnchors
{
    /// <summary>An occasion that the journal does not tell of, such as pack.make.</summary>
    [MaxLength(100)]
    public string? Because { get; init; }
}

/// <summary>How sending went.</summary>
public enum AnchorOutcome
{
    /// <summary>The place holds the checkpoint.</summary>
    Held,

    /// <summary>It did not work this time.</summary>
    Failed,

    /// <summary>The place holds what this journal is no continuation of.</summary>
    Contradicted,
}

/// <summary>What became of one checkpoint.</summary>
public sealed record AnchorAnswer
{
    /// <summary>Which place.</summary>
    [MaxLength(300)]
    public required string Place { get; init; }

    /// <summary>How many entries the checkpoint covered that was sent.</summary>
    [Range(1, long.MaxValue)]
    public required long Size { get; init; }

    /// <summary>How it went.</summary>
    public required AnchorOutcome Outcome { get; init; }

    /// <summary>What the place said, in a sentence.</summary>
    [MaxLength(1000)]
    public required string Says { get; init; }

    /// <summary>What proves it.</summary>
    [MaxLength(Anchor.LongestReceipt)]
    public string? Receipt { get; init; }
}

/// <summary>What became of the checkpoints of a round.</summary>
public sealed record TellAnchors
{
    /// <summary>One answer for each place that was tried.</summary>
    [MaxLength(100)]
    public required List<AnchorAnswer> Answers { get; init; }
}

/// <summary>Two sizes of the journal.</summary>
public sealed record ProveBeginning
{
    /// <summary>The earlier size, at least 1.</summary>
    [Range(1, int.MaxValue)]
    public required int From { get; init; }

    /// <summary>The later size; the earlier one again when only its root is asked for.</summary>
    [Range(1, int.MaxValue)]
    public required int To { get; init; }
}

/// <summary>Which anchors to list, the latest first.</summary>
public sealed record ListAnchors
{
    /// <summary>Only of this place.</summary>
    [MaxLength(300)]
    public string? Place { get; init; }

    /// <summary>How many, 1 to 200.</summary>
    [Range(1, 200)]
    public int Limit { get; init; } = 50;
}

/// <summary>Names an anchor.</summary>
public sealed record OneAnchor
{
    /// <summary>Its id, as anchors.list tells it.</summary>
    public required Guid Id { get; init; }
}
