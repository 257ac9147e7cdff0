using Microsoft.EntityFrameworkCore;
using Moat.Isms.Context.Interviews;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Isms.People.Responsibilities;
using Moat.Knowledge;
using Moat.Knowledge.Documents;

namespace Moat.Isms.Documents;

/// <summary>Drafts documents from templates; each is a proposal until a person adopts it.</summary>
public sealed class DocumentDrafts(MoatDb db, KnowledgeBase knowledge)
{
    /// <summary>Drafts those of the templates that are not there yet, and answers how many.</summary>
    public async Task<int> Draft(
        IReadOnlyCollection<DocumentTemplate> templates,
        DraftBasis basis,
        CancellationToken ct
    )
    {
        var known = (
            await db.Set<Document>().Where(d => d.Source != null).Select(d => d.Source!).ToListAsync(ct)
        ).ToHashSet();
        var holders = (await db.Set<RoleAssignment>().Where(r => r.PersonId != null).ToListAsync(ct)).ToLookup(
            r => r.Key,
            r => r.PersonId
        );
        var count = 0;
        foreach (var template in templates.Where(t => !known.Contains(SourceOf(t))))
        {
            var document = await db.Enter(
                new Document
                {
                    Key = template.Id,
                    Title = template.Title,
                    Kind = Enum.Parse<DocumentKind>(template.Kind, ignoreCase: true),
                    Classification = Enum.Parse<DocumentClass>(template.Classification, ignoreCase: true),
                    ReviewDays = template.ReviewDays,
                    Audience = Audiences.OfContent(template.Audience),
                    Clauses = template.Clauses,
                    Controls = template.Controls,
                    OwnerId = holders[template.OwnerRole].FirstOrDefault(),
                },
                ct
            );
            var (from, because) = basis.For(template.Applies);
            document.Propose(
                $"{template.Why}{(because.Length > 0 ? $" Proposed {because}." : "")}{WhatClausesWant(template)}",
                SourceOf(template),
                from
            );
            await db.Enter(
                new DocumentVersion
                {
                    DocumentId = document.Id,
                    Title = template.Title,
                    Major = 1,
                    Minor = 0,
                    Source = template.Body,
                    Decisions = [],
                    ChangeReason = "First version.",
                },
                ct
            );
            count++;
        }
        return count;
    }

    /// <summary>The templates that a company with these facts needs.</summary>
    public IReadOnlyCollection<DocumentTemplate> For(IReadOnlySet<string> flags) =>
        [.. knowledge.Documents.Where(t => t.Applies.Holds(flags))];

    /// <summary>
    /// Few clauses demand a document and others only records, so each is named for what it really wants.
    /// </summary>
    private static string WhatClausesWant(DocumentTemplate template)
    {
        static string Named(List<string> clauses) =>
            $"clause{(clauses.Count > 1 ? "s" : "")} {DocumentWords.Join(clauses)}";
        var (required, records) = (template.RequiredBy, template.RecordsFor);
        var supported = template.Clauses.Except(required).Except(records).ToList();
        return (required.Count > 0 ? $" Needed as documented information ({Named(required)})." : "")
            + (
                records.Count > 0
                    ? $" Says how the records come about that {Named(records)} {(records.Count > 1 ? "want" : "wants")}."
                    : ""
            )
            + (supported.Count > 0 ? $" Supports {Named(supported)}." : "");
    }

    private static string SourceOf(DocumentTemplate template) => $"template:{template.Id}";
}
