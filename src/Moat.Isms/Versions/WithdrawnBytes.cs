using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;

namespace Moat.Isms.Versions;

/// <summary>
/// What is touched by withdrawn bytes, whatever the versions that have them are called: what has them, what was made
/// from that, and what shares some files with either and so may be touched.
/// </summary>
public sealed class WithdrawnBytes(MoatDb db)
{
    /// <summary>
    /// Throws <see cref="RuleBroken"/> for a version that is touched, or may be and nobody answered that.
    /// </summary>
    internal async Task MustBeSound(AssetVersion version, CancellationToken ct)
    {
        var withdrawn = await Known(ct);
        if (withdrawn.Count == 0)
            return;
        var graph = await VersionGraph.Read(db, ct);
        var touched = graph.Touched(Moments(withdrawn));
        if (touched.TryGetValue(version.Id, out var taint))
            throw Refused(version, withdrawn[taint.Withdrawn], taint);
        var origins = graph.Follow(version.Id, forward: false).Select(s => s.Id);
        var shared = await Shared(graph.Shared([version.Id, .. origins], touched), touched, withdrawn, ct);
        var open = shared
            .FindAll(s => s.Word is null && !Names(version, s.Withdrawn))
            .OrderByDescending(s => s.Version.Id == version.Id)
            .ToList();
        if (open is [var first, ..])
            throw new RuleBroken(
                "versions.release.shares-withdrawn",
                $"{first.Version.Ref} shares {first.Files} of {first.Of} files with {first.With.Ref} "
                    + $"({first.With.Caption}), {Fate(first)}: {first.Withdrawn.WithdrawnBecause} "
                    + $"Find out whether these files are what it was withdrawn for; if not, name {first.Withdrawn.Ref} "
                    + "in what was checked and say how that is known."
                    + (open.Count > 1 ? $" The same of {Others(open)}." : "")
            );
    }

    /// <summary>Throws <see cref="RuleBroken"/> where a version shares nothing with a withdrawn one.</summary>
    internal async Task MustShare(AssetVersion version, AssetVersion with, CancellationToken ct)
    {
        var withdrawn = await Known(ct);
        var graph = await VersionGraph.Read(db, ct);
        var touched = graph.Touched(Moments(withdrawn));
        if (!graph.Shared([version.Id], touched).Any(s => touched[s.With].Withdrawn == with.Id))
            throw new RuleBroken(
                "versions.answer.shares-nothing",
                touched.TryGetValue(version.Id, out var taint) && taint.Withdrawn == with.Id
                    ? $"{version.Ref} does not only share files with {with.Ref}: its bytes come from there. Withdraw it."
                    : $"{version.Ref} shares no files with {with.Ref}, or that is not withdrawn."
            );
    }

    /// <summary>Which of these versions are touched, each with the withdrawn one from which its bytes come.</summary>
    internal async Task<Dictionary<Guid, AssetVersion>> Touched(
        IReadOnlyCollection<Guid> versions,
        CancellationToken ct
    )
    {
        var withdrawn = await Known(ct);
        if (withdrawn.Count == 0 || versions.Count == 0)
            return [];
        var touched = (await VersionGraph.Read(db, ct)).Touched(Moments(withdrawn));
        return versions.Where(touched.ContainsKey).ToDictionary(v => v, v => withdrawn[touched[v].Withdrawn]);
    }

    /// <summary>When each was withdrawn.</summary>
    internal static Dictionary<Guid, DateTime> Moments(Dictionary<Guid, AssetVersion> withdrawn) =>
        withdrawn.ToDictionary(w => w.Key, w => w.Value.WithdrawnAt!.Value);

    /// <summary>The withdrawn versions.</summary>
    internal Task<Dictionary<Guid, AssetVersion>> Known(CancellationToken ct) =>
        db.Set<AssetVersion>().AsNoTracking().Where(v => v.WithdrawnAt != null).ToDictionaryAsync(v => v.Id, ct);

    /// <summary>
    /// Which versions share files with what comes from which withdrawn one, each pair once, and whether a person said
    /// since why that is sound.
    /// </summary>
    internal async Task<List<SharedWithWithdrawn>> Shared(
        IEnumerable<SharedFiles> shared,
        IReadOnlyDictionary<Guid, Taint> touched,
        Dictionary<Guid, AssetVersion> withdrawn,
        CancellationToken ct
    )
    {
        var most = shared
            .GroupBy(s => (s.Id, touched[s.With].Withdrawn))
            .Select(g =>
                (
                    g.Key.Withdrawn,
                    Share: g.OrderByDescending(s => s.Files).ThenBy(s => s.With).First(),
                    Tells: g.Any(s => s.Tells)
                )
            )
            .ToList();
        var ids = most.SelectMany(m => new[] { m.Share.Id, m.Share.With }).Distinct().ToList();
        var versions = await db.Set<AssetVersion>()
            .AsNoTracking()
            .Where(v => ids.Contains(v.Id))
            .ToDictionaryAsync(v => v.Id, ct);
        var answers = (
            await db.Set<SharedAnswer>().AsNoTracking().Where(a => ids.Contains(a.VersionId)).ToListAsync(ct)
        ).ToLookup(a => (a.VersionId, a.WithdrawnId));
        return
        [
            .. from m in most
            let version = versions[m.Share.Id]
            let root = withdrawn[m.Withdrawn]
            orderby version.Number, root.Number
            select new SharedWithWithdrawn(
                version,
                versions[m.Share.With],
                m.Share.Files,
                m.Share.Of,
                root,
                m.Tells,
                Answer(version, root, answers[(version.Id, root.Id)])
            ),
        ];
    }

    private static SharedWord? Answer(AssetVersion version, AssetVersion withdrawn, IEnumerable<SharedAnswer> answers)
    {
        var words = answers.Select(a => new SharedWord(a.At, a.By, a.Because));
        if (version.ReleasedAt is { } released && Names(version, withdrawn))
            words = words.Append(new SharedWord(released, version.ReleasedBy!, version.Checked!));
        return words.Where(w => w.At >= withdrawn.WithdrawnAt).MinBy(w => w.At);
    }

    private static RuleBroken Refused(AssetVersion version, AssetVersion withdrawn, Taint taint) =>
        taint.IsSameBytes
            ? new RuleBroken(
                "versions.release.withdrawn-bytes",
                $"{version.Ref} has the same bytes as {withdrawn.Ref}, which was withdrawn: {withdrawn.WithdrawnBecause}"
            )
            : new RuleBroken(
                "versions.release.made-from-withdrawn",
                $"{version.Ref} was made from {withdrawn.Ref} ({withdrawn.Caption}) or has bytes that were, and that was "
                    + $"withdrawn: {withdrawn.WithdrawnBecause} Make it again without that."
            );

    private static string Fate(SharedWithWithdrawn shared) =>
        shared.With.Id == shared.Withdrawn.Id
            ? "which was withdrawn"
            : $"whose bytes come from {shared.Withdrawn.Ref}, which was withdrawn";

    private static string Others(List<SharedWithWithdrawn> open) =>
        string.Join(", ", open.Skip(1).Take(5).Select(s => $"{s.Version.Ref} and {s.Withdrawn.Ref}"))
        + (open.Count > 6 ? $" and {open.Count - 6} more" : "");

    private static bool Names(AssetVersion version, AssetVersion withdrawn) =>
        Regex.IsMatch($"{version.Checked} {version.ReleaseNote}", $@"\b{withdrawn.Ref}\b", RegexOptions.IgnoreCase);
}

/// <summary>That a sound version shares some files with what comes from a withdrawn one.</summary>
/// <param name="Version">The version.</param>
/// <param name="With">The one with which it shares them.</param>
/// <param name="Files">How many.</param>
/// <param name="Of">How many files the other one has.</param>
/// <param name="Withdrawn">The withdrawn one.</param>
/// <param name="Tells">Whether they are more than a licence or the like.</param>
/// <param name="Word">What a person said since of why that is sound; null where nobody did.</param>
internal sealed record SharedWithWithdrawn(
    AssetVersion Version,
    AssetVersion With,
    int Files,
    int Of,
    AssetVersion Withdrawn,
    bool Tells,
    SharedWord? Word
);

/// <summary>What a person said of shared files.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
/// <param name="Because">Why they are sound.</param>
internal sealed record SharedWord(DateTime At, string By, string Because);
