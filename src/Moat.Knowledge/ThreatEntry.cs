namespace Moat.Knowledge;

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
