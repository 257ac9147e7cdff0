namespace Moat.Knowledge;

/// <summary>What must hold of the interview and of what is drafted from it.</summary>
internal static class DraftCheck
{
    /// <summary>Throws <see cref="ContentError"/> on the first mistake.</summary>
    public static void Of(KnowledgeBase knowledge)
    {
        var answers = knowledge.Interview.Fields.Select(f => f.Key).ToHashSet();
        ContentCheck.Known(
            "draft/communication.yaml",
            knowledge.DraftedCommunications.Select(c => c.OwnerRole),
            knowledge.RoleById.ContainsKey,
            "role"
        );
        ContentCheck.Known(
            "draft/context.yaml",
            knowledge.DraftedContext.Business.Select(b => b.From.Split('=')[0]),
            answers.Contains,
            "answer of the interview"
        );
        foreach (var cadence in knowledge.DraftedCadences)
            Cadence(knowledge, cadence);
        foreach (var field in knowledge.Interview.Fields)
            ContentCheck.Known(
                "draft/interview.yaml",
                field.Options.SelectMany(o => o.Flags),
                Flags.All.Contains,
                "flag"
            );
        Assets(knowledge.DraftedAssets, answers);
        foreach (var threat in knowledge.Threats)
            Scenario(threat);
        foreach (var step in knowledge.Checklists.Values.SelectMany(c => c.Steps))
            Step(knowledge, step);
    }

    private static void Cadence(KnowledgeBase knowledge, DraftedCadence cadence)
    {
        const string file = "draft/cadences.yaml",
            evidence = "evidence:";
        ContentCheck.Known(
            file,
            [cadence.Requirement],
            r => ContentCheck.IsRequirement(knowledge, r),
            "clause or control"
        );
        ContentCheck.Known(file, [cadence.Process], id => knowledge.Processes.Any(p => p.Id == id), "process");
        if (cadence.Role is { } role)
            ContentCheck.Known(file, [role], knowledge.RoleById.ContainsKey, "role");
        ContentCheck.Known(
            file,
            cadence
                .Proofs.Where(p => p.StartsWith(evidence, StringComparison.Ordinal))
                .Select(p => p[evidence.Length..]),
            knowledge.ControlById.ContainsKey,
            "control"
        );
    }

    private static void Assets(DraftedAssets drafted, HashSet<string> answers)
    {
        const string file = "draft/assets.yaml";
        var keys = drafted.Assets.Select(a => a.Key).ToHashSet();
        ContentCheck.Known(file, drafted.Assets.Select(a => a.Kind), AssetKinds.All.ContainsKey, "asset kind");
        ContentCheck.Known(
            file,
            drafted.Assets.SelectMany(a => a.Unless.Concat(a.Each is { } each ? [each] : [])),
            answers.Contains,
            "answer of the interview"
        );
        ContentCheck.Known(
            file,
            drafted.Relations.SelectMany(r => r.From.Concat(r.To)),
            keys.Contains,
            "drafted asset"
        );
    }

    private static void Scenario(ThreatEntry threat)
    {
        if (!threat.Scenario.Title.StartsWith("{asset}: ", StringComparison.Ordinal))
            throw new ContentError(
                $"threats/{threat.Id}.md",
                1,
                "The scenario's title begins with \"{asset}: \", so that it reads well for any name, singular or plural."
            );
    }

    private static void Step(KnowledgeBase knowledge, ChecklistStep step)
    {
        const string file = "draft/checklists.yaml";
        ContentCheck.Known(file, [step.Role], knowledge.RoleById.ContainsKey, "role");
        ContentCheck.Known(file, [step.Control], knowledge.ControlById.ContainsKey, "control");
    }
}
