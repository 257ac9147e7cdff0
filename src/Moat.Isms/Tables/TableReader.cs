using System.Globalization;
using System.Text;
using CsvHelper;
using Moat.Isms.Kernel;

namespace Moat.Isms.Tables;

/// <summary>
/// Reads CSV files and XLSX workbooks into rows of text. Nothing is computed: a formula is what its file says it shows.
/// </summary>
public static class TableReader
{
    // What Excel on Windows saves as "CSV" in Western Europe and America: Latin-1 has control characters where it has
    // quotes, dashes and the euro.
    private static readonly Encoding Windows = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;
    private static readonly string[] Kinds = [".csv", ".tsv", ".txt", ".xlsx", ".xlsm"];

    /// <summary>More rows than this in one sheet are refused.</summary>
    internal const int MostRows = 20_000;

    /// <summary>More columns than this in one sheet are refused.</summary>
    internal const int MostColumns = 1_000;

    /// <summary>The sheets of a file. Throws <see cref="InputInvalid"/> when it is no table.</summary>
    public static IReadOnlyList<Sheet> Read(GivenFile file)
    {
        if (file.Content.Length == 0)
            throw new InputInvalid("file", "The file is empty.");
        if (Path.GetExtension(file.Name).ToLowerInvariant() is { Length: > 0 } kind && !Kinds.Contains(kind))
            throw new InputInvalid("file", $"A table is a CSV file or an XLSX workbook, not {kind}.");
        if (file.Bytes().AsSpan().StartsWith("PK"u8))
            return WorkbookReader.Read(file.Bytes());
        if (file.Bytes().AsSpan().StartsWith(new byte[] { 0xD0, 0xCF, 0x11, 0xE0 }))
            throw new InputInvalid(
                "file",
                "This is an old or encrypted Excel file. Save it as XLSX without a password, or as CSV."
            );
        if (file.Content.Head(8000).Contains((byte)0) && !IsUtf16(file.Bytes()))
            throw new InputInvalid("file", "This is neither CSV nor XLSX.");
        return [ReadCsv(file)];
    }

    private static Sheet ReadCsv(GivenFile file)
    {
        var options = new CsvReaderOptions
        {
            HasHeader = false,
            SkipEmptyLines = true,
            TrackLineNumbers = true,
            MalformedData = CsvMalformedDataHandling.Throw,
            FieldCountMismatch = CsvFieldCountHandling.Allow,
            IncludeValuesInExceptions = false,
        };
        var (rows, budget) = (new List<SheetRow>(), new TableBudget());
        try
        {
            using var reader = CsvReader.FromText(Decode(file.Bytes()), options);
            while (reader.Read())
            {
                if (rows.Count >= MostRows || reader.FieldCount > MostColumns)
                    throw TooLarge();
                budget.TakeCells(reader.FieldCount);
                var cells = Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetString(i).Trim()).ToList();
                if (cells.Any(c => c.Length > 0))
                    rows.Add(new SheetRow((int)reader.LineNumber, cells, IsBand: false));
            }
        }
        catch (CsvFormatException)
        {
            throw new InputInvalid(
                "file",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"after row {rows.LastOrDefault()?.Number ?? 0}: a quotation mark is not closed or stands in the middle of a cell."
                )
            );
        }
        return new Sheet(Path.GetFileNameWithoutExtension(file.Name), rows);
    }

    internal static InputInvalid TooLarge() =>
        TableBudget.Refused($"A sheet has at most {MostRows:N0} rows and {MostColumns:N0} columns here. Split it.");

    private static bool IsUtf16(byte[] content) =>
        content.AsSpan().StartsWith(new byte[] { 0xFF, 0xFE })
        || content.AsSpan().StartsWith(new byte[] { 0xFE, 0xFF });

    private static string Decode(byte[] content)
    {
        if (IsUtf16(content))
            return (content[0] == 0xFE ? Encoding.BigEndianUnicode : Encoding.Unicode)
                .GetString(content)
                .TrimStart('\uFEFF');
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(content).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            return Windows.GetString(content);
        }
    }
}
