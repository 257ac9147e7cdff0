using System.ComponentModel.DataAnnotations;
using Moat.Isms.Kernel;
using Moat.Knowledge.Playbooks;

namespace Moat.Isms.Incidents.Playbooks;

/// <summary>A run to start.</summary>
public sealed record StartRun
{
    /// <summary>The playbook's id, such as weight-theft.</summary>
    [MaxLength(80)]
    public required string Playbook { get; init; }

    /// <summary>The incident that it answers, such as INC-2; left out for a table-top exercise.</summary>
    [MaxLength(80)]
    public string? Incident { get; init; }

    /// <summary>Who leads, such as PER-2; whoever leads the incident when left out.</summary>
    [MaxLength(80)]
    public string? Lead { get; init; }

    /// <summary>When it started; now when left out, UTC where no zone is given.</summary>
    public DateTime? At { get; init; }
}

/// <summary>Something of a run that was done.</summary>
public abstract record RunChange : OneRecord
{
    /// <summary>When; now when left out, UTC where no zone is given.</summary>
    public DateTime? At { get; init; }

    /// <summary>
    /// Who did it, where it was somebody else than whoever enters it: a person by name or reference. Anybody else is
    /// kept as told by you.
    /// </summary>
    [MaxLength(200)]
    public string? By { get; init; }
}

/// <summary>A step that was done.</summary>
public sealed record DoStep : RunChange
{
    /// <summary>The step's id.</summary>
    [MaxLength(80)]
    public required string Step { get; init; }

    /// <summary>What was captured.</summary>
    [MaxLength(4000)]
    public string? Text { get; init; }

    /// <summary>What was decided, where the step asks: the id of the answer.</summary>
    [MaxLength(80)]
    public string? Choice { get; init; }

    /// <summary>A file to keep as evidence.</summary>
    public GivenFile? File { get; init; }
}

/// <summary>A step that is not needed.</summary>
public sealed record SkipStep : OneRecord
{
    /// <summary>The step's id.</summary>
    [MaxLength(80)]
    public required string Step { get; init; }

    /// <summary>Why.</summary>
    [MinLength(5), MaxLength(2000)]
    public required string Reason { get; init; }
}

/// <summary>A way to stop the harm that is taken or taken back.</summary>
public sealed record ChooseContainment : RunChange
{
    /// <summary>The option's id.</summary>
    [MaxLength(80)]
    public required string Option { get; init; }

    /// <summary>Why its price is paid, or why it is taken back.</summary>
    [MinLength(5), MaxLength(2000)]
    public required string Reason { get; init; }

    /// <summary>Whether it is taken back.</summary>
    public bool Undo { get; init; }
}

/// <summary>Something that was kept.</summary>
public sealed record PreserveItem : RunChange
{
    /// <summary>Its place in the list of what to preserve, from 1.</summary>
    [Range(1, 100)]
    public required int Item { get; init; }

    /// <summary>Where it is and how it was taken, or why there is nothing to keep.</summary>
    [MinLength(3), MaxLength(2000)]
    public required string Text { get; init; }

    /// <summary>Whether there is nothing to keep.</summary>
    public bool Nothing { get; init; }

    /// <summary>The file itself, where it is small enough.</summary>
    public GivenFile? File { get; init; }
}

/// <summary>The end of a run.</summary>
public sealed record FinishPlaybookRun : ChangeRecord
{
    /// <summary>
    /// How it ended; for an exercise what was found out: what worked, what did not, how long it took.
    /// </summary>
    [MinLength(10), MaxLength(8000)]
    public required string Result { get; init; }

    /// <summary>Why steps that are neither done nor skipped are left out; needed when there are any.</summary>
    [MinLength(10), MaxLength(2000)]
    public string? LeftOutBecause { get; init; }

    /// <summary>What is learned from it: each becomes a lesson.</summary>
    [MaxLength(10)]
    public List<string> Lessons { get; init; } = [];

    /// <summary>Who follows the lessons up, such as PER-2.</summary>
    [MaxLength(80)]
    public string? Owner { get; init; }
}

/// <summary>Which runs to list.</summary>
public sealed record ListRuns : ListInput
{
    /// <summary>Only exercises, or only runs for incidents.</summary>
    public bool? Exercise { get; init; }
}

/// <summary>
/// A step, a thing to preserve or a way to contain in a run: what it asks for, of whom and by when, and what was done.
/// </summary>
public sealed record RunItemView
{
    /// <summary>step, preserve (something to keep as evidence) or containment (a way to stop the harm).</summary>
    public required RunItemKind Kind { get; init; }

    /// <summary>Its place among its kind, from 1.</summary>
    public required int Position { get; init; }

    /// <summary>Its id within the playbook, such as read-lock; of a thing to preserve its place as a number.</summary>
    public required string Key { get; init; }

    /// <summary>What is to be done, kept or chosen, in a few words.</summary>
    public required string Title { get; init; }

    /// <summary>triage, contain, eradicate, recover or review; empty unless it is a step.</summary>
    public required string Phase { get; init; }

    /// <summary>The title of the role that does it, such as Incident lead; empty unless it is a step.</summary>
    public required string Role { get; init; }

    /// <summary>
    /// Who stands for the role: whoever has the part in this response, or else holds the role; none while nobody does.
    /// </summary>
    public required string? Who { get; init; }

    /// <summary>By when it should be done, in UTC; none unless it is a step.</summary>
    public required DateTime? DueAt { get; init; }

    /// <summary>Whether it is an open step whose time is over.</summary>
    public required bool Late { get; init; }

    /// <summary>open, done, skipped (not needed) or undone (a containment that was taken back).</summary>
    public required RunItemState State { get; init; }

    /// <summary>Who did it, skipped it or took it back; none while it is open.</summary>
    public required string? By { get; init; }

    /// <summary>When it was done, skipped or taken back, in UTC; none while it is open.</summary>
    public required DateTime? At { get; init; }

    /// <summary>
    /// What was captured, or why it was chosen, skipped or taken back; none while nobody wrote anything.
    /// </summary>
    public required string? Text { get; init; }

    /// <summary>The id of the answer that was decided for, such as insider; none where nothing was decided.</summary>
    public required string? Choice { get; init; }

    /// <summary>The evidence that keeps its file, such as EVD-7; none where no file was kept.</summary>
    public required string? EvidenceRef { get; init; }

    /// <summary>
    /// How the step is done, or how the thing is taken so that it counts, as the playbook says today; none for a
    /// containment.
    /// </summary>
    public required string? Do { get; init; }

    /// <summary>What has to be at hand for the step; empty where nothing has to be.</summary>
    public required IReadOnlyList<string> Inputs { get; init; }

    /// <summary>What has to be written down or kept when the step is done; none unless it is a step.</summary>
    public required string? Capture { get; init; }

    /// <summary>What the containment costs the company and its customers; none unless it is one.</summary>
    public required string? Cost { get; init; }

    /// <summary>How the containment is taken back; none unless it is one.</summary>
    public required string? Undo { get; init; }

    /// <summary>The question that the step decides, with its answers; none where it decides nothing.</summary>
    public required DecisionHint? Decide { get; init; }
}

/// <summary>
/// A run with everything in it; of an exercise that runs, the news that have come in, and after how many minutes the
/// next will.
/// </summary>
public sealed record RunView(
    PlaybookRunRow Row,
    string? Lead,
    string? IncidentTitle,
    string? Result,
    ExerciseHint? Exercise,
    int? NextNewsAfter,
    IReadOnlyList<RunItemView> Items
);
