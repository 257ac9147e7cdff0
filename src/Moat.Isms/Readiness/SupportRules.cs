namespace Moat.Isms.Readiness;

/// <summary>The rules about documents, people, communication and suppliers (clauses 4.4, 5.2, 7.2-7.5, 8.1).</summary>
internal static class SupportRules
{
    private const int FewestDocuments = 10;

    /// <summary>By the rule's id.</summary>
    public static IReadOnlyDictionary<string, Func<ReadinessFacts, int, RuleResult>> All { get; } = new Dictionary<string, Func<ReadinessFacts, int, RuleResult>>
    {
        ["processes-described"] = (f, age) => PublishedFor(f, age, "4.4", "the processes and how they interact"),
        ["policy-approved"] = (f, age) => PublishedFor(f, age, "5.2", "the information security policy"),
        ["policy-acknowledged"] = (f, age) => ReadinessRules.All(f, age, f.Support.PolicyAsked, 1, "people asked about the policy confirmed it or still have time"),
        ["competence-defined"] = (f, age) => ReadinessRules.All(f, age, f.Support.RolesWithNeeds, 3, "held roles have the competence they need defined"),
        ["competence-shown"] = (f, age) => ReadinessRules.All(f, age, f.Support.Shown, 3, "competences of role holders are shown"),
        ["competence-gaps-closed"] = (f, age) => ReadinessRules.Fresh(f, age, f.Support.LastGapClosed, "A gap was closed and checked", "No gap was closed and checked yet"),
        ["awareness-course"] = (f, age) => ReadinessRules.Some(f, age, f.Support.Assigned with { Good = f.Support.Assigned.All }, 1, "course assignments"),
        ["awareness-completed"] = (f, age) => ReadinessRules.All(f, age, f.Support.Aware, 1, "people passed the course for everyone or have time left for it"),
        ["awareness-refreshed"] = (f, age) => ReadinessRules.Fresh(f, age, f.Support.LastRefresh, "Training was refreshed or followed something that happened", "No training was refreshed or followed something that happened"),
        ["communication-plan"] = (f, age) => ReadinessRules.Some(f, age, f.Support.Planned with { Good = f.Support.Planned.All }, 3, "adopted entries of the communication plan"),
        ["communication-sent"] = (f, age) => ReadinessRules.Some(f, age, f.Support.Sent, 1, "communications kept"),
        ["communication-reviewed"] = (f, age) => ReadinessRules.Fresh(f, age, f.Support.LastPlanChange, "The communication plan was changed", "The communication plan was never changed"),
        ["documents-controlled"] = (f, _) => ReadinessRules.All(f, int.MaxValue, f.Support.Documents, FewestDocuments, "adopted documents, each with an owner"),
        ["documents-approved"] = (f, age) => ReadinessRules.All(f, age, f.Support.Published, FewestDocuments, "adopted documents, each published"),
        ["documents-reviewed"] = Reviewed,
        ["external-documents"] = (f, age) => ReadinessRules.All(f, age, f.Support.External, 1, "documents of external origin, each looked at in time"),
        ["outsourced-controlled"] = (f, age) => f.Support.Suppliers.All == 0
            ? new(false, "No supplier of tier high or critical is adopted")
            : f.Improving.Outsourced.Good < f.Improving.Outsourced.All
                ? new(false, $"{f.Improving.Outsourced.Good} of {f.Improving.Outsourced.All} outsourced processes, products and services were looked at in time")
                : ReadinessRules.All(f, age, f.Support.Suppliers, 1, "suppliers of tier high and critical, each assessed in time"),
    };

    private static RuleResult PublishedFor(ReadinessFacts f, int age, string clause, string what) => ReadinessRules.Fresh(
        f, age, f.Support.PublishedFor.TryGetValue(clause, out var at) ? at : null, $"A document about {what} was published", $"No document about {what} is published");

    private static RuleResult Reviewed(ReadinessFacts f, int age) => f.Support.Reviewed.Good < f.Support.Reviewed.All
        ? new(false, $"{f.Support.Reviewed.Good} of {f.Support.Reviewed.All} published documents are within their review cycle")
        : ReadinessRules.Fresh(f, age, f.Support.LastRevision, "A document was revised or confirmed", "No document was revised or confirmed after its first version");
}
