using System.Reflection;

namespace Moat.Isms.Kernel.Registers;

/// <summary>A table that becomes a sheet: headers and rows of text, whole numbers, amounts and dates.</summary>
public sealed record TableSheet(string Name, IReadOnlyList<string> Headers, IReadOnlyList<IReadOnlyList<object?>> Rows)
{
    /// <summary>The column by which a row without a reference is found in the journal.</summary>
    public const string Record = "Record";

    /// <summary>More rows than this are not written into one sheet.</summary>
    public const int MostRows = 50_000;

    /// <summary>The field that each column shows; null where it is none of one record.</summary>
    public IReadOnlyList<PropertyInfo?> Fields { get; init; } = [];
}
