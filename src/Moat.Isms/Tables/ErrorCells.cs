using System.Globalization;
using System.Text.RegularExpressions;
using Moat.Isms.Kernel;

namespace Moat.Isms.Tables;

/// <summary>
/// Cells in which a spreadsheet shows that it could not compute them, such as #REF! after a row was deleted. What such
/// a cell was to say is not known: it is no value, and each is named with its place.
/// </summary>
internal static partial class ErrorCells
{
    /// <summary>What a cell shows whose kind says that it is an error and whose text is none that is known.</summary>
    public const string Other = "#ERROR!";

    /// <summary>What stands for a cell that has a formula and no result.</summary>
    public const string NotComputed = "#FORMULA!";

    private const int MostPlaces = 10;

    /// <summary>Whether a text is such an error, in the languages that spreadsheets write them in.</summary>
    public static bool Is(string text) => text.Length is > 2 and < 20 && Error().IsMatch(text);

    /// <summary>A sentence for each kind of error in the columns that are read, with the places.</summary>
    public static IEnumerable<string> Told(FoundTable table)
    {
        var found =
            from row in table.Rows
            from column in table.Columns
            let text = table.Written(row, column.Field)
            where Is(text)
            group Place(row, column) by text;
        foreach (var places in found)
            yield return $"{Said(places.Key)}, so {(places.Count() == 1 ? "this cell counts" : "these cells count")} "
                + $"as empty: {string.Join("; ", places.Take(MostPlaces))}"
                + (
                    places.Count() > MostPlaces
                        ? string.Create(CultureInfo.InvariantCulture, $"; and {places.Count() - MostPlaces:N0} more.")
                        : "."
                );
    }

    private static string Place(SheetRow row, MatchedColumn column) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"row {row.Number}, column '{column.Header.ReplaceLineEndings(" ").Cut(60)}'"
        );

    private static string Said(string error) =>
        error == NotComputed
            ? "The file holds a formula and not what it shows"
            : $"{error} is an error of the spreadsheet and no value";

    // Excel, LibreOffice and Google Sheets; in English, German, French, Spanish, Italian, Portuguese and Dutch.
    [GeneratedRegex(
        @"^(#(N/A|NV|N/D|N/B|NAME\?|NOM\?|NOME\?|NAAM\?|¿NOMBRE\?|GETTING_DATA)"
            + "|#¡?(REF|VALUE|NUM|DIV/0|NULL|SPILL|CALC|FIELD|BLOCKED|CONNECT|UNKNOWN|BUSY|EXTERNAL|PYTHON|TIMEOUT|ERROR|FORMULA"
            + "|BEZUG|WERT|ZAHL|ÜBERLAUF|KALK|FELD|VALEUR|NOMBRE|NUL|NULO|VALOR|VALORE|RIF|WAARDE|GETAL|VERW)!|Err:[0-9]{3})$",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Error();
}
