using System.Globalization;

namespace Moat.Isms.Processes.Flow;

/// <summary>Where an interaction stands in a period.</summary>
public enum FlowState
{
    /// <summary>Something flowed.</summary>
    Alive,

    /// <summary>Nothing flowed, and nothing was due.</summary>
    Quiet,

    /// <summary>Something should have flowed and did not.</summary>
    Broken,
}

/// <summary>What proves an interaction, and how much of it there was.</summary>
/// <param name="Proof">A link such as <c>RISK threatens AST</c>, or an operation such as
/// <c>journal:soa.publish</c>.</param>
/// <param name="Count">How often in the period.</param>
/// <param name="Last">When last, also before the period.</param>
public sealed record ProofView(string Proof, int Count, DateTime? Last);

/// <summary>What flows from one process to another.</summary>
/// <param name="From">The process it comes from.</param>
/// <param name="To">The process that receives it.</param>
/// <param name="Flows">What flows.</param>
/// <param name="State">Alive, quiet or broken.</param>
/// <param name="Count">How much flowed in the period.</param>
/// <param name="Last">When last, also before the period.</param>
/// <param name="Proofs">The records that are counted.</param>
/// <param name="Breaks">The rules that it breaks.</param>
/// <param name="FlowsWhen">What somebody does, or what happens, when it flows.</param>
public sealed record InteractionView(
    string From,
    string To,
    string Flows,
    FlowState State,
    int Count,
    DateTime? Last,
    IReadOnlyList<ProofView> Proofs,
    IReadOnlyList<string> Breaks,
    string FlowsWhen
)
{
    /// <summary>Why nothing flowed, where nothing did: since when, and what would make it flow.</summary>
    public string? Quiet =>
        State != FlowState.Quiet
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{(Last is { } at ? $"Nothing since {at:d MMM yyyy}" : "Nothing yet")}. It flows when {FlowsWhen}."
            );
}

/// <summary>A record from which nothing flowed.</summary>
public sealed record BrokenRecord(string Ref, string Process, string Title, DateOnly? Since);

/// <summary>A rule that does not hold, its records and the next step.</summary>
/// <param name="Rule">The rule's id.</param>
/// <param name="From">The process from which it should have flowed.</param>
/// <param name="To">The process that waits for it.</param>
/// <param name="Title">What should have flowed.</param>
/// <param name="Next">The next step.</param>
/// <param name="Since">Since when the oldest is missing.</param>
/// <param name="Total">How many records are broken; at most fifty are named.</param>
/// <param name="Records">Those records.</param>
public sealed record BreakView(
    string Rule,
    string From,
    string To,
    string Title,
    string Next,
    DateOnly? Since,
    int Total,
    IReadOnlyList<BrokenRecord> Records
);

/// <summary>What flowed between processes from one day to another.</summary>
/// <param name="From">First day.</param>
/// <param name="To">Last day, as of which breaks are told.</param>
/// <param name="Flowed">Links and operations that were counted.</param>
/// <param name="Interactions">In the order of the content.</param>
/// <param name="Breaks">Rules that do not hold.</param>
/// <param name="Operations">How often each operation ran in the period, and when last.</param>
public sealed record FlowPicture(
    DateOnly From,
    DateOnly To,
    int Flowed,
    IReadOnlyList<InteractionView> Interactions,
    IReadOnlyList<BreakView> Breaks,
    IReadOnlyList<ProofView> Operations
);
