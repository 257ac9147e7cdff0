using Moat.Isms.Evidence.Grades;

namespace Moat.Isms.Evidence.Counting;

/// <summary>One look at a control at work.</summary>
/// <param name="Ref">The evidence or the record of Moat's own.</param>
/// <param name="Title">What it shows.</param>
/// <param name="Grade">How much it can show.</param>
/// <param name="On">The last day that it observes.</param>
/// <param name="EnteredAt">When it was entered: what is entered in one sitting covers one point.</param>
/// <param name="Until">The last day on which whoever gave it lets it count; null where nobody limited it.</param>
/// <param name="Claims">How many controls it claims to show.</param>
/// <param name="Lacking">What keeps it from counting, whatever its grade.</param>
public sealed record Observation(
    string Ref,
    string Title,
    EvidenceGrade Grade,
    DateOnly On,
    DateTime EnteredAt,
    DateOnly? Until = null,
    int Claims = 1,
    string? Lacking = null
)
{
    /// <summary>Whether it can make anything count at all.</summary>
    public bool IsEvidence => Grade > EvidenceGrade.Note && Lacking is null;
}

/// <summary>Since when checks see something pass without a long gap.</summary>
/// <param name="Since">The first day of that stretch.</param>
/// <param name="Passing">Resources that pass now and were told of recently.</param>
/// <param name="Checks">The checks, by title.</param>
public sealed record WatchedStretch(DateOnly Since, int Passing, IReadOnlyList<string> Checks);
