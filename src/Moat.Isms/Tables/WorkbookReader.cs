using System.IO.Compression;
using System.Xml;
using DocumentFormat.OpenXml.Packaging;
using Moat.Isms.Kernel;

namespace Moat.Isms.Tables;

/// <summary>
/// Reads XLSX workbooks. Macros, links and formulas are never followed; only stored values are read. The library finds
/// the parts, and their XML is read as a stream, because as trees of objects a file of some kilobytes takes gigabytes.
/// </summary>
internal static class WorkbookReader
{
    internal const long LargestUnpacked = 100 * 1024 * 1024;
    private const long LargestDirectory = 1024 * 1024;
    internal const int MostEntries = 2000;
    internal const int MostSheets = 50;

    public static IReadOnlyList<Sheet> Read(byte[] content)
    {
        try
        {
            RefuseBomb(content);
            using var stream = new MemoryStream(content, writable: false);
            using var document = SpreadsheetDocument.Open(stream, isEditable: false);
            return Sheets(
                document.WorkbookPart ?? throw new InputInvalid("file", "This Office file has no workbook in it.")
            );
        }
        catch (Exception e)
            when (e
                    is OpenXmlPackageException
                        or InvalidDataException
                        or FileFormatException
                        or XmlException
                        or FormatException
                        or ArgumentException
                        or InvalidOperationException
                        or KeyNotFoundException
                        or IOException
                        or NotSupportedException
            )
        {
            throw new InputInvalid(
                "file",
                "This is not a readable XLSX workbook. Open it and save it again as XLSX, or as CSV."
            );
        }
    }

    /// <summary>Unpacks everything once and counts, because the sizes that an archive declares may be lies.</summary>
    private static void RefuseBomb(byte[] content)
    {
        using var archive = new ZipArchive(new MemoryStream(content, writable: false), ZipArchiveMode.Read);
        if (archive.Entries.Count > MostEntries)
            throw new InputInvalid("file", "This archive has too many parts to be a workbook.");
        var buffer = new byte[81920];
        long total = 0;
        foreach (var entry in archive.Entries)
        {
            // The library reads these itself, before anything is counted.
            var isDirectory =
                entry.Name.EndsWith(".rels", StringComparison.OrdinalIgnoreCase)
                || entry.Name.Equals("[Content_Types].xml", StringComparison.OrdinalIgnoreCase);
            long size = 0;
            using var part = entry.Open();
            for (int read; (read = part.Read(buffer)) > 0; )
            {
                if ((total += read) > LargestUnpacked)
                    throw TableBudget.Refused(
                        $"Unpacked, this workbook is larger than {LargestUnpacked / (1024 * 1024)} MiB."
                    );
                if ((size += read) > LargestDirectory && isDirectory)
                    throw new InputInvalid(
                        "file",
                        "The list of parts of this workbook is larger than 1 MiB. Save it again as XLSX, or as CSV."
                    );
            }
        }
    }

    private static List<Sheet> Sheets(WorkbookPart workbook)
    {
        var budget = new TableBudget();
        var parts = WorkbookParts.Read(workbook, budget);
        if (parts.Sheets.Count > MostSheets)
            throw TableBudget.Refused(
                $"A workbook has at most {MostSheets} sheets here. Save the sheet with the register as a workbook of its own."
            );
        var sheets = new List<Sheet>();
        foreach (var listed in parts.Sheets)
            if (workbook.GetPartById(listed.Id) is WorksheetPart part)
            {
                var rows = new SheetXml(parts, budget).Read(part.GetStream(FileMode.Open, FileAccess.Read));
                sheets.Add(new Sheet(listed.Name, rows) { From1904 = parts.From1904, IsHidden = listed.Hidden });
            }
        return sheets;
    }
}
