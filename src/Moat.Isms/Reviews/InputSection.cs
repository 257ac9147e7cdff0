using System.Text.Json;
using Moat.Isms.Kernel;

namespace Moat.Isms.Reviews;

/// <summary>A figure of an input, such as "Overdue: 3".</summary>
public sealed record InputFigure(string Name, string Value);

/// <summary>A record that an input shows, with what there is to say about it.</summary>
public sealed record InputRow(string Ref, string Process, string Title, string Says);

/// <summary>One input of a review as it stood when it was frozen (clause 9.3.2).</summary>
/// <param name="Topic">The topic it belongs to.</param>
/// <param name="Sentence">What the figures say, in a sentence.</param>
/// <param name="Figures">The figures.</param>
/// <param name="Rows">The records that matter most.</param>
/// <param name="More">How many records more there are.</param>
/// <param name="Brought">What people brought that no record holds.</param>
public sealed record InputSection(
    string Topic,
    string Sentence,
    IReadOnlyList<InputFigure> Figures,
    IReadOnlyList<InputRow> Rows,
    int More,
    IReadOnlyList<TopicNote> Brought
)
{
    /// <summary>The most rows that a section shows; bring what moved, not the register.</summary>
    public const int MostRows = 12;

    /// <summary>A section of the first rows of a longer list.</summary>
    public static InputSection Of(
        string topic,
        string sentence,
        IReadOnlyList<InputFigure> figures,
        IReadOnlyCollection<InputRow> rows
    ) =>
        new(
            topic,
            char.ToUpperInvariant(sentence[0]) + sentence[1..],
            figures,
            [.. rows.Take(MostRows)],
            Math.Max(0, rows.Count - MostRows),
            []
        );
}

/// <summary>The inputs of a review, frozen together.</summary>
public sealed record FrozenInputs(
    string Review,
    string Title,
    DateOnly LooksFrom,
    DateTime FrozenAt,
    IReadOnlyList<InputSection> Sections
)
{
    /// <summary>The canonical text that is hashed and kept.</summary>
    public string ToCanonical() => CanonicalJson.Text(JsonSerializer.SerializeToNode(this, InputBinder.Json));

    /// <summary>What a canonical text says.</summary>
    public static FrozenInputs Read(string canonical) =>
        JsonSerializer.Deserialize<FrozenInputs>(canonical, InputBinder.Json)!;
}
