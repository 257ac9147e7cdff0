using System.IO.Compression;

namespace Moat.Reports.Pack;

/// <summary>Reads the files of a pack from a ZIP archive, whichever program made it.</summary>
internal static class ZippedPack
{
    // The kind of a file as Unix writes it into the upper half of an entry's attributes.
    private const int KindOfFile = 0xF000,
        Link = 0xA000;

    // The list of two hundred thousand files is shorter. It is read whole before any file is, so that its length is
    // what bounds the memory.
    private const long LongestList = 48L * 1024 * 1024;

    // Text packs to a tenth; what grows beyond this was made to fill a disk.
    private const long LeastLimit = 1L << 30,
        MostGrowth = 100;

    /// <summary>Opens the archive; its list of files is bounded.</summary>
    public static (ZipArchive Archive, PackedFiles Files, long MostBytes) Open(Stream pack)
    {
        var bounded = new BoundedStream(pack) { Left = LongestList };
        var archive = new ZipArchive(bounded, ZipArchiveMode.Read, leaveOpen: true);
        try
        {
            var files = new PackedFiles();
            foreach (var entry in archive.Entries)
            {
                // A folder has no content of its own; some programs write one before what it holds.
                if (entry.FullName.EndsWith('/') && entry.Length == 0)
                    files.SeeFolder(entry.FullName);
                else
                    files.See(entry.FullName, new PackedFile(entry.Length, entry.Open), Wrong(entry));
            }
            bounded.Left = LongestList;
            files.Findings.AddRange(ZipLayout.Strays(bounded, archive.Entries.Count));
            bounded.Left = long.MaxValue;
            return (archive, files.Sorted(), Math.Max(LeastLimit, pack.Length * MostGrowth));
        }
        catch
        {
            archive.Dispose();
            throw;
        }
    }

    private static string? Wrong(ZipArchiveEntry entry) =>
        (entry.ExternalAttributes >> 16 & KindOfFile) == Link ? "it is a link; a pack has none."
        : entry.IsEncrypted ? "it is encrypted; a pack is not."
        : null;
}
