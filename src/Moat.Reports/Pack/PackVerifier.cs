using System.Text;
using System.Text.Json;
using Moat.Isms.Kernel.Journal;

namespace Moat.Reports.Pack;

/// <summary>What a check of an audit pack found.</summary>
/// <param name="Holds">Whether everything fits.</param>
/// <param name="Findings">What does not, each with the file or entry.</param>
/// <param name="Organization">Whose pack it says it is.</param>
/// <param name="Fingerprint">The fingerprint of the key that signed it; compare it with the one you got in another
/// way.</param>
/// <param name="Files">How many files were compared.</param>
/// <param name="Entries">How many journal entries were recomputed.</param>
/// <param name="Proofs">How many proofs of inclusion were checked.</param>
/// <param name="Aside">Files that a packing program added, which are no part of the pack and were not read.</param>
public sealed record PackCheck(
    bool Holds,
    IReadOnlyList<string> Findings,
    string Organization,
    string? Fingerprint,
    int Files,
    long Entries,
    int Proofs,
    IReadOnlyList<string> Aside
)
{
    /// <summary>
    /// What a reader has to know, although nothing is wrong: keys that were changed, times at which the clock was set
    /// back.
    /// </summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>
    /// What the journal does not prove, although the pack verifies: columns of registers, and files for reading only.
    /// </summary>
    public IReadOnlyList<string> NotProved { get; init; } = [];
}

/// <summary>
/// Verifies an audit pack with nothing but its files, zipped or unpacked: signature, every file's hash, every journal
/// entry's leaf, the tree's root against the signed checkpoint (RFC 9162), the proofs, and that every register,
/// statement, approved text and piece of evidence is what the journal leads to.
/// </summary>
public sealed class PackVerifier
{
    private const int MostFindings = 100;
    private const int MostBytesOfNote = 64 * 1024;
    private const int MostBytesOfManifest = 64 * 1024 * 1024;

    private readonly PackedFiles _files;
    private readonly List<string> _findings = [];
    private long _left;
    private int _compared;
    private string _organization = "";
    private NoteVerifier? _key;
    private PackJournal? _journal;

    private PackVerifier(PackedFiles files, long mostBytes) => (_files, _left) = (files, mostBytes);

    /// <summary>What of registers nothing proves, such as <c>Resource: Last seen at</c>, with the reason.</summary>
    public static IReadOnlyList<(string Column, string Because)> NotProved => PackRegisters.NotProved;

    /// <summary>Whether a folder holds an unpacked pack.</summary>
    public static bool IsPack(string folder) => UnpackedFolder.HasPack(folder);

    /// <summary>Checks a pack. Never throws because of what is in it: what is wrong is a finding.</summary>
    /// <param name="pack">The file; must be able to seek.</param>
    /// <param name="ct">Ends the check early.</param>
    public static async Task<PackCheck> Verify(Stream pack, CancellationToken ct)
    {
        try
        {
            var (archive, files, mostBytes) = ZippedPack.Open(pack);
            await using (archive)
                return await new PackVerifier(files, mostBytes).Check(ct);
        }
        catch (Exception e) when (BrokenPack.IsOfContent(e))
        {
            return Unreadable(e);
        }
    }

    /// <summary>Checks a pack that was unpacked into a folder.</summary>
    public static async Task<PackCheck> Verify(string folder, CancellationToken ct)
    {
        try
        {
            return await new PackVerifier(UnpackedFolder.Read(folder), long.MaxValue).Check(ct);
        }
        catch (Exception e) when (BrokenPack.IsOfContent(e))
        {
            return Unreadable(e);
        }
    }

    private static PackCheck Unreadable(Exception e) =>
        new(false, [$"The pack cannot be read: {BrokenPack.Words(e)}"], "", null, 0, 0, 0, []);

    private async Task<PackCheck> Check(CancellationToken ct)
    {
        foreach (var finding in _files.Findings)
            Find(finding);
        try
        {
            ReadKey();
            if (Manifest() is { } manifest)
            {
                CompareFiles(manifest, ct);
                await CheckContent(manifest, ct);
            }
        }
        catch (Exception e) when (BrokenPack.IsOfContent(e))
        {
            Find($"The pack cannot be read to its end: {BrokenPack.Words(e)}");
        }
        return new PackCheck(
            _findings.Count == 0,
            _findings,
            _organization,
            _key?.Fingerprint,
            _compared,
            _journal?.Entries ?? 0,
            _journal?.Proofs ?? 0,
            _files.Aside
        )
        {
            Remarks = [.. _journal?.Reading.Remarks ?? [], .. EmptyFolders()],
            NotProved =
                _findings.Count == 0 && _journal is not null
                    ? [.. NotProved.Select(c => c.Column), .. PackProvedFiles.NotProved(_journal.Replay)]
                    : [],
        };
    }

    private IEnumerable<string> EmptyFolders() =>
        _files
            .EmptyFolders.Take(MostFindings)
            .Select(folder =>
                $"{folder} is an empty folder. No file of the pack needs it; some program or person added it."
            );

    private void Find(string finding)
    {
        if (_findings.Count < MostFindings)
            _findings.Add(finding);
    }

    private byte[]? BytesOf(string path, int most)
    {
        if (!_files.Files.TryGetValue(path, out var file))
        {
            Find($"{path}: it is missing.");
            return null;
        }
        try
        {
            return file.Read(most);
        }
        catch (Exception e) when (e is InvalidDataException or NotSupportedException or BrokenPack)
        {
            Find($"{path}: it cannot be unpacked, or is far longer than in any pack.");
            return null;
        }
    }

    private void ReadKey()
    {
        if (BytesOf(PackFormat.Verifier, MostBytesOfNote) is not { } bytes)
            return;
        try
        {
            _key = NoteVerifier.Parse(Encoding.UTF8.GetString(bytes));
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            Find($"{PackFormat.Verifier}: {e.Message}");
        }
    }

    /// <summary>
    /// The manifest, unless it was changed after it was signed: it would accuse files that nobody touched.
    /// </summary>
    private PackManifest? Manifest()
    {
        if (BytesOf(PackFormat.Manifest, MostBytesOfManifest) is not { } bytes)
            return null;
        var note = BytesOf(PackFormat.Signature, MostBytesOfNote);
        var signed = note is not null && _key is not null ? SignedNote.Open(Encoding.UTF8.GetString(note), _key) : null;
        if (note is not null && _key is not null && signed is null)
            Find($"{PackFormat.Signature}: it is not signed by the key in {PackFormat.Verifier}.");
        if (
            PackManifest.Read(bytes) is not { Organization: { } organization } manifest
            || signed is not null && signed != PackFormat.SignedText(organization, PackFormat.Sha256(bytes))
        )
        {
            Find(
                $"{PackFormat.Manifest}: it was changed after it was signed. Which of the other files were changed cannot be told without it."
            );
            return null;
        }
        _organization = organization;
        return manifest;
    }

    private void CompareFiles(PackManifest manifest, CancellationToken ct)
    {
        foreach (var finding in manifest.Findings)
            Find(finding);
        var named = new HashSet<string>(StringComparer.Ordinal) { PackFormat.Manifest, PackFormat.Signature };
        foreach (var file in manifest.Files)
        {
            ct.ThrowIfCancellationRequested();
            named.Add(file.Path);
            if (!_files.Files.TryGetValue(file.Path, out var found))
                Find($"{file.Path}: it is missing.");
            else if (!Is(found, file.Size, file.Sha256))
                Find($"{file.Path}: it was changed.");
            _compared++;
        }
        _compared += 2;
        foreach (var path in _files.Files.Keys.Where(p => !named.Contains(p)))
            Find($"{path}: it was added; the manifest does not name it.");
    }

    private bool Is(PackedFile file, long size, string sha256)
    {
        if (file.Size != size)
            return false;
        if ((_left -= size) < 0)
            throw new BrokenPack("unpacked it is far larger than any pack of its size.");
        try
        {
            return file.Sha256() == sha256;
        }
        catch (Exception e) when (e is InvalidDataException or NotSupportedException)
        {
            return false;
        }
    }

    private async Task CheckContent(PackManifest manifest, CancellationToken ct)
    {
        // Whatever the journal leads to is only worth comparing where the journal itself is whole.
        _journal = new PackJournal(_files, _key);
        var before = _findings.Count;
        foreach (var finding in _journal.Check(ct))
            Find(finding);
        if (_findings.Count > before || _findings.Any(f => f.StartsWith("journal/", StringComparison.Ordinal)))
            return;
        foreach (var finding in PackProvedFiles.Compare(manifest, _journal, _files))
            Find(finding);
        if (manifest.MadeAt is not { } madeAt)
            return;
        var registers = new PackRegisters(_journal.Replay, madeAt);
        foreach (var register in RegisterSheets.All)
        {
            ct.ThrowIfCancellationRequested();
            await CompareRegister(registers, register, ct);
        }
    }

    private async Task CompareRegister(PackRegisters registers, string register, CancellationToken ct)
    {
        var path = PackRegisters.PathOf(register);
        if (!_files.Files.TryGetValue(path, out var file))
        {
            if (!_findings.Any(f => f.StartsWith(path, StringComparison.Ordinal)))
                Find($"{path}: it is missing.");
            return;
        }
        try
        {
            using var content = file.Open();
            using var json = JsonDocument.Parse(new BoundedStream(content) { Left = file.Size });
            foreach (var finding in await registers.Compare(register, json.RootElement, ct))
                Find($"{path}: {finding}");
        }
        catch (Exception e) when (e is JsonException or InvalidDataException or BrokenPack)
        {
            Find($"{path}: it is not a register.");
        }
    }
}
