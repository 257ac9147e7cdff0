using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Anchors;
using Moat.Isms.Kernel;

namespace Moat.Reports.Pack;

/// <summary>
/// What places outside said of the journal before the pack was made: each checkpoint as it was sent, with its cosignature, and beside it the
/// time-stamp's token. The checkpoint of the pack itself goes out after it.
/// </summary>
internal static class PackAnchors
{
    private const int Most = 1000;

    public static async Task Add(PackBuilder builder, MoatDb db, CancellationToken ct)
    {
        var anchors = await db.Set<Anchor>().Where(a => !a.Contradicts).OrderByDescending(a => a.AnsweredAt).ThenByDescending(a => a.Size).Take(Most)
            .ToListAsync(ct);
        foreach (var (anchor, number) in anchors.Select((a, n) => (a, anchors.Count - n)))
        {
            var path = string.Create(
                CultureInfo.InvariantCulture,
                    $"journal/anchors/{number:D4}-{anchor.AnsweredAt:yyyy-MM-dd}-{anchor.Size}-{anchor.Kind.ToString().ToLowerInvariant()}");
            builder.Add($"{path}.checkpoint", anchor is { Kind: AnchorKind.Witness, Receipt: { } cosigned } ? cosigned : anchor.Checkpoint);
            if (anchor is { Kind: AnchorKind.TimeStamp, Receipt: { } token }) builder.Add($"{path}.tst", Convert.FromBase64String(token));
        }
    }
}
