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
    private static readonly HashSet<string> Kinds = ["policy", "procedure", "plan", "statement", "record"];
    private const int LongestCheckId = 34;
    private static readonly HashSet<string> Severities = ["low", "medium", "high", "critical"];
    private static readonly HashSet<string> Classes = ["public", "internal", "confidential", "restricted"];

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
            Template(knowledge, template);
        foreach (var course in knowledge.Courses)
            Course(knowledge, course);
        foreach (var process in knowledge.Processes)
            Process(knowledge, process);
        foreach (var check in knowledge.Checks)
            Check(knowledge, check);
        PlaybookCheck.Of(knowledge);
        foreach (var mapping in knowledge.Mappings)
            Mapping(knowledge, mapping);
        Known(
            "draft/communication.yaml",
            knowledge.DraftedCommunications.Select(c => c.OwnerRole),
            knowledge.RoleById.ContainsKey,
            "role"
        );
        Known(
            "draft/context.yaml",
            knowledge.DraftedContext.Business.Select(b => b.From.Split('=')[0]),
            a => knowledge.Interview.Fields.Any(f => f.Key == a),
            "answer of the interview"
        );
        foreach (var cadence in knowledge.DraftedCadences)
            Cadence(knowledge, cadence);
        DraftCheck.Of(knowledge);
        foreach (var step in knowledge.Checklists.Values.SelectMany(c => c.Steps))
        {
            Known("draft/checklists.yaml", [step.Role], knowledge.RoleById.ContainsKey, "role");
            Known("draft/checklists.yaml", [step.Control], knowledge.ControlById.ContainsKey, "control");
        }
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

    private static void Check(KnowledgeBase knowledge, CheckEntry check)
    {
        var file = $"checks/{check.Id}.md";
        Known(file, [check.Resource], ResourceKind.Known.ContainsKey, "kind of resource");
        Known(file, [check.Severity], Severities.Contains, "severity");
        Known(file, check.Controls, knowledge.ControlById.ContainsKey, "control");
        Known(file, check.Clauses, c => knowledge.Clauses.Any(k => k.Id == c), "clause");
        if (check.Id.Length > LongestCheckId)
            throw new ContentError(file, 1, $"The id is longer than {LongestCheckId} characters.");
        if (check.Controls.Count + check.Clauses.Count == 0)
            throw new ContentError(file, 1, "It shows nothing: name a control or a clause.");
    }

    /// <summary>Compiles the rule of every check.</summary>
    internal static void Rules(KnowledgeBase knowledge)
    {
        foreach (var check in knowledge.Checks)
        {
            try
            {
                _ = check.Rule;
            }
            catch (RuleInvalid e)
            {
                throw new ContentError($"checks/{check.Id}.md", 1, $"{e.Field}: {e.Message}");
            }
        }
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

    private static void Template(KnowledgeBase knowledge, DocumentTemplate template)
    {
        var file = $"documents/{template.Id}.md";
        Known(file, [template.Kind], Kinds.Contains, "kind of document");
        Known(file, [template.Classification], Classes.Contains, "classification");
        Known(
            file,
            template.Clauses.Concat(template.RequiredBy).Concat(template.RecordsFor),
            c => knowledge.Clauses.Any(k => k.Id == c),
            "clause"
        );
        Known(file, template.Controls, knowledge.ControlById.ContainsKey, "control");
        Known(
            file,
            template.Audience.Where(a => a != "everyone").Append(template.OwnerRole).Append(template.ApproverRole),
            knowledge.RoleById.ContainsKey,
            "role"
        );
        Known(
            file,
            DocumentEngine.DecisionsIn(template.Body),
            d => template.Decisions.Any(p => p.Id == d),
            "decision point"
        );
        Known(
            file,
            template.Decisions.Select(d => d.Id),
            DocumentEngine.DecisionsIn(template.Body).Contains,
            "place in the text for the decision point"
        );
        if (template.Decisions.Any(d => d.Options.Count < 2))
            throw new ContentError(file, 1, "A decision point needs two options or more.");
    }

    /// <summary>
    /// Fills each template with each of its decisions. Slow, so it is done by <c>moat content lint</c> and the tests.
    /// </summary>
    public static void Texts(KnowledgeBase knowledge)
    {
        foreach (var template in knowledge.Documents)
        {
            var file = $"documents/{template.Id}.md";
            string Role(string id) =>
                knowledge.RoleById.TryGetValue(id, out var role)
                    ? role.Title
                    : throw new ContentError(file, 1, $"There is no role '{id}'.");
            var fields = new DocumentFields(Flags.All, 60, Role, knowledge.ControlById.ContainsKey);
            for (
                var option = 0;
                option < template.Decisions.Select(d => d.Options.Count).DefaultIfEmpty(1).Max();
                option++
            )
                Fill(
                    file,
                    template,
                    template.Decisions.ToDictionary(
                        d => d.Id,
                        d => d.Options[Math.Min(option, d.Options.Count - 1)].Text
                    ),
                    fields
                );
        }
    }

    private static void Fill(
        string file,
        DocumentTemplate template,
        Dictionary<string, string> decisions,
        DocumentFields fields
    )
    {
        try
        {
            DocumentEngine.Fill(template.Body, decisions, fields);
        }
        catch (DocumentSyntax e)
        {
            throw new ContentError(file, 1, e.Message);
        }
    }

    private static void Course(KnowledgeBase knowledge, CourseEntry course)
    {
        var file = $"courses/{course.Id}.md";
        Known(
            file,
            course.Audience.Where(a => a != "everyone" && !a.StartsWith("department:", StringComparison.Ordinal)),
            knowledge.RoleById.ContainsKey,
            "role"
        );
        Known(file, course.Clauses, c => knowledge.Clauses.Any(k => k.Id == c), "clause");
        Known(file, course.Controls, knowledge.ControlById.ContainsKey, "control");
        if (course.Questions.Count < 12)
            throw new ContentError(file, 1, "The bank needs at least 12 questions.");
        if (course.Asked < 6 || course.Asked > course.Questions.Count)
            throw new ContentError(file, 1, "asked is between 6 and the size of the bank.");
        if (course.Lessons.Count < 2)
            throw new ContentError(file, 1, "There are fewer than two lessons.");
        if (
            course.Questions.FirstOrDefault(q => q.Options.Count < 3 || q.Answer < 1 || q.Answer > q.Options.Count) is
            { } wrong
        )
            throw new ContentError(
                file,
                1,
                $"Question '{wrong.Id}' needs three options or more and the number of the right one."
            );
        if (course.Questions.Select(q => q.Id).Distinct().Count() < course.Questions.Count)
            throw new ContentError(file, 1, "Two questions have the same id.");
    }

    private const int LongestLabel = 18;

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

    private static void Cadence(KnowledgeBase knowledge, DraftedCadence cadence)
    {
        const string file = "draft/cadences.yaml",
            evidence = "evidence:";
        Known(file, [cadence.Requirement], r => IsRequirement(knowledge, r), "clause or control");
        Known(file, [cadence.Process], id => knowledge.Processes.Any(p => p.Id == id), "process");
        if (cadence.Role is { } role)
            Known(file, [role], knowledge.RoleById.ContainsKey, "role");
        Known(
            file,
            cadence
                .Proofs.Where(p => p.StartsWith(evidence, StringComparison.Ordinal))
                .Select(p => p[evidence.Length..]),
            knowledge.ControlById.ContainsKey,
            "control"
        );
    }

    private static bool IsRequirement(KnowledgeBase knowledge, string id) =>
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
