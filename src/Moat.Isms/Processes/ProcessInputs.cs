using System.ComponentModel.DataAnnotations;
using Moat.Isms.Kernel.Requirements;
using Moat.Isms.Processes.Flow;

namespace Moat.Isms.Processes;

/// <summary>The period that a map is drawn for.</summary>
public sealed record ChoosePeriod
{
    /// <summary>First day; a year before the last when left out.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last day, as of which breaks are told; today when left out.</summary>
    public DateOnly? To { get; init; }
}

/// <summary>Names a process of the ISMS and a period.</summary>
public sealed record OneProcess
{
    /// <summary>The process, such as risk-assessment.</summary>
    [MaxLength(80)]
    public required string Ref { get; init; }

    /// <summary>First day; a year before the last when left out.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last day; today when left out.</summary>
    public DateOnly? To { get; init; }
}

/// <summary>A process on the map.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">Its title.</param>
/// <param name="Label">Its title where a line is short.</param>
/// <param name="Clause">The clause or control it answers.</param>
/// <param name="Page">The page where it is run, below the organisation.</param>
/// <param name="OwnerRole">The role that owns it.</param>
/// <param name="Owner">Who holds the role; null while nobody.</param>
/// <param name="LastActivity">When it last changed something.</param>
/// <param name="NextDue">When the next of its open tasks is due.</param>
/// <param name="OpenTasks">How many of its tasks are open.</param>
/// <param name="OverdueTasks">How many of them are overdue.</param>
/// <param name="Doi">Readiness of its clause; null for a day in the past, or a control that does not apply.</param>
/// <param name="Broken">How many of its interactions, in or out, are broken.</param>
public sealed record ProcessNode(
    string Id,
    string Title,
    string Label,
    string Clause,
    string Page,
    string OwnerRole,
    string? Owner,
    DateTime? LastActivity,
    DateOnly? NextDue,
    int OpenTasks,
    int OverdueTasks,
    Doi? Doi,
    int Broken
);

/// <summary>The processes and what flowed between them.</summary>
/// <param name="From">First day of the period.</param>
/// <param name="To">Last day.</param>
/// <param name="Began">The first day of the organisation's journal.</param>
/// <param name="Flowed">Links between records and operations that were counted.</param>
/// <param name="Alive">Interactions in which something flowed.</param>
/// <param name="Quiet">Interactions in which nothing was due.</param>
/// <param name="Broken">Interactions in which something should have flowed.</param>
/// <param name="Nodes">The processes.</param>
/// <param name="Interactions">What flows between them.</param>
/// <param name="Breaks">What is broken, with the next step.</param>
public sealed record ProcessMapView(
    DateOnly From,
    DateOnly To,
    DateOnly Began,
    int Flowed,
    int Alive,
    int Quiet,
    int Broken,
    IReadOnlyList<ProcessNode> Nodes,
    IReadOnlyList<InteractionView> Interactions,
    IReadOnlyList<BreakView> Breaks
);

/// <summary>Something that flowed.</summary>
/// <param name="From">The process it came from.</param>
/// <param name="To">The process that received it.</param>
/// <param name="At">When.</param>
/// <param name="By">Who did it.</param>
/// <param name="What">The operation, or what the link means.</param>
/// <param name="Refs">The records.</param>
public sealed record FlowedRecord(
    string From,
    string To,
    DateTime At,
    string By,
    string What,
    IReadOnlyList<string> Refs
);

/// <summary>A process with what flows in and out.</summary>
public sealed record ProcessView(
    ProcessNode Process,
    DateOnly From,
    DateOnly To,
    string Cadence,
    IReadOnlyList<string> Inputs,
    IReadOnlyList<string> Outputs,
    IReadOnlyList<string> Measures,
    string Text,
    IReadOnlyList<InteractionView> In,
    IReadOnlyList<InteractionView> Out,
    IReadOnlyList<BreakView> Breaks,
    IReadOnlyList<FlowedRecord> Last
);
