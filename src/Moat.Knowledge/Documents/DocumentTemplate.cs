namespace Moat.Knowledge.Documents;

/// <summary>
/// A template of a document: Markdown with fields that are filled from the company's records (clause 7.5).
/// </summary>
public sealed class DocumentTemplate : Entry
{
    /// <summary>policy, procedure, plan, statement or record.</summary>
    public required string Kind { get; init; }

    /// <summary>Clauses that it documents.</summary>
    public required List<string> Clauses { get; init; }

    /// <summary>Annex A controls that it documents.</summary>
    public required List<string> Controls { get; init; }

    /// <summary>Clauses that demand this document itself as documented information.</summary>
    public required List<string> RequiredBy { get; init; }

    /// <summary>
    /// Clauses that demand records, of which this document says how they come about; the records themselves are kept
    /// elsewhere.
    /// </summary>
    public List<string> RecordsFor { get; init; } = [];

    /// <summary>The role that keeps it current.</summary>
    public required string OwnerRole { get; init; }

    /// <summary>The role that approves it.</summary>
    public required string ApproverRole { get; init; }

    /// <summary>public, internal, confidential or restricted.</summary>
    public required string Classification { get; init; }

    /// <summary>How often it is reviewed, such as 365d.</summary>
    public required string Review { get; init; }

    /// <summary>Who acknowledges it: everyone or role ids; empty for nobody.</summary>
    public required List<string> Audience { get; init; }

    /// <summary>Which companies need it.</summary>
    public required Condition Applies { get; init; }

    /// <summary>Why it is proposed.</summary>
    public required string Why { get; init; }

    /// <summary>Where the company must decide.</summary>
    public required List<DecisionPoint> Decisions { get; init; }

    /// <summary>The review cycle in days.</summary>
    [YamlDotNet.Serialization.YamlIgnore]
    public int ReviewDays => Age.Days(Review);
}

/// <summary>A place in a document where only the company can decide. There is no default.</summary>
public sealed class DecisionPoint
{
    /// <summary>Names it in the text: <c>{{decide "id"}}</c>.</summary>
    public required string Id { get; init; }

    /// <summary>What is to be decided.</summary>
    public required string Question { get; init; }

    /// <summary>What depends on it.</summary>
    public required string Why { get; init; }

    /// <summary>What can be decided.</summary>
    public required List<DecisionOption> Options { get; init; }
}

/// <summary>One answer to a decision point, with what it costs.</summary>
public sealed class DecisionOption
{
    /// <summary>Its value.</summary>
    public required string Value { get; init; }

    /// <summary>In a few words.</summary>
    public required string Label { get; init; }

    /// <summary>What follows from it.</summary>
    public required string Consequence { get; init; }

    /// <summary>What the document then says.</summary>
    public required string Text { get; init; }
}
