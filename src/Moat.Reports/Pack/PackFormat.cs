using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
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

    // File systems take 255 bytes, with the reference before it.
    private const int LongestName = 150;

    /// <summary>A moment as the manifest tells when the pack was made.</summary>
    public static string Moment(DateTime at) => at.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    /// <summary>The moment that such a text tells.</summary>
    public static DateTime Moment(string at) =>
        DateTime.ParseExact(at, "yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture,
            DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal);

    /// <summary>All entries carry the same time, so that a pack of the same files is the same file.</summary>
    public static readonly DateTimeOffset FileTime = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static string Sha256(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>The text that the signature covers.</summary>
    public static string SignedText(string organization, string manifestSha256) => $"{Version}\n{organization}\n{manifestSha256}\n";

    /// <summary>Whether files of a pack may stand there: names between single slashes, none of which leads out of the folder a pack is unpacked in.</summary>
    public static bool IsPath(string path) => path.Length > 0
        && path.Split('/').All(name => name is not ("" or "." or "..") && !name.Any(c => c is '\\' or ':' || char.IsControl(c)));

    /// <summary>Where the file of a piece of evidence stands, whatever a person called it. Its name's end is kept, for there the kind of file is.</summary>
    public static string EvidenceFile(string reference, string name) =>
        $"evidence/{reference}-{new string([.. name.TakeLast(LongestName).Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' ? c : '_')])}";

    public static string ApprovedText(string reference) => $"documents/approved/{reference}.md";

    public static string Stamp(string reference) => $"documents/stamps/{reference}.tst";

    public static string Statement(string reference) => $"soa/{reference}.json";

    /// <summary>An entry's line: the header that its leaf covers, with the changes themselves instead of their hash, and the leaf.</summary>
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
            At = DateTime.ParseExact((string)json["at"]!, "yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal),
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
