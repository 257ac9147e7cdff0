using System.Globalization;
using System.Text.Json.Nodes;

namespace Moat.Isms.Kernel.Journal;

/// <summary>A key that signed the journal from an entry on.</summary>
/// <param name="Fingerprint">What people compare over another channel.</param>
/// <param name="VerifierKey">The key itself, for tools.</param>
/// <param name="FromEntry">The entry that names it.</param>
/// <param name="Since">When that was.</param>
public sealed record KeySpan(string Fingerprint, string VerifierKey, long FromEntry, DateTime Since);

/// <summary>
/// What the entries of a journal tell of its keys and of the clock, read one after the other. A key must follow the one
/// before it by a statement that both signed. Times that run backwards are told and make nothing wrong: a company must
/// be able to go on.
/// </summary>
public sealed class JournalReading
{
    /// <summary>
    /// Servers that share a database differ by a moment, and a clock that is kept right is moved by a moment.
    /// </summary>
    public static readonly TimeSpan Jitter = TimeSpan.FromSeconds(2);

    private const int Most = 100;
    private readonly List<KeySpan> _keys = [];
    private readonly List<string> _findings = [];
    private readonly List<string> _remarks = [];
    private DateTime? _last;

    /// <summary>The keys, in their order; none where the journal is from before it named them.</summary>
    public IReadOnlyList<KeySpan> Keys => _keys;

    /// <summary>What is wrong with the keys.</summary>
    public IReadOnlyList<string> Findings => _findings;

    /// <summary>
    /// What a reader has to know, although nothing is wrong: keys that were changed, and times at which the clock was
    /// set back.
    /// </summary>
    public IReadOnlyList<string> Remarks => _remarks;

    /// <summary>How far a time lies before the one of the entry before it, where that is more than jitter.</summary>
    public static TimeSpan? SetBack(DateTime before, DateTime at) => before - at > Jitter ? before - at : null;

    /// <summary>
    /// Reads the next entry. The root is that of the tree before it; it is asked for only where a key changes.
    /// </summary>
    public void Read(JournalEntry entry, Func<byte[]> rootBefore)
    {
        ReadClock(entry);
        if (!entry.Changes.Contains($"\"{nameof(SigningKey)}\"", StringComparison.Ordinal))
            return;
        // An entry may name the key that signed until then and its successor; the one that follows nothing comes first.
        foreach (
            var fields in JsonNode
                .Parse(entry.Changes)!
                .AsArray()
                .Where(c => (string?)c!["kind"] == nameof(SigningKey))
                .Select(c => c!["fields"]!)
                .OrderBy(f => After(f, nameof(SigningKey.Replaces)) is not null)
        )
            ReadKey(entry, fields, rootBefore);
    }

    /// <summary>Compares the key of the last checkpoint with the one that the entries lead to.</summary>
    public void End(string? verifierKey)
    {
        if (verifierKey is null || _keys is not [.., var last] || last.VerifierKey == verifierKey)
            return;
        Find(
            $"The last checkpoint is signed with the key {NoteVerifier.Parse(verifierKey).Fingerprint}, but no entry names it: by its entries "
                + $"the journal is signed with {last.Fingerprint}."
        );
    }

    /// <summary>A stretch of time as people say it.</summary>
    public static string Words(TimeSpan stretch) =>
        stretch switch
        {
            { TotalDays: >= 2 } => string.Create(CultureInfo.InvariantCulture, $"{(int)stretch.TotalDays} days"),
            { TotalHours: >= 2 } => string.Create(CultureInfo.InvariantCulture, $"{(int)stretch.TotalHours} hours"),
            { TotalMinutes: >= 2 } => string.Create(
                CultureInfo.InvariantCulture,
                $"{(int)stretch.TotalMinutes} minutes"
            ),
            _ => string.Create(CultureInfo.InvariantCulture, $"{(int)stretch.TotalSeconds} seconds"),
        };

    private void ReadClock(JournalEntry entry)
    {
        if (_last is { } before && SetBack(before, entry.At) is { } back)
            Remark(
                $"The clock was set back by {Words(back)} at entry {entry.Sequence}: entry {entry.Sequence - 1} is from "
                    + $"{before:yyyy-MM-dd HH:mm:ss} UTC, entry {entry.Sequence} from {entry.At:yyyy-MM-dd HH:mm:ss} UTC."
            );
        _last = entry.At;
    }

    private void ReadKey(JournalEntry entry, JsonNode fields, Func<byte[]> rootBefore)
    {
        var (verifierKey, replaces) = (
            After(fields, nameof(SigningKey.VerifierKey)),
            After(fields, nameof(SigningKey.Replaces))
        );
        if (verifierKey is null || Parse(verifierKey) is not { } key)
        {
            Find($"Entry {entry.Sequence} ({entry.Operation}) names a key that is none.");
            return;
        }
        if (_keys is [.., var last])
        {
            if (
                Wrong(entry.Sequence, last, key, replaces, After(fields, nameof(SigningKey.Statement)), rootBefore()) is
                { } wrong
            )
                Find($"Entry {entry.Sequence} ({entry.Operation}) changes the key to {key.Fingerprint}, but {wrong}");
            else
                Remark(
                    $"The key changed at entry {entry.Sequence}, on {entry.At:yyyy-MM-dd}: from {last.Fingerprint} to {key.Fingerprint}. "
                        + "Both keys signed the change."
                );
        }
        _keys.Add(new KeySpan(key.Fingerprint, verifierKey, entry.Sequence, entry.At));
    }

    private static string? Wrong(
        long sequence,
        KeySpan last,
        NoteVerifier key,
        string? replaces,
        string? statement,
        byte[] root
    )
    {
        if (replaces != last.VerifierKey || statement is null)
            return $"the key before it, {last.Fingerprint}, did not sign that.";
        if (SignedNote.Open(statement, NoteVerifier.Parse(last.VerifierKey)) is not { } text)
            return $"the key before it, {last.Fingerprint}, did not sign that.";
        if (SignedNote.Open(statement, key) is null)
            return "the new key did not sign that.";
        if (
            Checkpoint.Parse(text) is not { } checkpoint
            || !text.Split('\n').Contains(SigningKey.Naming(key.ToString()))
        )
            return "what was signed does not name it.";
        return checkpoint.Size == sequence && checkpoint.Root.AsSpan().SequenceEqual(root)
            ? null
            : "what was signed is not the journal until there.";
    }

    private static NoteVerifier? Parse(string text)
    {
        try
        {
            return NoteVerifier.Parse(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static string? After(JsonNode fields, string name) =>
        fields[name] is JsonArray { Count: 2 } values ? (string?)values[1] : null;

    private void Find(string finding)
    {
        if (_findings.Count < Most)
            _findings.Add(finding);
    }

    private void Remark(string remark)
    {
        if (_remarks.Count < Most)
            _remarks.Add(remark);
    }
}
