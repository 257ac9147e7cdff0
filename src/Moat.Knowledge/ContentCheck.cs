using Moat.Knowledge.Checks;
using Moat.Knowledge.Documents;
using Moat.Knowledge.Playbooks;

namespace Moat.Knowledge;

/// <summary>
/// What must hold of the content as a whole: every reference leads somewhere, every section is there, nothing is an
/// orphan.
/// </summary>
internal static class ContentCheck
{
    private const int LongestLabel = 18;
    private static readonly string[] ClauseSections =
    [
        "## What it asks",
        "## What an auditor opens first",
        "## The AI angle",
        "*Worked example.*",
        "## Where it usually fails",
    ];
    private static readonly string[] ThreatSections =
    [
        "## How it happens",
        "## A real pattern",
        "## What gives it away",
        "## What treats it",
    ];
    private static readonly string[] ControlSections =
    [
        "## What it comes down to",
        "## In an AI company",
        "## How it is done",
        "## What convinces an auditor",
        "## Where it usually fails",
        "## Ask yourself",
    ];

    /// <summary>Throws <see cref="ContentError"/> on the first mistake.</summary>
    public static void Of(KnowledgeBase knowledge)
    {
        foreach (var control in knowledge.Controls)
            Control(knowledge, control);
        foreach (var clause in knowledge.Clauses.Where(c => !c.Heading))
            Sections($"clauses/{clause.Id}.md", clause.Body, ClauseSections);
        foreach (var threat in knowledge.Threats)
            Threat(knowledge, threat);
        foreach (var role in knowledge.Roles)
            Known($"roles/{role.Id}.md", role.NotAlso, knowledge.RoleById.ContainsKey, "role");
        foreach (var objective in knowledge.Objectives)
            Known($"objectives/{objective.Id}.md", [objective.OwnerRole], knowledge.RoleById.ContainsKey, "role");
        foreach (var template in knowledge.Documents)
            TemplateCheck.Of(knowledge, template);
        foreach (var course in knowledge.Courses)
            CourseCheck.Of(knowledge, course);
        foreach (var process in knowledge.Processes)
            Process(knowledge, process);
        foreach (var check in knowledge.Checks)
            RuleCheck.Of(knowledge, check);
        PlaybookCheck.Of(knowledge);
        foreach (var mapping in knowledge.Mappings)
            Mapping(knowledge, mapping);
        DraftCheck.Of(knowledge);
    }

    private static void Control(KnowledgeBase knowledge, ControlEntry control)
    {
        var file = $"annex-a/{control.Id}.md";
        Known(file, control.Related, knowledge.ControlById.ContainsKey, "control");
        if (!control.Applies.IsAlways && control.ExcludedBecause is null)
            throw new ContentError(file, 1, "excluded_because is missing.");
        Sections(file, control.Body, ControlSections);
        if (control.NoThreat is null && !knowledge.Threats.Any(t => t.Controls.All.Contains(control.Id)))
            throw new ContentError(
                file,
                1,
                "No threat is treated by it; name one, or say in no_threat why there is none."
            );
    }

    private static void Threat(KnowledgeBase knowledge, ThreatEntry threat)
    {
        var file = $"threats/{threat.Id}.md";
        Known(file, threat.Controls.All, knowledge.ControlById.ContainsKey, "control");
        Known(file, threat.Assets, AssetKinds.All.ContainsKey, "asset kind");
        Known(
            file,
            threat.Start.Likelihood.Plus.Keys.Concat(threat.Start.Impact.Plus.Keys),
            Flags.All.Contains,
            "flag"
        );
        Known(file, threat.Harms, h => h is "confidentiality" or "integrity" or "availability", "harm");
        Known(file, threat.Modality, Flags.All.Contains, "flag");
        Known(file, [threat.Family], f => f is "ai" or "general", "family");
        Sections(file, threat.Body, ThreatSections);
    }

    private static void Process(KnowledgeBase knowledge, ProcessEntry process)
    {
        var file = $"processes/{process.Id}.md";
        Known(file, [process.Clause], c => IsRequirement(knowledge, c), "clause");
        Known(file, [process.OwnerRole], knowledge.RoleById.ContainsKey, "role");
        if (process.Label.Length is 0 or > LongestLabel)
            throw new ContentError(
                file,
                1,
                $"The label has 1 to {LongestLabel} characters, so that it fits its box on the map."
            );
        if (process.Runs.Count == 0)
            throw new ContentError(file, 1, "No operation runs it.");
        if (process.Interactions.Select(i => i.To).Distinct().Count() < process.Interactions.Count)
            throw new ContentError(file, 1, "Two interactions go to the same process.");
        Known(
            file,
            process.Interactions.Select(i => i.To),
            t => knowledge.Processes.Any(p => p.Id == t && p.Id != process.Id),
            "other process"
        );
    }

    private static void Mapping(KnowledgeBase knowledge, FrameworkMapping mapping)
    {
        var file = $"mappings/{mapping.Id}.yaml";
        Known(
            file,
            mapping.Requirements.SelectMany(r => r.Answers),
            a => IsRequirement(knowledge, a),
            "clause or control"
        );
        if (mapping is { IsLaw: true, AsOf: null })
            throw new ContentError(file, 1, "A law needs as_of: the day on which somebody last went through it.");
        if (mapping.Requirements.GroupBy(r => r.Id).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new ContentError(file, 1, $"'{twice.Key}' stands there twice.");
    }

    internal static bool IsRequirement(KnowledgeBase knowledge, string id) =>
        knowledge.ControlById.ContainsKey(id) || knowledge.Clauses.Any(c => c.Id == id);

    internal static void Sections(string file, string body, string[] sections)
    {
        if (sections.FirstOrDefault(s => !body.Contains(s, StringComparison.Ordinal)) is { } missing)
            throw new ContentError(file, 1, $"The section '{missing}' is missing.");
    }

    internal static void Known(string file, IEnumerable<string> ids, Func<string, bool> isKnown, string what)
    {
        if (ids.FirstOrDefault(id => !isKnown(id)) is { } unknown)
            throw new ContentError(file, 1, $"There is no {what} '{unknown}'.");
    }
}
