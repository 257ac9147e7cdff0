using Microsoft.EntityFrameworkCore;
using Moat.Isms.Context;
using Moat.Isms.Context.Interviews;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Knowledge;

namespace Moat.Isms.Documents;

/// <summary>Drafts and writes documents (clause 7.5.2).</summary>
[Process(DocumentRegister.Name, DocumentRegister.Summary)]
public sealed class DocumentWriting(
    MoatDb db,
    CurrentCaller caller,
    KnowledgeBase knowledge,
    DocumentDrafts drafts,
    DocumentTexts texts,
    DocumentRegister register,
    DocumentRounds rounds,
    RecordFinder records,
    ILearnedChanges learned
)
{
    /// <summary>Drafts documents from templates.</summary>
    [Operation(
        "draft",
        Permission.EditDocuments,
        "Draft the documents that the company's profile calls for, or those named"
    )]
    public async Task<Tally> Draft(DraftDocuments input, CancellationToken ct)
    {
        var profile = await db.Set<CompanyProfile>().FirstOrDefaultAsync(ct);
        if (profile?.CompletedAt is null)
            throw new RuleBroken(
                "documents.draft.interview",
                "Complete the interview first: the documents are filled from its answers."
            );
        if (input.Templates?.FirstOrDefault(t => !knowledge.DocumentById.ContainsKey(t)) is { } unknown)
            throw new InputInvalid("templates", $"There is no template '{unknown}'.");
        var basis = DraftBasis.Of(knowledge, profile);
        return new Tally(
            await drafts.Draft(
                input.Templates is null
                    ? drafts.For(basis.Flags)
                    : [.. input.Templates.Select(t => knowledge.DocumentById[t])],
                basis,
                ct
            ),
            []
        );
    }

    /// <summary>Begins a document of the company's own.</summary>
    [Operation("create", Permission.EditDocuments, "Begin a document of your own")]
    public async Task<Done> Create(CreateDocument input, CancellationToken ct)
    {
        if (input.Kind == DocumentKind.External)
            throw new InputInvalid("kind", "Register what others wrote with add-external.");
        var (clauses, controls) = await register.Requirements(input.Requirements, ct);
        var document = await db.Enter(
            new Document
            {
                Key = "own",
                Title = input.Title,
                Kind = input.Kind,
                Classification = input.Classification,
                ReviewDays = input.ReviewDays,
                Audience = [],
                Clauses = clauses,
                Controls = controls,
                OwnerId = await db.OwnerId(input.Owner, ct) ?? caller.Value.PersonId,
            },
            ct
        );
        var version = await db.Enter(
            new DocumentVersion
            {
                DocumentId = document.Id,
                Title = input.Title,
                Major = 1,
                Minor = 0,
                Source = input.Source,
                Decisions = [],
                ChangeReason = "First version.",
            },
            ct
        );
        version.Write(caller.Value.Name);
        await texts.Refresh(document, version, ct);
        return new Done(document);
    }

    /// <summary>Writes another text. Under review, that begins the next round.</summary>
    [Operation(
        "edit",
        Permission.EditDocuments,
        "Write the text of the version in work; send the version that was read as ifVersion"
    )]
    public async Task<Done> Edit(WriteDocument input, CancellationToken ct)
    {
        var (document, version) = await Open(input.Ref, ct);
        if (version.Source == input.Source)
            return new Done(document);
        version.Source = input.Source;
        await Keep(document, version, ct);
        return new Done(document);
    }

    /// <summary>Takes a decision where only the company can.</summary>
    [Operation(
        "decide",
        Permission.EditDocuments,
        "Decide at a decision point of a document, or take the decision back"
    )]
    public async Task<Done> Decide(DecideInDocument input, CancellationToken ct)
    {
        var (document, version) = await Open(input.Ref, ct);
        var point = texts.Point(document, input.Point);
        if (input.Option is { Length: > 0 } chosen && point.Options.All(o => o.Value != chosen))
            throw new InputInvalid("option", $"One of: {string.Join(", ", point.Options.Select(o => o.Value))}.");
        var others = version.Decisions.Where(d => !d.StartsWith(point.Id + "=", StringComparison.Ordinal));
        version.Decisions =
        [
            .. input.Option is { Length: > 0 } option ? others.Append($"{point.Id}={option}") : others,
        ];
        await Keep(document, version, ct);
        return new Done(document);
    }

    /// <summary>Begins the next version of what is in force.</summary>
    [Operation(
        "revise",
        Permission.EditDocuments,
        "Begin a new version, with the reason and the record that caused it"
    )]
    public async Task<Done> Revise(ReviseDocument input, CancellationToken ct)
    {
        var document = await db.One<Document>(input, ct);
        document.MustBeInForce();
        if (document.Kind == DocumentKind.External)
            throw new RuleBroken(
                "documents.revise.external",
                "Register the new edition of an external document, and retire this one."
            );
        var (inForce, latest) = await texts.Versions(document, ct);
        if (latest.IsOpen)
            throw new RuleBroken("documents.revise.open", $"Version {latest.Edition} is already being worked on.");
        var last = inForce ?? latest;
        var version = await db.Enter(
            new DocumentVersion
            {
                DocumentId = document.Id,
                Title = document.Title,
                Major = input.Major ? last.Major + 1 : last.Major,
                Minor = input.Major ? 0 : last.Minor + 1,
                Source = last.Source,
                Decisions = last.Decisions,
                ChangeReason = input.Reason,
            },
            ct
        );
        await texts.Refresh(document, version, ct);
        if (input.Because is { } because)
        {
            var cause = await records.One(because, ct);
            await learned.Because(document, cause, LinkTypes.LearnedFrom, ct);
            await db.Connect(version, LinkTypes.CausedBy, cause, ct);
        }
        await learned.Answered(document, changed: true, ct);
        return new Done(document);
    }

    private async Task<(Document, DocumentVersion)> Open(string reference, CancellationToken ct)
    {
        var document = await db.One<Document>(reference, ct);
        document.MustBeInForce();
        var (_, version) = await texts.Versions(document, ct);
        version.Write(caller.Value.Name);
        return (document, version);
    }

    private async Task Keep(Document document, DocumentVersion version, CancellationToken ct)
    {
        document.Adopt();
        await texts.Refresh(document, version, ct);
        if (version.State == VersionState.InReview)
            await rounds.Next(document, version, ct);
    }
}
