namespace Moat.Knowledge.Documents;

/// <summary>What must hold of a template of a document.</summary>
internal static class TemplateCheck
{
    private static readonly HashSet<string> Kinds = ["policy", "procedure", "plan", "statement", "record"];
    private static readonly HashSet<string> Classes = ["public", "internal", "confidential", "restricted"];

    /// <summary>Throws <see cref="ContentError"/> on the first mistake.</summary>
    public static void Of(KnowledgeBase knowledge, DocumentTemplate template)
    {
        var file = $"documents/{template.Id}.md";
        ContentCheck.Known(file, [template.Kind], Kinds.Contains, "kind of document");
        ContentCheck.Known(file, [template.Classification], Classes.Contains, "classification");
        ContentCheck.Known(
            file,
            template.Clauses.Concat(template.RequiredBy).Concat(template.RecordsFor),
            c => knowledge.Clauses.Any(k => k.Id == c),
            "clause"
        );
        ContentCheck.Known(file, template.Controls, knowledge.ControlById.ContainsKey, "control");
        ContentCheck.Known(
            file,
            template.Audience.Where(a => a != "everyone").Append(template.OwnerRole).Append(template.ApproverRole),
            knowledge.RoleById.ContainsKey,
            "role"
        );
        ContentCheck.Known(
            file,
            DocumentEngine.DecisionsIn(template.Body),
            d => template.Decisions.Any(p => p.Id == d),
            "decision point"
        );
        ContentCheck.Known(
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
}
