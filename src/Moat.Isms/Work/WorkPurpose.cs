using Moat.Isms.Kernel;

namespace Moat.Isms.Work;

/// <summary>What tasks of a kind are for, and how they are treated.</summary>
/// <param name="Word">What a task keeps as its purpose. The same purpose on the same record is one task.</param>
public sealed record WorkPurpose(string Word)
{
    /// <summary>The word of tasks that are a step of a plan or a list.</summary>
    public const string Action = "action";

    /// <summary>A person closes such a task, because no record says that it is done.</summary>
    public bool ByHand { get; init; }

    /// <summary>
    /// Never done by a deputy: what one reads, learns and shows oneself, decisions that the standard or the company
    /// lays on a named person, such as accepting a risk (6.1.3 f), and what somebody was chosen for because of who they
    /// are not, such as holding an audit (9.2.2 c).
    /// </summary>
    public bool Personal { get; init; }

    /// <summary>The record of such a task stands on the same day in the calendar itself.</summary>
    public bool OnCalendarItself { get; init; }

    /// <summary>Purposes only begin with the word; the rest names whom or what a task is about.</summary>
    public bool IsBeginning { get; init; }

    internal bool Covers(string purpose) =>
        IsBeginning ? purpose.StartsWith(Word, StringComparison.Ordinal) : purpose == Word;
}

/// <summary>What the tasks of one process are for; kept in its folder. Has a constructor without parameters.</summary>
[HandedIn]
public interface IWorkPurposes
{
    /// <summary>
    /// The purposes that are treated in a way of their own; all others close by their record and go to a deputy.
    /// </summary>
    IReadOnlyList<WorkPurpose> Purposes { get; }
}

/// <summary>How tasks are treated by what they are for, gathered from the processes.</summary>
public sealed class WorkPurposes(IEnumerable<IWorkPurposes> declared)
{
    private readonly IReadOnlyList<WorkPurpose> _all = [.. declared.SelectMany(d => d.Purposes)];

    /// <summary>The words of purposes whose record stands in the calendar itself.</summary>
    public IReadOnlyList<string> OnCalendarThemselves => [.. _all.Where(p => p.OnCalendarItself).Select(p => p.Word)];

    /// <summary>Whether a person closes tasks of this purpose.</summary>
    public bool IsByHand(string purpose) => _all.Any(p => p.ByHand && p.Covers(purpose));

    /// <summary>Whether tasks of this purpose stay with their person whoever is away.</summary>
    public bool IsPersonal(string purpose) => _all.Any(p => p.Personal && p.Covers(purpose));
}
