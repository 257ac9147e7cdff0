using System.Text.Json.Nodes;
using Moat.Isms.Kernel;
using Moat.Isms.Tables;

namespace Moat.Server.Shell;

/// <summary>
/// What a person chose by hand of a table: its sheet, the row of its headers and the column of each field.
/// </summary>
internal static class TableChoices
{
    /// <summary>The field with the sheet's name.</summary>
    public const string Sheet = "sheet";

    /// <summary>The field with the number of the header's row.</summary>
    public const string HeaderRow = "headerRow";

    private const string Column = "column-";

    /// <summary>The sheets and headers that can be chosen of a file that was read.</summary>
    public static (IReadOnlyList<string> Sheets, IReadOnlyList<string> Headers) ListsOf(TableResult result) =>
        (
            result.Sheets,
            [
                .. result
                    .Columns.Select(c => c.Header)
                    .Concat(result.Unmatched)
                    .Select(h => h.ReplaceLineEndings(" "))
                    .Distinct(),
            ]
        );

    /// <summary>The name of the form's field for the column with a field.</summary>
    public static string ColumnOf(string field) => Column + field;

    /// <summary>The input of an operation from a form, with what was chosen.</summary>
    public static JsonObject Read(Type inputType, IFormCollection form)
    {
        var input = InputBinder.FromText(
            inputType,
            form.Where(f => f.Key is "complete" or Sheet or HeaderRow)
                .Select(f => KeyValuePair.Create(f.Key, $"{f.Value}".Trim()))
        );
        AddColumns(input, form);
        return input;
    }

    /// <summary>Adds what was chosen to the input of an import.</summary>
    public static void Add(JsonObject input, IFormCollection form)
    {
        foreach (var name in new[] { Sheet, HeaderRow })
            if ($"{form[name]}".Trim() is { Length: > 0 } text)
                input[name] = text;
        AddColumns(input, form);
    }

    private static void AddColumns(JsonObject input, IFormCollection form)
    {
        var columns = form.Where(f =>
                f.Key.StartsWith(Column, StringComparison.Ordinal) && !string.IsNullOrWhiteSpace(f.Value)
            )
            .Select(f => KeyValuePair.Create(f.Key[Column.Length..], (JsonNode?)$"{f.Value}".Trim()))
            .ToList();
        if (columns.Count > 0)
            input["columns"] = new JsonObject(columns);
    }
}
