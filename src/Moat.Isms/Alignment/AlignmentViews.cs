using Moat.Isms.Risks;

namespace Moat.Isms.Alignment;

/// <summary>A record and the business objectives that it serves.</summary>
/// <param name="Ref">The record.</param>
/// <param name="Process">Its process.</param>
/// <param name="Title">Its name.</param>
/// <param name="Owner">Who answers for it.</param>
/// <param name="Serves">References of business objectives; none when it is untied.</param>
/// <param name="Via">The record through which it serves them; null when somebody tied it directly.</param>
public sealed record AlignedRecord(
    string Ref,
    string Process,
    string Title,
    string? Owner,
    IReadOnlyList<string> Serves,
    string? Via
)
{
    /// <summary>Whether it serves a business objective.</summary>
    public bool IsTied => Serves.Count > 0;
}

/// <summary>Records of one kind, the untied first.</summary>
public sealed record AlignedGroup(string Name, int All, int Tied, IReadOnlyList<AlignedRecord> Records);

/// <summary>What people of a department own and do in the ISMS.</summary>
/// <param name="Department">Its name.</param>
/// <param name="People">Those who work there.</param>
/// <param name="Assets">Assets that they own.</param>
/// <param name="Risks">Risks that they own.</param>
/// <param name="Controls">Applicable controls that they own.</param>
/// <param name="Objectives">Security and business objectives that they own.</param>
/// <param name="Documents">Documents that they own.</param>
/// <param name="Suppliers">Suppliers and outsourced processes that they answer for.</param>
/// <param name="Roles">Roles of the ISMS that they hold, and with them processes.</param>
/// <param name="Improvement">Nonconformities, corrective actions, improvements and planned changes that they
/// own.</param>
/// <param name="Acknowledged">Documents that they confirmed.</param>
/// <param name="AskedToAcknowledge">Documents that they were asked to confirm.</param>
/// <param name="CoursesPassed">Courses that they passed.</param>
/// <param name="CoursesAsked">Courses that they were asked to pass.</param>
/// <param name="Reports">Events that they reported.</param>
public sealed record DepartmentRow(
    string Department,
    int People,
    int Assets,
    int Risks,
    int Controls,
    int Objectives,
    int Documents,
    int Suppliers,
    int Roles,
    int Improvement,
    int Acknowledged,
    int AskedToAcknowledge,
    int CoursesPassed,
    int CoursesAsked,
    int Reports
)
{
    /// <summary>Everything that they answer for.</summary>
    public int Owned => Assets + Risks + Controls + Objectives + Documents + Suppliers + Roles + Improvement;
}

/// <summary>Who takes part, department by department.</summary>
/// <param name="Rows">The departments, the one that owns most first.</param>
/// <param name="Unowned">Records that nobody answers for.</param>
/// <param name="LargestShare">How much of what is owned sits in the first department, in per cent.</param>
/// <param name="IsSilo">Whether that is too much.</param>
/// <param name="Sentence">The same in words.</param>
public sealed record ParticipationView(
    IReadOnlyList<DepartmentRow> Rows,
    int Unowned,
    int LargestShare,
    bool IsSilo,
    string Sentence
);

/// <summary>How the ISMS serves the business.</summary>
/// <param name="Business">The business objectives with their ties.</param>
/// <param name="Groups">Objectives, crown jewels, top risks and controls.</param>
/// <param name="Elsewhere">Controls that treat no risk of a crown jewel.</param>
/// <param name="Weak">Crown jewels whose protection is weak.</param>
/// <param name="Participation">Who takes part.</param>
/// <param name="Sentence">What it comes down to.</param>
public sealed record AlignmentView(
    IReadOnlyList<BusinessObjectiveView> Business,
    IReadOnlyList<AlignedGroup> Groups,
    IReadOnlyList<AlignedRecord> Elsewhere,
    IReadOnlyList<CrownJewel> Weak,
    ParticipationView Participation,
    string Sentence
);
