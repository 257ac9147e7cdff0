namespace Moat.Knowledge.Documents;

/// <summary>Counts the rows that one text shows, so that lists in lists end.</summary>
internal sealed class RowBudget
{
    private int _rows;

    /// <summary>Takes one row. Throws <see cref="DocumentSyntax"/> when there were too many.</summary>
    public void Take()
    {
        if (++_rows > TemplateBounds.MostRows)
            throw new DocumentSyntax(
                $"The lists of this text would show more than {TemplateBounds.MostRows:N0} rows. Take a list out of the list it stands in."
            );
    }
}
