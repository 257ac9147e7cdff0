using System.Reflection;

namespace Moat.Isms.Kernel.Registers;

/// <summary>A table that becomes a sheet: headers and rows of text, whole numbers, amounts and dates.</summary>
public sealed record TableSheet(string Name, IReadOnlyList<string> Headers, IReadOnlyList<IReadOnlyList<object?>> Rows)
{
    /// <summary>The column by which a row without a reference is found in the journal.</summary>
    public const string Record = "Record";

    /// <summary>More rows than this are not written into a sheet of a workbook.</summary>
    public const int MostRows = 50_000;

    /// <summary>The field that each column shows; null where it is none of one record.</summary>
    public IReadOnlyList<PropertyInfo?> Fields { get; init; } = [];

    /// <summary>Throws <see cref="RuleBroken"/> where a workbook would not show all of it.</summary>
    public void MustFit()
    {
        if (Rows.Count > MostRows)
            throw new RuleBroken(
                "reports.register.size",
                $"More than {MostRows:N0} rows of {Name} do not fit into a workbook. Use the REST interface."
            );
    }

    /// <summary>What a workbook shows of it; where that is not all, its last row says how many are left out.</summary>
    /// <param name="whole">Where all of it stands.</param>
    public TableSheet Shortened(string whole) =>
        Rows.Count <= MostRows
            ? this
            : this with
            {
                Rows =
                [
                    .. Rows.Take(MostRows),
                    [$"{Rows.Count - MostRows:N0} more rows are left out here. All of them stand in {whole}."],
                ],
            };
}
