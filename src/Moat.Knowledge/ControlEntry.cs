namespace Moat.Knowledge;

/// <summary>A control of Annex A of ISO/IEC 27001:2022, explained for AI companies.</summary>
public sealed class ControlEntry : Entry
{
    /// <summary>organizational, people, physical or technological.</summary>
    public required string Theme { get; init; }

    /// <summary>preventive, detective, corrective.</summary>
    public required List<string> Types { get; init; }

    /// <summary>Which of confidentiality, integrity, availability it serves.</summary>
    public required List<string> Properties { get; init; }

    /// <summary>identify, protect, detect, respond, recover.</summary>
    public required List<string> Concepts { get; init; }

    /// <summary>Operational capabilities.</summary>
    public required List<string> Capabilities { get; init; }

    /// <summary>Security domains.</summary>
    public required List<string> Domains { get; init; }

    /// <summary>Controls to read with it.</summary>
    public required List<string> Related { get; init; }

    /// <summary>When a company needs it.</summary>
    public required Condition Applies { get; init; }

    /// <summary>The justification where it does not apply.</summary>
    public string? ExcludedBecause { get; init; }

    /// <summary>Why no threat of the catalogue is treated by it; needed where none is.</summary>
    public string? NoThreat { get; init; }

    /// <summary>Why an AI company includes it.</summary>
    public required string Reason { get; init; }

    /// <summary>How a company of thirty might do it; a suggestion.</summary>
    public required string Example { get; init; }

    /// <summary>What convinces.</summary>
    public required List<EvidenceHint> Evidence { get; init; }

    /// <summary>Records that Moat keeps anyway and that are one of those kinds of evidence.</summary>
    public List<OwnRecordHint> Records { get; init; } = [];

    /// <summary>The cheapest first step.</summary>
    public required string NextStep { get; init; }

    /// <summary>Position in Annex A, for sorting: theme, then number.</summary>
    [YamlDotNet.Serialization.YamlIgnore]
    public int Order =>
        int.Parse(Id.AsSpan(2, 1), System.Globalization.CultureInfo.InvariantCulture) * 100
        + int.Parse(Id.AsSpan(4), System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>A kind of evidence that shows a control at work, and how long it counts.</summary>
public sealed class EvidenceHint
{
    /// <summary>fact, file, record, access-review or attestation.</summary>
    public required string Kind { get; init; }

    /// <summary>What it is.</summary>
    public required string What { get; init; }

    /// <summary>How old it may be, such as 92d.</summary>
    public required string MaxAge { get; init; }

    /// <summary>The same in days.</summary>
    [YamlDotNet.Serialization.YamlIgnore]
    public int MaxAgeDays => Age.Days(MaxAge);
}

/// <summary>Records of Moat's own that show a control, such as closed access reviews.</summary>
public sealed class OwnRecordHint
{
    /// <summary>The source, such as access-reviews; a process hands its records in under this name.</summary>
    public required string Source { get; init; }

    /// <summary>Which of the control's kinds of evidence they are, from 1.</summary>
    public required int Shows { get; init; }
}
