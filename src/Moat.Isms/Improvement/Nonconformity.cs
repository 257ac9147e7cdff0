using Moat.Isms.Kernel;

namespace Moat.Isms.Improvement;

/// <summary>Where a nonconformity was seen.</summary>
public enum NonconformityOrigin
{
    /// <summary>An internal or certification audit.</summary>
    Audit,

    /// <summary>A check that fails.</summary>
    Check,

    /// <summary>An incident or an exercise.</summary>
    Incident,

    /// <summary>A review by management or by an owner.</summary>
    Review,

    /// <summary>Somebody who saw it at work.</summary>
    Person,

    /// <summary>A supplier, or something that a supplier did.</summary>
    Supplier,
}

/// <summary>How much a nonconformity weighs.</summary>
public enum NonconformityGrade
{
    /// <summary>A lapse: the arrangement is right and was not followed once or in part.</summary>
    Minor,

    /// <summary>A requirement is not met at all, or so many lapses that the result cannot be trusted.</summary>
    Major,
}

/// <summary>Where a nonconformity stands.</summary>
public enum NonconformityState
{
    /// <summary>Raised; its cause is not known yet.</summary>
    Raised,

    /// <summary>The cause is known; nothing is planned against it.</summary>
    Analysed,

    /// <summary>Actions against the cause are under way.</summary>
    Acting,

    /// <summary>The actions are done; somebody else still has to see that they work.</summary>
    Verifying,

    /// <summary>The actions work, or none was needed for a named reason.</summary>
    Closed,
}

/// <summary>
/// What happens to a nonconformity is kept here in the words of clause 10.2: correction, cause, elsewhere, action,
/// effect.
/// </summary>
[RecordKind(
    "NC",
    "nonconformities",
    Page = "nonconformities/{ref}",
    Shows = "10.2",
    Column = ThreadColumn.LessonsAndActions
)]
public sealed class Nonconformity : Referenced
{
    /// <summary>What is not as it must be, in a line.</summary>
    public required string Title { get; set; }

    /// <summary>What was seen, where and when.</summary>
    public required string Description { get; set; }

    /// <summary>Where it was seen.</summary>
    public required NonconformityOrigin Origin { get; init; }

    /// <summary>Minor or major.</summary>
    public required NonconformityGrade Grade { get; set; }

    /// <summary>The requirement that is not met: a clause, a control or an own rule.</summary>
    public string? Requirement { get; set; }

    /// <summary>Who sees it through.</summary>
    public Guid? OwnerId { get; set; }

    /// <summary>The record it came from.</summary>
    public string? SourceRef { get; init; }

    /// <summary>What makes it the same again when it recurs.</summary>
    public required string SameWhen { get; init; }

    /// <summary>The day it was raised.</summary>
    public required DateOnly RaisedOn { get; init; }

    /// <summary>Where it stands.</summary>
    public NonconformityState State { get; private set; }

    /// <summary>Counts how often the work began anew: after a recurrence, or because an action had no effect.</summary>
    public int Round { get; private set; } = 1;

    /// <summary>Each time it was seen again, with the day.</summary>
    public List<string> Recurrences { get; private set; } = [];

    /// <summary>What was done at once.</summary>
    public string? Correction { get; private set; }

    /// <summary>The day of the correction.</summary>
    public DateOnly? CorrectedOn { get; private set; }

    /// <summary>Who corrected it.</summary>
    public string? CorrectedBy { get; private set; }

    /// <summary>Answers to "why?", each to the one before.</summary>
    public List<string> Whys { get; private set; } = [];

    /// <summary>The cause that the actions are to remove.</summary>
    public string? Cause { get; private set; }

    /// <summary>Where else it could be, and was looked for.</summary>
    public string? LookedElsewhere { get; private set; }

    /// <summary>What was found there.</summary>
    public string? FoundElsewhere { get; private set; }

    /// <summary>The day the cause was found.</summary>
    public DateOnly? AnalysedOn { get; private set; }

    /// <summary>Who found it.</summary>
    public string? AnalysedBy { get; private set; }

    /// <summary>The day it was closed.</summary>
    public DateOnly? ClosedOn { get; private set; }

    /// <summary>Who closed it.</summary>
    public string? ClosedBy { get; private set; }

    /// <summary>Why it could be closed.</summary>
    public string? ClosingNote { get; private set; }

    /// <inheritdoc />
    public override string Caption => Title;

    /// <inheritdoc />
    protected internal override string SearchWords => $"{Title} {Requirement} {SourceRef}";

    /// <summary>Keeps what was done at once (10.2 a).</summary>
    public void Correct(string what, DateOnly on, string by)
    {
        MustBeOpen("correct");
        (Correction, CorrectedOn, CorrectedBy) = (what, on, by);
    }

    /// <summary>Keeps the cause and where else was looked (10.2 b).</summary>
    public void Analyse(NonconformityAnalysis found, DateOnly on, string by)
    {
        MustBeOpen("analyse");
        (Whys, Cause, LookedElsewhere, FoundElsewhere) = (
            [.. found.Whys],
            found.Cause,
            found.LookedElsewhere,
            found.FoundElsewhere
        );
        (AnalysedOn, AnalysedBy) = (on, by);
        if (State == NonconformityState.Raised)
            State = NonconformityState.Analysed;
    }

    /// <summary>Takes its state from the actions of this round; the last effect that is verified closes it.</summary>
    public void Follow(IReadOnlyCollection<CorrectiveAction> actions, DateOnly on, string by)
    {
        var mine = actions.Where(a => a.Round == Round && a.State != ActionState.Dropped).ToList();
        if (mine.FirstOrDefault(a => a.State == ActionState.Ineffective) is { } failed)
        {
            BeginAgain($"{failed.Ref} had no effect: {failed.Verification}", on);
            return;
        }
        if (State == NonconformityState.Raised || mine.Count == 0)
            return;
        State = mine.Any(a => a.State == ActionState.Planned)
            ? NonconformityState.Acting
            : NonconformityState.Verifying;
        if (mine.All(a => a.State == ActionState.Effective))
            Close("Every action was seen to work.", on, by);
    }

    /// <summary>Closes it. What was done at once is part of every end (10.2 a).</summary>
    public void Close(string note, DateOnly on, string by)
    {
        MustBeOpen("close");
        MustBeCorrected();
        (State, ClosedOn, ClosedBy, ClosingNote) = (NonconformityState.Closed, on, by, note);
    }

    /// <summary>Throws unless somebody said what was done at once.</summary>
    public void MustBeCorrected()
    {
        if (Correction is null)
            throw new RuleBroken(
                "nonconformities.close.corrected",
                $"Say first what was done at once about {Ref}. It closes with the last effect that is seen, and not without its correction."
            );
    }

    /// <summary>It was seen again: a closed one opens, and its cause has to be found anew.</summary>
    public void Recur(string note, DateOnly on)
    {
        if (State == NonconformityState.Closed)
            BeginAgain(note, on);
        else
            Recurrences = [.. Recurrences, Dated(note, on)];
    }

    private void BeginAgain(string note, DateOnly on)
    {
        Recurrences = [.. Recurrences, Dated(note, on)];
        Round++;
        State = NonconformityState.Raised;
        (ClosedOn, ClosedBy, ClosingNote, AnalysedOn, AnalysedBy) = (null, null, null, null, null);
    }

    private void MustBeOpen(string verb)
    {
        if (State == NonconformityState.Closed)
            throw new RuleBroken($"nonconformities.{verb}.open", $"{Ref} is closed. Reopen it if it recurred.");
    }

    private static string Dated(string note, DateOnly on) =>
        FormattableString.Invariant($"{on:yyyy-MM-dd}: {note}").Cut(1000);
}

/// <summary>The cause of a nonconformity, and where else it was looked for.</summary>
public sealed record NonconformityAnalysis(
    IReadOnlyList<string> Whys,
    string Cause,
    string LookedElsewhere,
    string FoundElsewhere
);
