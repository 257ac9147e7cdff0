using Moat.Isms.Kernel.Rules;
using Moat.Knowledge;

namespace Moat.Isms.Documents;

/// <summary>
/// The rules about documented information (clauses 4.4, 5.2, 6.2, 7.5) and about documents that a clause names.
/// </summary>
public sealed class DocumentReadiness : ReadinessRules<DocumentFacts>
{
    private const int FewestDocuments = 10;
    private const int MostMissing = 10;

    /// <inheritdoc />
    public override IReadOnlyList<string> Acts =>
        ["documents.approve", "reviews.approve", "documents.confirm", "documents.acknowledge"];

    /// <inheritdoc />
    protected override IReadOnlyList<Rule<DocumentFacts>> Rules { get; } =
    [
        new(
            "clause-documents",
            "every document that the clause requires, or where it requires none at least one about it, is in force in a text that says something and was approved by a person",
            ForClause
        ),
        new(
            "processes-described",
            "a document about the processes and how they interact is in force, says something and was approved by a person",
            (f, a) => InForce(f, a, "4.4", "the processes and how they interact")
        ),
        new(
            "policy-approved",
            "a policy for clause 5.2 is in force, says something and was approved by a person",
            (f, a) => InForce(f, a, "5.2", "the information security policy")
        ),
        new(
            "policy-available",
            "the policy in force is public, or says to whom outside it is given (5.2 g)",
            Available
        ),
        new(
            "policy-communicated",
            "everybody who works here was asked to confirm the policy in force (5.2 f)",
            Communicated
        ),
        new(
            "policy-acknowledged",
            "at least 90 % of those whose day to confirm the policy in force is over confirmed it, and at least one did",
            (f, a) => Acknowledged(f, "5.2", "the policy in force")
        ),
        new(
            "policy-reviewed",
            "a person confirmed the policy or approved a later version at least 30 days after its first publication and within the time asked",
            (f, a) => Later(f, a, f.About("5.2"), "the policy")
        ),
        new(
            "objectives-communicated",
            "a document about the objectives is in force and at least 90 % of those whose day to confirm it is over confirmed it, and at least one did (6.2)",
            (f, a) => Acknowledged(f, "6.2", "the document on objectives")
        ),
        new(
            "documents-controlled",
            "at least ten documents are adopted and each has an approved version in force, a person who approved it, a day for its next review and readers who are named",
            Controlled
        ),
        new(
            "information-controlled",
            "a document for the control of documented information is in force, one about retention and deletion (A.5.33 or A.8.10) is in force, and every document in force names its readers (7.5.3)",
            Information
        ),
        new(
            "documents-approved",
            "at least ten documents are adopted, each has a version in force that a person approved, and the first came into force at least 30 days ago",
            InForceSince
        ),
        new(
            "documents-reviewed",
            "every document in force is within its review cycle, and a person confirmed or renewed one at least 30 days after its first publication and within the time asked",
            Reviewed
        ),
        new(
            "external-documents",
            "at least one document of external origin is listed and each was looked at in time",
            (f, a) =>
                Asked.Every(
                    f.External.Count(d => d.NextReviewOn >= a.Today),
                    f.External.Count,
                    1,
                    "documents of external origin were looked at in time"
                )
        ),
    ];

    /// <inheritdoc />
    protected override Task<DocumentFacts> Read(RuleSource source, CancellationToken ct) =>
        DocumentFacts.Read(source, ct);

    private static RuleResult ForClause(DocumentFacts f, Asked asked)
    {
        var required = KnowledgeBase.Shipped.Documents.Where(t => t.RequiredBy.Contains(asked.Clause)).ToList();
        if (required.Count == 0)
            return InForce(f, asked, asked.Clause, asked.Clause);
        foreach (var template in required)
        {
            var result = Stands(f, f.Published.FirstOrDefault(d => d.Key == template.Id), template.Title);
            if (!result.Holds)
                return result;
        }
        return RuleResult.Yes($"In force: {string.Join(", ", required.Select(t => t.Title))}");
    }

    private static RuleResult InForce(DocumentFacts f, Asked asked, string clause, string what)
    {
        var results = f.About(clause).Select(d => Stands(f, d, d.Title)).ToList();
        return results.FirstOrDefault(r => r.Holds)
            ?? results.FirstOrDefault()
            ?? RuleResult.No($"No document about {what} is in force");
    }

    private static RuleResult Stands(DocumentFacts f, Document? document, string title)
    {
        if (document is null)
            return RuleResult.No($"{title} is not in force");
        var version = f.InForce[document.Id];
        if (!version.ByPerson)
            return RuleResult.No($"{document.Ref} {title} was approved by no person");
        return version.Says
            ? RuleResult.Yes($"{document.Ref} {title} is in force, approved by {version.ApprovedBy}")
            : RuleResult.No($"The text of {document.Ref} {title} says nothing");
    }

    private static RuleResult Available(DocumentFacts f, Asked asked)
    {
        var policies = f.About("5.2");
        if (policies.Count == 0)
            return RuleResult.No("No information security policy is in force");
        return
            policies.FirstOrDefault(d => d.Classification == DocumentClass.Public || Substance.Says(d.Distribution))
                is { } open
            ? RuleResult.Yes(
                open.Classification == DocumentClass.Public
                    ? $"{open.Ref} is public"
                    : $"{open.Ref} is given to: {open.Distribution}"
            )
            : RuleResult.No(
                $"{policies[0].Ref} is {policies[0].Classification.ToString().ToLowerInvariant()} and does not say which interested parties outside get it"
            );
    }

    private static RuleResult Communicated(DocumentFacts f, Asked asked)
    {
        var versions = f.About("5.2").Select(d => f.InForce[d.Id].Id).ToHashSet();
        return Asked.Every(
            f.Asked.Where(a => versions.Contains(a.VersionId)).Select(a => a.PersonId).Distinct().Count(),
            f.Working,
            1,
            "people who work here were asked to confirm the policy in force"
        );
    }

    private static RuleResult Acknowledged(DocumentFacts f, string clause, string what)
    {
        var versions = f.About(clause).Select(d => f.InForce[d.Id].Id).ToHashSet();
        if (versions.Count == 0)
            return RuleResult.No($"{Upper(what)} does not exist yet");
        var due = f.Asked.Where(a => versions.Contains(a.VersionId) && (a.Confirmed || a.DueOn < f.Day)).ToList();
        if (f.Asked.All(a => !versions.Contains(a.VersionId) || a.DueOn >= f.Day))
            return RuleResult.No($"Nobody's day to confirm {what} is over yet");
        var confirmed = due.Count(a => a.Confirmed);
        var because = $"{confirmed} of {due.Count} people whose day is over confirmed {what}";
        return confirmed > 0 && 100 - 100 * confirmed / due.Count <= MostMissing
            ? RuleResult.Yes(because)
            : RuleResult.No(because);
    }

    private static string Upper(string what) => char.ToUpperInvariant(what[0]) + what[1..];

    private static RuleResult Later(DocumentFacts f, Asked asked, IReadOnlyList<Document> documents, string what) =>
        asked.Fresh(
            documents
                .SelectMany(d => f.Confirmed[d.Id].Where(on => on.WellAfter(f.First[d.Id])))
                .Max(d => (DateOnly?)d),
            $"A person confirmed or renewed {what}",
            $"No person looked at {what} again {Asked.DaysApart} days or more after its first publication"
        );

    private static RuleResult Controlled(DocumentFacts f, Asked asked) =>
        Asked.Every(
            f.Published.Count(d => f.InForce[d.Id].ByPerson && d.NextReviewOn is not null && HasReaders(d)),
            f.Own.Count,
            FewestDocuments,
            "adopted documents have a version in force that a person approved, a next review and named readers"
        );

    private static bool HasReaders(Document document) =>
        document.Audience.Count > 0 || Substance.Says(document.Distribution, 2);

    private static RuleResult Information(DocumentFacts f, Asked asked)
    {
        var control = InForce(f, asked, "7.5.3", "the control of documented information");
        if (!control.Holds)
            return control;
        var retention = f
            .Published.Where(d => d.Controls.Contains("A.5.33") || d.Controls.Contains("A.8.10"))
            .Select(d => Stands(f, d, d.Title))
            .FirstOrDefault(r => r.Holds);
        return retention is null
            ? RuleResult.No("No document says how long records are kept and how they end")
            : Asked.Every(f.Published.Count(HasReaders), f.Published.Count, 1, "documents in force name their readers");
    }

    private static RuleResult InForceSince(DocumentFacts f, Asked asked)
    {
        var every = Asked.Every(
            f.Published.Count(d => f.InForce[d.Id].ByPerson),
            f.Own.Count,
            FewestDocuments,
            "adopted documents are in force in a version that a person approved"
        );
        if (!every.Holds)
            return every;
        return asked.Today.WellAfter(f.First.Values.Min())
            ? every
            : RuleResult.No($"{every.Because}, but none longer than {Asked.DaysApart} days");
    }

    private static RuleResult Reviewed(DocumentFacts f, Asked asked)
    {
        if (f.Published.Count == 0)
            return RuleResult.No("No document is in force");
        var within = f.WithinCycle(asked.Today);
        return within < f.Published.Count
            ? RuleResult.No($"{within} of {f.Published.Count} documents in force are within their review cycle")
            : Later(f, asked, f.Published, "a document");
    }
}
