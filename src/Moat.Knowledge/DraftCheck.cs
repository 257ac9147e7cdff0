namespace Moat.Knowledge;

/// <summary>What must hold of the interview and of what is drafted from it.</summary>
internal static class DraftCheck
{
    private const string Interviews = "draft/interview.yaml",
        Assets = "draft/assets.yaml";

    /// <summary>Throws <see cref="ContentError"/> on the first mistake.</summary>
    public static void Of(KnowledgeBase knowledge)
    {
        var answers = knowledge.Interview.Fields.Select(f => f.Key).ToHashSet();
        foreach (var field in knowledge.Interview.Fields)
            ContentCheck.Known(Interviews, field.Options.SelectMany(o => o.Flags), Flags.All.Contains, "flag");
        var drafted = knowledge.DraftedAssets;
        var keys = drafted.Assets.Select(a => a.Key).ToHashSet();
        ContentCheck.Known(Assets, drafted.Assets.Select(a => a.Kind), AssetKinds.All.ContainsKey, "asset kind");
        ContentCheck.Known(
            Assets,
            drafted.Assets.SelectMany(a => a.Unless.Concat(a.Each is { } each ? [each] : [])),
            answers.Contains,
            "answer of the interview"
        );
        ContentCheck.Known(
            Assets,
            drafted.Relations.SelectMany(r => r.From.Concat(r.To)),
            keys.Contains,
            "drafted asset"
        );
        foreach (
            var threat in knowledge.Threats.Where(t =>
                !t.Scenario.Title.StartsWith("{asset}: ", StringComparison.Ordinal)
            )
        )
            throw new ContentError(
                $"threats/{threat.Id}.md",
                1,
                "The scenario's title begins with \"{asset}: \", so that it reads well for any name, singular or plural."
            );
    }
}
