namespace Moat.Knowledge;

/// <summary>An entry of the knowledge content: front matter and Markdown.</summary>
public abstract class Entry
{
    /// <summary>The id by which records and other entries refer to it.</summary>
    public required string Id { get; init; }

    /// <summary>Its short title.</summary>
    public required string Title { get; init; }

    /// <summary>The Markdown below the front matter.</summary>
    [YamlDotNet.Serialization.YamlIgnore]
    public string Body { get; internal set; } = "";

    /// <summary>The body as HTML. The content is the product's own, so it is trusted.</summary>
    [YamlDotNet.Serialization.YamlIgnore]
    public string Html => Markdown.ToHtml(Body);
}

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

/// <summary>A sub-clause of ISO/IEC 27001:2022, clauses 4 to 10.</summary>
public sealed class ClauseEntry : Entry
{
    /// <summary>Whether it only groups others.</summary>
    public required bool Heading { get; init; }

    /// <summary>Which of the ten steps it belongs to.</summary>
    public required int Step { get; init; }

    /// <summary>What it asks, in one plain sentence.</summary>
    public string? Asks { get; init; }

    /// <summary>What makes it Documented.</summary>
    public List<RuleHint> Documented { get; init; } = [];

    /// <summary>What makes it Operating.</summary>
    public List<RuleHint> Operating { get; init; } = [];

    /// <summary>What makes it Improving.</summary>
    public List<RuleHint> Improving { get; init; } = [];

    /// <summary>Sorts clauses in reading order.</summary>
    [YamlDotNet.Serialization.YamlIgnore]
    public int Order => OrderOf(Id);

    private const int AfterAllClauses = 90;

    /// <summary>Sorts the numbers of clauses in reading order, and those of Annex A behind them.</summary>
    public static int OrderOf(string id) =>
        id.Split('.')
            .Select(p => p == "A" ? AfterAllClauses : int.Parse(p, System.Globalization.CultureInfo.InvariantCulture))
            .Concat([0, 0])
            .Take(3)
            .Aggregate(0, (sum, p) => sum * 100 + p);
}

/// <summary>
/// A readiness rule of a clause: which records make it true, for how long, and what to do when they do not.
/// </summary>
public sealed class RuleHint
{
    /// <summary>The rule's id; the readiness process knows how to compute it.</summary>
    public required string Rule { get; init; }

    /// <summary>How old the records may be.</summary>
    public required string MaxAge { get; init; }

    /// <summary>The next step.</summary>
    public required string Next { get; init; }

    /// <summary>The page where it is done, below the organisation.</summary>
    public required string Link { get; init; }

    /// <summary>The age in days.</summary>
    [YamlDotNet.Serialization.YamlIgnore]
    public int MaxAgeDays => Age.Days(MaxAge);
}

/// <summary>Something that can go wrong, with what it strikes and what treats it.</summary>
public sealed class ThreatEntry : Entry
{
    /// <summary>ai or general.</summary>
    public required string Family { get; init; }

    /// <summary>Ids in MITRE ATLAS.</summary>
    public required List<string> Atlas { get; init; }

    /// <summary>Ids in OWASP lists, with the edition.</summary>
    public required List<string> Owasp { get; init; }

    /// <summary>Ids in NIST AI 100-2.</summary>
    public required List<string> Nist { get; init; }

    /// <summary>What it harms, the main one first.</summary>
    public required List<string> Harms { get; init; }

    /// <summary>Asset kinds it strikes, the primary target first.</summary>
    public required List<string> Assets { get; init; }

    /// <summary>What a model works on that it concerns, such as vision; any when empty.</summary>
    public List<string> Modality { get; init; } = [];

    /// <summary>Which companies it concerns.</summary>
    public required Condition Applies { get; init; }

    /// <summary>The same in words.</summary>
    public required string AppliesWhen { get; init; }

    /// <summary>Texts for a drafted risk.</summary>
    public required ScenarioHint Scenario { get; init; }

    /// <summary>What treats it.</summary>
    public required TreatingControls Controls { get; init; }

    /// <summary>Where an assessment may start.</summary>
    public required StartHint Start { get; init; }

    /// <summary>Ranges for simulation.</summary>
    public required QuantifyHint Quantify { get; init; }
}

/// <summary>Texts for a drafted risk; <c>{asset}</c> stands for the asset's name.</summary>
public sealed class ScenarioHint
{
    /// <summary>The risk's title.</summary>
    public required string Title { get; init; }

    /// <summary>What lets it happen.</summary>
    public required string Cause { get; init; }

    /// <summary>What it costs.</summary>
    public required string Consequence { get; init; }
}

/// <summary>Annex A controls that treat a threat.</summary>
public sealed class TreatingControls
{
    /// <summary>Controls that keep it from happening.</summary>
    public required List<string> Prevent { get; init; }

    /// <summary>Controls that notice it.</summary>
    public required List<string> Detect { get; init; }

    /// <summary>Controls that bring things back.</summary>
    public required List<string> Recover { get; init; }

    /// <summary>All of them, once each.</summary>
    [YamlDotNet.Serialization.YamlIgnore]
    public IEnumerable<string> All => Prevent.Concat(Detect).Concat(Recover).Distinct();
}

/// <summary>Starting values of an assessment, 1 to 5.</summary>
public sealed class StartHint
{
    /// <summary>How often.</summary>
    public required StartValue Likelihood { get; init; }

    /// <summary>How bad.</summary>
    public required StartValue Impact { get; init; }
}

/// <summary>A base value that facts about the company raise.</summary>
public sealed class StartValue
{
    /// <summary>For any company it applies to.</summary>
    public required int Base { get; init; }

    /// <summary>What raises it, by flag.</summary>
    public Dictionary<string, int> Plus { get; init; } = [];

    /// <summary>The reasoning.</summary>
    public required string Why { get; init; }

    /// <summary>The value for a company with these flags, 1 to 5.</summary>
    public int For(IReadOnlySet<string> flags) =>
        Math.Clamp(Base + Plus.Where(p => flags.Contains(p.Key)).Sum(p => p.Value), 1, 5);
}

/// <summary>Ranges for simulation.</summary>
public sealed class QuantifyHint
{
    /// <summary>How many times a year.</summary>
    public required FrequencyRange EventsPerYear { get; init; }

    /// <summary>Loss of one event in EUR.</summary>
    public required LossRange LossEur { get; init; }

    /// <summary>The reasoning.</summary>
    public required string Why { get; init; }
}

/// <summary>Events per year.</summary>
public sealed class FrequencyRange
{
    /// <summary>Five per cent of comparable companies see fewer.</summary>
    public required decimal Low { get; init; }

    /// <summary>The usual figure.</summary>
    public required decimal Likely { get; init; }

    /// <summary>Five per cent see more.</summary>
    public required decimal High { get; init; }
}

/// <summary>Loss of one event in EUR.</summary>
public sealed class LossRange
{
    /// <summary>A mild event.</summary>
    public required decimal Low { get; init; }

    /// <summary>A severe one.</summary>
    public required decimal High { get; init; }
}

/// <summary>A role of the ISMS.</summary>
public sealed class RoleEntry : Entry
{
    /// <summary>Which of the ten steps introduces it.</summary>
    public required int Step { get; init; }

    /// <summary>Which companies need it.</summary>
    public required Condition Applies { get; init; }

    /// <summary>Who usually takes it at thirty people.</summary>
    public required string SuggestedFor { get; init; }

    /// <summary>What the role does.</summary>
    public required List<string> Duties { get; init; }

    /// <summary>What it may decide.</summary>
    public required List<string> Authority { get; init; }

    /// <summary>What the holder must know.</summary>
    public required List<string> Competence { get; init; }

    /// <summary>Roles the same person may not hold.</summary>
    public required List<string> NotAlso { get; init; }
}

/// <summary>A security objective that a company may adopt (clause 6.2).</summary>
public sealed class ObjectiveEntry : Entry
{
    /// <summary>What is measured.</summary>
    public required string Metric { get; init; }

    /// <summary>In which unit.</summary>
    public required string Unit { get; init; }

    /// <summary>The value to reach.</summary>
    public required decimal Target { get; init; }

    /// <summary>at-least or at-most.</summary>
    public required string Comparator { get; init; }

    /// <summary>month, quarter or year.</summary>
    public required string Period { get; init; }

    /// <summary>Where the number comes from.</summary>
    public required string Source { get; init; }

    /// <summary>The role that owns it.</summary>
    public required string OwnerRole { get; init; }

    /// <summary>Which companies it fits.</summary>
    public required Condition Applies { get; init; }

    /// <summary>Why it matters.</summary>
    public required string Why { get; init; }

    /// <summary>What will be done.</summary>
    public required string Plan { get; init; }
}

internal static class Age
{
    public static int Days(string age) =>
        int.Parse(age.AsSpan()[..^1], System.Globalization.CultureInfo.InvariantCulture);
}
