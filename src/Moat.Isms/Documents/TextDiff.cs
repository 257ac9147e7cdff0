using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;

namespace Moat.Isms.Documents;

/// <summary>Whether words stayed, came or went.</summary>
public enum DiffMark
{
    /// <summary>In both.</summary>
    Same,

    /// <summary>Only in the later text.</summary>
    Added,

    /// <summary>Only in the earlier text.</summary>
    Removed,
}

/// <summary>Some words of a line.</summary>
public sealed record DiffPiece(DiffMark Mark, string Text);

/// <summary>A line that came or went, with the words that differ; or how many lines in between stayed.</summary>
public sealed record DiffLine(DiffMark Mark, IReadOnlyList<DiffPiece> Pieces, int Unchanged = 0);

/// <summary>What differs between two texts, line by line and word by word.</summary>
public static class TextDiff
{
    /// <summary>The differences, with unchanged lines counted and not repeated. Empty when nothing differs.</summary>
    public static IReadOnlyList<DiffLine> Of(string before, string after)
    {
        if (before == after)
            return [];
        var model = SideBySideDiffBuilder.Diff(before, after);
        var lines = new List<DiffLine>();
        var same = 0;
        for (var i = 0; i < model.NewText.Lines.Count; i++)
        {
            var (old, now) = (model.OldText.Lines[i], model.NewText.Lines[i]);
            if (now.Type == ChangeType.Unchanged || IsBlank(old, now))
            {
                same++;
                continue;
            }
            if (same > 0)
                lines.Add(new DiffLine(DiffMark.Same, [], same));
            same = 0;
            if (old.Type != ChangeType.Imaginary)
                lines.Add(Line(old, DiffMark.Removed, ChangeType.Deleted));
            if (now.Type != ChangeType.Imaginary)
                lines.Add(Line(now, DiffMark.Added, ChangeType.Inserted));
        }
        if (same > 0)
            lines.Add(new DiffLine(DiffMark.Same, [], same));
        return lines;
    }

    private static bool IsBlank(DiffPlex.DiffBuilder.Model.DiffPiece old, DiffPlex.DiffBuilder.Model.DiffPiece now) =>
        string.IsNullOrWhiteSpace(old.Text) && string.IsNullOrWhiteSpace(now.Text);

    private static DiffLine Line(DiffPlex.DiffBuilder.Model.DiffPiece line, DiffMark mark, ChangeType changed) =>
        line.SubPieces.Count == 0
            ? new DiffLine(mark, [new DiffPiece(mark, line.Text ?? "")])
            : new DiffLine(
                mark,
                [
                    .. line
                        .SubPieces.Where(p => !string.IsNullOrEmpty(p.Text))
                        .Select(p => new DiffPiece(
                            p.Type == changed || p.Type == ChangeType.Modified ? mark : DiffMark.Same,
                            p.Text
                        )),
                ]
            );
}
