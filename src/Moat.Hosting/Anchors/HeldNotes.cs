using System.Globalization;
using System.Text.RegularExpressions;
using Moat.Isms.Anchors;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Journal;

namespace Moat.Hosting.Anchors;

/// <summary>What a place that keeps files has to offer.</summary>
/// <param name="Names">The names of the organisation's files.</param>
/// <param name="Read">Reads one of them.</param>
internal sealed record HeldNotes(IReadOnlyList<string> Names, Func<string, CancellationToken, Task<string>> Read)
{
    /// <summary>The longest file that is read.</summary>
    public const int Longest = EarlierCheckpoint.LongestNote;

    /// <summary>What a checkpoint's file is called.</summary>
    public static string NameOf(OutgoingAnchor anchor) =>
        string.Create(CultureInfo.InvariantCulture, $"{anchor.AskedAt:yyyy-MM-dd}-{anchor.Size}.checkpoint");

    /// <summary>
    /// Holds what lies there against the journal before anything is added. Answers what ends the sending: the same
    /// checkpoint lies there already, or one that this journal is no continuation of. Nothing when the checkpoint can
    /// be added.
    /// </summary>
    public async Task<AnchorResult?> Compare(OutgoingAnchor anchor, Prover prove, CancellationToken ct)
    {
        var sizes = Names.Select(n => (Name: n, Size: SizeIn(n))).Where(n => n.Size > 0).OrderBy(n => n.Size).ToList();
        var looked = sizes.Where(n => n.Size == anchor.Size).Concat(sizes.TakeLast(1)).Distinct().ToList();
        foreach (var (name, _) in looked)
            if (await Differs(name, anchor, prove, ct) is { } wrong)
                return wrong;
        return looked.Any(n => n.Size == anchor.Size) ? AnchorResult.Held("It lies there already.") : null;
    }

    private async Task<AnchorResult?> Differs(string name, OutgoingAnchor anchor, Prover prove, CancellationToken ct)
    {
        var note = await Read(name, ct);
        if (Checkpoint.Parse(SignedNote.TextOf(note)) is not { Size: > 0 } held)
            return AnchorResult.Failed($"The file {name} that lies there is no checkpoint. Move it away.");
        var own = Checkpoint.Parse(SignedNote.TextOf(anchor.Checkpoint))!;
        if (!held.IsOf(own.Origin))
            return AnchorResult.Failed(
                $"The file {name} that lies there is of another journal ({held.Origin.Cut(200)}). Name another place."
            );
        var root = held.Size <= int.MaxValue ? (await prove(held.Size, held.Size, ct)).Root : null;
        if (root is not null && root.AsSpan().SequenceEqual(held.Root))
            return null;
        if (Checkpoint.Open(note, NoteVerifier.Parse(anchor.VerifierKey)) is null)
            return AnchorResult.Failed(
                $"The file {name} that lies there does not fit this journal, and is not signed with its key: somebody else wrote it."
            );
        return AnchorResult.Contradicted(
            root is null
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"It holds {name}, which covers {held.Size} entries, and the journal has fewer now: it was rolled back."
                )
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"It holds {name}, and the first {held.Size} of the journal are others now: it was rewritten, or went on from an older state."
                )
        );
    }

    private static long SizeIn(string name)
    {
        var match = Regex.Match(
            name,
            @"^\d{4}-\d{2}-\d{2}-([1-9]\d{0,17})\.checkpoint$",
            RegexOptions.None,
            TimeSpan.FromSeconds(1)
        );
        return match.Success ? long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : 0;
    }
}
