using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Moat.Isms.Anchors;
using Moat.Isms.Kernel.Journal;

namespace Moat.Reports.Pack;

/// <summary>Names and forms inside an audit pack, shared by who makes and who verifies it.</summary>
internal static class PackFormat
{
    public const string Version = "moat audit pack 2";
    public const string Manifest = "manifest.json";
    public const string Signature = "manifest.sig";
    public const string Entries = "journal/entries.jsonl";
    public const string Checkpoint = "journal/checkpoint.txt";
    public const string Verifier = "journal/verifier.txt";
    public const string Proofs = "journal/proofs.json";
    public const string Anchors = "journal/anchors/";
    public const string Soa = "soa.json";
    public const string SoaWorkbook = "soa.xlsx";
    public const string SoaDocument = "soa.docx";
    public const string Readiness = "readiness.json";
    public const string Index = "index.html";
    public const string MapDrawing = "processes/map.svg";
    public const string MapGraph = "processes/map.dot";
    public const string MapNumbers = "processes/map.json";
    public const string MapBreaks = "processes/breaks.json";

    private const string MomentForm = "yyyy-MM-ddTHH:mm:ssZ";

    // File systems take 255 bytes, with the reference before it.
    private const int LongestName = 150;

    /// <summary>A moment as the manifest tells when the pack was made.</summary>
    public static string Moment(DateTime at) => at.ToString(MomentForm, CultureInfo.InvariantCulture);

    /// <summary>The moment that such a text tells; none where it is no such text.</summary>
    public static DateTime? Moment(string? at) =>
        DateTime.TryParseExact(
            at,
            MomentForm,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal,
            out var moment
        )
            ? moment
            : null;

    /// <summary>All entries carry the same time, so that a pack of the same files is the same file.</summary>
    public static readonly DateTimeOffset FileTime = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static string Sha256(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>The text that the signature covers.</summary>
    public static string SignedText(string organization, string manifestSha256) =>
        $"{Version}\n{organization}\n{manifestSha256}\n";

    /// <summary>
    /// Whether files of a pack may stand there: names between single slashes, none of which leads out of the folder a
    /// pack is unpacked in.
    /// </summary>
    public static bool IsPath(string path) =>
        path.Length > 0
        && path.Split('/')
            .All(name => name is not ("" or "." or "..") && !name.Any(c => c is '\\' or ':' || char.IsControl(c)));

    /// <summary>
    /// Where the file of a piece of evidence stands, whatever a person called it. Its name's end is kept, for there the
    /// kind of file is.
    /// </summary>
    public static string EvidenceFile(string reference, string name) =>
        $"evidence/{reference}-{new string([.. name.TakeLast(LongestName).Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' ? c : '_')])}";

    public static string ApprovedText(string reference) => $"documents/approved/{reference}.md";

    public static string Stamp(string reference) => $"documents/stamps/{reference}.tst";

    public static string Statement(string reference) => $"soa/{reference}.json";

    public static string Document(string reference, string key, string edition) =>
        $"documents/{DocumentName(reference, key, edition)}.docx";

    /// <summary>What a document's file is called, whatever its form.</summary>
    public static string DocumentName(string reference, string key, string edition) => $"{reference}-{key}-{edition}";

    /// <summary>Where a register stands as a workbook.</summary>
    public static string Workbook(string register) => $"registers/{register}.xlsx";

    /// <summary>Where what a place outside said stands, without the file's ending.</summary>
    public static string AnchorFile(int number, Anchor anchor) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Anchors}{number:D4}-{anchor.AnsweredAt:yyyy-MM-dd}-{anchor.Size}-{anchor.Kind.ToString().ToLowerInvariant()}"
        );

    /// <summary>
    /// An entry's line: the header that its leaf covers, with the changes themselves instead of their hash, and the
    /// leaf.
    /// </summary>
    public static JsonObject Line(JournalEntry entry)
    {
        var line = JsonNode.Parse(entry.HeaderBytes())!.AsObject();
        line.Remove("changesSha256");
        line["changes"] = entry.Changes;
        line["leaf"] = Convert.ToBase64String(entry.Leaf);
        return line;
    }

    /// <summary>An entry as its line says; throws what JSON and conversions throw when the line is none.</summary>
    public static JournalEntry Entry(string line)
    {
        var json = JsonNode.Parse(line)!.AsObject();
        var changes = (string)json["changes"]!;
        return new JournalEntry
        {
            OrganizationId = Guid.Parse((string)json["organization"]!),
            Sequence = (long)json["sequence"]!,
            At = DateTime.ParseExact(
                (string)json["at"]!,
                "yyyy-MM-ddTHH:mm:ss.fffZ",
                CultureInfo.InvariantCulture,
                DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal
            ),
            ActorId = (string?)json["actorId"] is { } actor ? Guid.Parse(actor) : null,
            Actor = (string)json["actor"]!,
            Door = (string)json["door"]!,
            Operation = (string)json["operation"]!,
            Reason = (string?)json["reason"],
            Subjects = (string)json["subjects"]!,
            Changes = changes,
            ChangesHash = JournalEntry.HashOf(changes),
            Leaf = Convert.FromBase64String((string)json["leaf"]!),
        };
    }
}
