using System.Text;
using Moat.Isms.Processes;
using Moat.Isms.Processes.Flow;

namespace Moat.Reports.Maps;

/// <summary>The process map in the language of Graphviz.</summary>
public static class MapDot
{
    /// <summary>Writes it.</summary>
    public static string Write(ProcessMapView map)
    {
        var dot = new StringBuilder(
            "digraph processes {\n  rankdir=LR;\n  node [shape=box, style=rounded, fontname=\"sans-serif\"];\n  edge [fontname=\"sans-serif\", fontsize=10];\n"
        );
        foreach (var node in map.Nodes)
            dot.Append(
                $"  {Quote(node.Id)} [label={Quote($"{node.Title}\n{node.Owner ?? "nobody yet"}")}, tooltip={Quote(node.Clause)}];\n"
            );
        foreach (var interaction in map.Interactions)
            dot.Append(
                $"  {Quote(interaction.From)} -> {Quote(interaction.To)} [{Looks(interaction)}, tooltip={Quote(interaction.Flows)}];\n"
            );
        return dot.Append("}\n").ToString();
    }

    private static string Looks(InteractionView interaction) =>
        interaction.State switch
        {
            FlowState.Alive => Svg.Invariant(
                $"label=\"{interaction.Count}\", penwidth={Math.Min(5, 1 + Math.Log10(1 + interaction.Count)):0.##}"
            ),
            FlowState.Broken => "label=\"broken\", color=red, fontcolor=red, style=dashed, penwidth=2",
            _ => "color=gray, style=dotted",
        };

    private static string Quote(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}\"";
}
