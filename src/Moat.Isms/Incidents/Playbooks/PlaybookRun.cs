using Moat.Isms.Kernel;

namespace Moat.Isms.Incidents.Playbooks;

/// <summary>
/// A playbook that runs: for an incident, or as a table-top exercise, which is never an incident (A.5.24, A.5.26).
/// </summary>
[RecordKind("RUN", "playbook-runs", Page = "incidents/runs/{ref}", Column = ThreadColumn.Incidents)]
public sealed class PlaybookRun : Referenced
{
    /// <summary>The playbook's id in the content.</summary>
    public required string PlaybookId { get; init; }

    /// <summary>What it is called.</summary>
    public required string Title { get; init; }

    /// <summary>Whether it is an exercise.</summary>
    public required bool Exercise { get; init; }

    /// <summary>The incident that it answers; null for an exercise.</summary>
    public Guid? IncidentId { get; init; }

    /// <summary>When it started; the minutes of its steps count from here.</summary>
    public required DateTime StartedAt { get; init; }

    /// <summary>Who leads it.</summary>
    public Guid? LeadId { get; init; }

    /// <summary>When it ended.</summary>
    public DateTime? EndedAt { get; private set; }

    /// <summary>How it ended, and for an exercise what was found out.</summary>
    public string? Result { get; private set; }

    /// <summary>The evidence that keeps what was done.</summary>
    public Guid? MinutesId { get; set; }

    /// <inheritdoc />
    public override string Caption => Exercise ? $"Exercise: {Title}" : Title;

    /// <summary>Throws unless it still runs.</summary>
    public void NeedsRunning()
    {
        if (EndedAt is not null)
            throw new RuleBroken("playbook-runs.running", $"{Ref} has ended.");
    }

    /// <summary>Ends it.</summary>
    public void End(string result, DateTime at)
    {
        NeedsRunning();
        (EndedAt, Result) = (at, result);
    }

    /// <summary>An exercise that was broken off tests nothing, and says so where its result is read.</summary>
    public void ShowsNothing() =>
        Result =
            $"{Result}\n\nToo few steps were done for a test: no evidence was kept, and no control counts as exercised.";
}

/// <summary>What kind of thing a run asks for.</summary>
public enum RunItemKind
{
    /// <summary>A step.</summary>
    Step,

    /// <summary>Something to keep as evidence.</summary>
    Preserve,

    /// <summary>A way to stop the harm.</summary>
    Containment,
}

/// <summary>Where a thing of a run stands.</summary>
public enum RunItemState
{
    /// <summary>To do, or not chosen.</summary>
    Open,

    /// <summary>Done, kept or chosen.</summary>
    Done,

    /// <summary>Not needed; the reason is kept.</summary>
    Skipped,

    /// <summary>A containment that was taken back.</summary>
    Undone,
}

/// <summary>
/// A step, a thing to preserve or a way to contain, as it stood in the playbook when the run started.
/// </summary>
public sealed class RunItem : Record
{
    /// <summary>The run.</summary>
    public required Guid RunId { get; init; }

    /// <summary>Step, preserve or containment.</summary>
    public required RunItemKind Kind { get; init; }

    /// <summary>Its place among its kind, from 1.</summary>
    public required int Position { get; init; }

    /// <summary>Its id within the playbook.</summary>
    public required string Key { get; init; }

    /// <summary>What it is.</summary>
    public required string Title { get; init; }

    /// <summary>triage, contain, eradicate, recover or review; empty unless it is a step.</summary>
    public string Phase { get; init; } = "";

    /// <summary>The role that does it; empty unless it is a step.</summary>
    public string Role { get; init; } = "";

    /// <summary>By when it should be done.</summary>
    public DateTime? DueAt { get; init; }

    /// <summary>Open, done, skipped or undone.</summary>
    public RunItemState State { get; private set; }

    /// <summary>Who did or decided it.</summary>
    public string? By { get; private set; }

    /// <summary>When.</summary>
    public DateTime? At { get; private set; }

    /// <summary>What was captured, or why it was chosen or skipped.</summary>
    public string? Text { get; private set; }

    /// <summary>The answer that was decided for.</summary>
    public string? Choice { get; private set; }

    /// <summary>The evidence that was kept.</summary>
    public Guid? EvidenceId { get; private set; }

    /// <summary>Whether it is an open step whose time is over.</summary>
    public bool IsLate(DateTime now) => Kind == RunItemKind.Step && State == RunItemState.Open && DueAt < now;

    /// <summary>It was done, kept or chosen.</summary>
    public void Do(string? text, string? choice, Guid? evidence, string by, DateTime at)
    {
        if (State == RunItemState.Done)
            throw new RuleBroken(
                "playbook-runs.do.once",
                $"\"{Title}\" is done since {At:HH:mm} UTC. Note in the timeline what is new."
            );
        (State, Text, Choice, EvidenceId, By, At) = (RunItemState.Done, text, choice, evidence, by, at);
    }

    /// <summary>It is not needed.</summary>
    public void Skip(string because, string by, DateTime at)
    {
        if (State != RunItemState.Open)
            return;
        (State, Text, By, At) = (RunItemState.Skipped, because, by, at);
    }

    /// <summary>A containment is taken back.</summary>
    public void Undo(string because, string by, DateTime at)
    {
        if (State != RunItemState.Done)
            throw new RuleBroken("playbook-runs.undo.chosen", $"\"{Title}\" was not chosen.");
        (State, Text, By, At) = (RunItemState.Undone, because, by, at);
    }
}
