namespace Moat.Isms.Kernel;

/// <summary>
/// In which column of a drawn thread records of a kind stand. A column for each register would make a long thread wider
/// than any screen; the reference says which register it is.
/// </summary>
public enum ThreadColumn
{
    /// <summary>What is to be done, and whatever has no column of its own.</summary>
    Work,

    /// <summary>What happened or was noticed.</summary>
    Incidents,

    /// <summary>What is at stake, and what protects it.</summary>
    RisksAndControls,

    /// <summary>What was learned and is done about it.</summary>
    LessonsAndActions,

    /// <summary>What is written down, and who has to know it.</summary>
    DocumentsAndPeople,

    /// <summary>What shows it, and who looked.</summary>
    EvidenceAndAudits,
}
