using Moat.Isms.Kernel;

namespace Moat.Isms.Improvement;

/// <summary>What became of a lesson.</summary>
public enum LessonEnd
{
    /// <summary>Nobody decided yet.</summary>
    Open,

    /// <summary>A corrective action.</summary>
    Action,

    /// <summary>An improvement.</summary>
    Improvement,

    /// <summary>A planned change of the ISMS.</summary>
    Change,

    /// <summary>Nothing, for a named reason.</summary>
    Nothing,
}

/// <summary>
/// What an incident, an exercise, an audit or a review taught. It has to end in something, or in a reason for nothing.
/// </summary>
[RecordKind("LES", "lessons", Page = "lessons/{ref}", Shows = "10.1/2", Column = ThreadColumn.LessonsAndActions)]
public sealed class Lesson : Referenced
{
    /// <summary>The lesson in a line.</summary>
    public required string Title { get; set; }

    /// <summary>What happened, and what follows from it.</summary>
    public required string Text { get; set; }

    /// <summary>The record that taught it.</summary>
    public required string SourceRef { get; init; }

    /// <summary>Who decides what becomes of it.</summary>
    public Guid? OwnerId { get; set; }

    /// <summary>The day it was learned.</summary>
    public required DateOnly LearnedOn { get; init; }

    /// <summary>What became of it.</summary>
    public LessonEnd End { get; private set; }

    /// <summary>The record it became; null when nothing.</summary>
    public string? BecameRef { get; private set; }

    /// <summary>Why nothing follows.</summary>
    public string? Reason { get; private set; }

    /// <summary>Who decided.</summary>
    public string? DecidedBy { get; private set; }

    /// <summary>When.</summary>
    public DateOnly? DecidedOn { get; private set; }

    /// <inheritdoc />
    public override string Caption => Title;

    /// <inheritdoc />
    protected internal override string SearchWords => $"{Title} {SourceRef}";

    /// <summary>It became a record. A lesson may lead to several; the first one ends it.</summary>
    public void Become(LessonEnd end, Referenced record, DateOnly on, string by)
    {
        if (BecameRef is not null)
            return;
        (End, BecameRef, Reason, DecidedOn, DecidedBy) = (end, record.Ref, null, on, by);
    }

    /// <summary>Nothing follows from it.</summary>
    public void Dismiss(string reason, DateOnly on, string by)
    {
        if (BecameRef is not null)
            throw new RuleBroken("lessons.dismiss.open", $"{Ref} already became {BecameRef}.");
        (End, Reason, DecidedOn, DecidedBy) = (LessonEnd.Nothing, reason, on, by);
    }
}
