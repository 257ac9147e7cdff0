namespace Moat.Isms.Versions;

/// <summary>
/// What a push says of bytes that are known under the same name. It fills what nobody said so far, and another run made
/// them again; other inputs for the same bytes stand as a contradiction and never go away without a word.
/// </summary>
/// <param name="Source">By what a later push's word about the same matter is known.</param>
/// <param name="Says">What it says otherwise; null where it says what is known.</param>
/// <param name="Remark">What the one who pushes is told.</param>
internal sealed record PushedAgain(string Source, string? Says, string? Remark)
{
    /// <summary>By what contradictions about origins are known.</summary>
    public const string Origin = "push:origin";

    /// <summary>
    /// Compares the commit of a push with that of the run that it names: one run has one commit. Without a run it is
    /// that of the first.
    /// </summary>
    public static IEnumerable<PushedAgain> Of(ShelvedVersion known, NewVersion told)
    {
        // Before runs that make the same bytes again were kept, each of them was a contradiction.
        if (told.Run is { Length: > 0 })
            yield return new PushedAgain("push:run", null, null);
        if (told.Commit is { Length: > 0 } commit)
            yield return Of(
                "push:commit",
                "commit",
                known.CommitOf(told.Run) is { } before && before != commit
                    ? $"made from commit {commit}, not {before}"
                    : null,
                known.Version
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
            : Of(Origin, "origin", other.Count == 0 ? null : string.Join(", ", other), known.Version);
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
