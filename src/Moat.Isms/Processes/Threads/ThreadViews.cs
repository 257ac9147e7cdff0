using System.ComponentModel.DataAnnotations;

namespace Moat.Isms.Processes.Threads;

/// <summary>Names a record whose thread is told.</summary>
public sealed record OneThread
{
    /// <summary>The record's reference, such as INC-3.</summary>
    [MaxLength(80)]
    public required string Ref { get; init; }

    /// <summary>Whether the whole thread is walked, beyond direct connections.</summary>
    public bool Walk { get; init; } = true;
}

/// <summary>A record on a thread.</summary>
/// <param name="Ref">Its reference.</param>
/// <param name="Process">The register it stands in.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Distance">How many steps from where the walk began: below zero what it came from, above zero what came
/// of it.</param>
/// <param name="At">When it came to be, or was drawn into the thread.</param>
/// <param name="By">Who did that.</param>
/// <param name="What">The operation that entered it, where the journal says so.</param>
/// <param name="Why">The reason that was given.</param>
/// <param name="Says">How it stands to the record one step nearer to the beginning, such as "lesson of"; empty at the
/// beginning.</param>
/// <param name="Next">That record.</param>
/// <param name="Stands">How it stands: since when the check passes that an action is seen by, when a risk was assessed
/// again.</param>
/// <param name="ClaimedBy">Who tied it to that record by hand; null where an operation connected them while it did
/// something.</param>
public sealed record ThreadStep(
    string Ref,
    string Process,
    string Title,
    int Distance,
    DateTime At,
    string By,
    string? What,
    string? Why,
    string Says,
    string Next,
    string? Stands = null,
    string? ClaimedBy = null
);

/// <summary>A connection on a thread, from what came first to what came of it.</summary>
public sealed record ThreadEdge(string Earlier, string Later, string Says, DateTime At);

/// <summary>The whole thread of a record: what it came from and what came of it, over all links and parts.</summary>
/// <param name="Ref">The record.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Steps">The records in the order of time.</param>
/// <param name="Edges">How they are connected.</param>
/// <param name="Processes">The registers it runs through.</param>
/// <param name="More">Whether there is more than is told.</param>
public sealed record ThreadWalk(
    string Ref,
    string Title,
    IReadOnlyList<ThreadStep> Steps,
    IReadOnlyList<ThreadEdge> Edges,
    IReadOnlyList<string> Processes,
    bool More
);
