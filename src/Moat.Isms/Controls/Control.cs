using Moat.Isms.Kernel;

namespace Moat.Isms.Controls;

/// <summary>Whether a control is needed here.</summary>
public enum Applicability
{
    /// <summary>Nobody decided yet.</summary>
    Undecided,

    /// <summary>Needed.</summary>
    Applicable,

    /// <summary>Left out, with a reason.</summary>
    Excluded,
}

/// <summary>How far a control is in place, whatever its applicability.</summary>
public enum Implementation
{
    /// <summary>Nobody said.</summary>
    Unknown,

    /// <summary>Nothing yet.</summary>
    NotStarted,

    /// <summary>Decided, with an owner.</summary>
    Planned,

    /// <summary>Partly in place.</summary>
    Partial,

    /// <summary>In place.</summary>
    Implemented,
}

/// <summary>A necessary or excluded control: one row of the Statement of Applicability (clause 6.1.3 d).</summary>
[RecordKind("CTL", "controls", Page = "controls/{code}", Column = ThreadColumn.RisksAndControls)]
public sealed class Control : Proposable
{
    /// <summary>Its code: A.5.1 to A.8.34, or one of the company's own.</summary>
    public required string Code { get; init; }

    /// <summary>Its short title.</summary>
    public required string Title { get; set; }

    /// <summary>Position in the Statement of Applicability.</summary>
    public required int Order { get; init; }

    /// <summary>Needed or not.</summary>
    public Applicability Applicability { get; set; }

    /// <summary>Where the need comes from: risk, law, contract, good-practice.</summary>
    public List<string> ReasonKinds { get; set; } = [];

    /// <summary>Why it is included or excluded, in a sentence or two.</summary>
    public string? Justification { get; set; }

    /// <summary>How far it is in place.</summary>
    public Implementation Implementation { get; internal set; }

    /// <summary>
    /// Since when it is claimed to be in place; null where it is not, or was claimed before this was kept.
    /// </summary>
    [AddedLater("null")]
    public DateTime? ClaimedSince { get; private set; }

    /// <summary>How it is done here.</summary>
    public string? HowDone { get; set; }

    /// <summary>Who answers for it.</summary>
    public Guid? OwnerId { get; set; }

    /// <summary>
    /// The signed-in person who last said how it is done and how far it is in place; null while only a program did.
    /// </summary>
    [AddedLater("null")]
    public Guid? AnsweredById { get; private set; }

    /// <summary>Why it needs no change, after somebody looked whether it does.</summary>
    [AddedLater("null")]
    public string? Evaluation { get; private set; }

    /// <summary>When somebody last looked and found nothing to change.</summary>
    [AddedLater("null")]
    public DateOnly? EvaluatedOn { get; private set; }

    /// <summary>Who did.</summary>
    [AddedLater("null")]
    public string? EvaluatedBy { get; private set; }

    /// <summary>Says how far it is in place, as of a moment.</summary>
    private void Stand(Implementation implementation, DateTime at)
    {
        ClaimedSince =
            implementation != Implementation.Implemented ? null
            : Implementation == Implementation.Implemented ? ClaimedSince
            : at;
        Implementation = implementation;
    }

    /// <summary>Keeps a person's look that found nothing to change (10.1).</summary>
    public void Evaluate(string because, Caller by, DateOnly on)
    {
        if (by.PersonId is null)
            throw new RuleBroken(
                "controls.evaluate.person",
                $"Whether {Code} still fits is judged by a signed-in person; a program cannot say it."
            );
        (Evaluation, EvaluatedOn, EvaluatedBy) = (because, on, by.Name);
    }

    /// <inheritdoc />
    public override string Caption => $"{Code} {Title}";

    /// <summary>Says how far it is in place and how it is done. What a program says is answered by nobody.</summary>
    public void Answer(Implementation? implementation, string? howDone, Guid? person, DateTime at)
    {
        if (implementation is null && howDone is null)
            return;
        if (implementation is { } state)
            Stand(state, at);
        (HowDone, AnsweredById) = (howDone ?? HowDone, person);
    }
}
