namespace Moat.Isms.Versions;

/// <summary>
/// What a push says of bytes that are known under the same name. It fills what nobody said so far; what it says
/// otherwise stands as a contradiction and never goes away without a word.
/// </summary>
/// <param name="Source">By what a later push's word about the same matter is known.</param>
/// <param name="Says">What it says otherwise; null where it says what is known.</param>
/// <param name="Remark">What the one who pushes is told.</param>
internal sealed record PushedAgain(string Source, string? Says, string? Remark)
{
    /// <summary>Compares what a push says of run and commit with what is known; only what it speaks of.</summary>
    public static IEnumerable<PushedAgain> Of(AssetVersion known, NewVersion told)
    {
        if (told.Run is { Length: > 0 } run && known.Run is { } knownRun)
            yield return Of("push:run", "run", run == knownRun ? null : VersionShelf.ByRun(run, knownRun), known);
        if (told.Commit is { Length: > 0 } commit && known.Commit is { } knownCommit)
            yield return Of(
                "push:commit",
                "commit",
                commit == knownCommit ? null : $"made from commit {commit}, not {knownCommit}",
                known
            );
    }

    /// <summary>Compares the origins of a push with those known of the same kind; only what it speaks of.</summary>
    public static PushedAgain? OfOrigins(ShelvedVersion known, IReadOnlyList<(AssetVersion Version, string Kind)> told)
    {
        var other = told.Where(o => !known.Origins.ContainsKey(o.Version.Id))
            .Where(o =>
                known.Origins.ContainsValue(o.Kind)
                && !told.Any(t => t.Kind == o.Kind && known.Origins.ContainsKey(t.Version.Id))
            )
            .Select(o => VersionFeed.From(o.Version))
            .ToList();
        return told.Count == 0
            ? null
            : Of("push:origin", "origin", other.Count == 0 ? null : string.Join(", ", other), known.Version);
    }

    private static PushedAgain Of(string source, string what, string? says, AssetVersion known) =>
        new(
            source,
            says,
            says is null
                ? null
                : $"{known.Ref} is known with these bytes and another {what}. What was said now stands on its page as a "
                    + $"contradiction: {says}."
        );
}
