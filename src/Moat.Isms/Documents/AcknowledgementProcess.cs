using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.People;

namespace Moat.Isms.Documents;

/// <summary>Which acknowledgements to list.</summary>
public sealed record ListAcknowledgements : ListInput
{
    /// <summary>Only of this document, such as DOC-2.</summary>
    [MaxLength(80)]
    public string? Document { get; init; }

    /// <summary>Only of this person.</summary>
    [MaxLength(80)]
    public string? Person { get; init; }

    /// <summary>Only those confirmed, or only those still open.</summary>
    public bool? Confirmed { get; init; }
}

/// <summary>A document in force, for those it concerns.</summary>
public sealed record PublishedView(
    string Ref,
    string Title,
    string Edition,
    DocumentKind Kind,
    DocumentClass Classification,
    string? Owner,
    string? ApprovedBy,
    DateTime? PublishedAt,
    string Text,
    string Sha256,
    string? AcknowledgementRef,
    DateTime? ConfirmedAt,
    string? Address
);

/// <summary>Reading and acknowledging what is in force (clause 7.3).</summary>
[Process(DocumentRegister.Name, DocumentRegister.Summary)]
public sealed class AcknowledgementProcess(MoatDb db, CurrentCaller caller)
{
    private static readonly Pager<Acknowledgement> Pages = new();

    /// <summary>
    /// The version in force. Members read what is for everybody here, and what they are asked to acknowledge.
    /// </summary>
    [Query("read", Permission.Work, "Read the version of a document that is in force")]
    public async Task<PublishedView> Read(OneRecord input, CancellationToken ct)
    {
        var document = await db.One<Document>(input.Ref, ct);
        var version = await db.Set<DocumentVersion>()
            .Where(v => v.DocumentId == document.Id && v.State == VersionState.Published)
            .FirstOrDefaultAsync(ct);
        var me = caller.Value.PersonId;
        var mine = version is null
            ? null
            : await db.Set<Acknowledgement>()
                .Where(a => a.VersionId == version.Id && a.PersonId == me)
                .FirstOrDefaultAsync(ct);
        var open =
            document.Classification is DocumentClass.Public or DocumentClass.Internal
            || mine is not null
            || caller.Value.May(Permission.ReadIsms);
        if (version is null || document.RetiredAt is not null || !open)
            throw new NotFound(input.Ref);
        var owner = await db.Set<Person>()
            .Where(p => p.Id == document.OwnerId)
            .Select(p => p.Name)
            .FirstOrDefaultAsync(ct);
        return new PublishedView(
            document.Ref,
            document.Title,
            version.Edition,
            document.Kind,
            document.Classification,
            owner,
            version.ApprovedBy,
            version.PublishedAt,
            version.Text,
            version.Sha256,
            mine?.Ref,
            mine?.ConfirmedAt,
            document.Address
        );
    }

    /// <summary>Confirms that one has read and understood the version that one was asked about.</summary>
    [Operation("acknowledge", Permission.Work, "Confirm that you have read and understood a document in force")]
    public async Task<Done> Acknowledge(AcknowledgeDocument input, CancellationToken ct)
    {
        var document = await db.One<Document>(input.Ref, ct);
        var me = caller.Value.PersonId;
        var mine = await db.Set<Acknowledgement>()
            .Where(a => a.DocumentId == document.Id && a.PersonId == me)
            .OrderByDescending(a => a.Number)
            .FirstOrDefaultAsync(ct);
        if (me is null || mine is null)
            throw new RuleBroken("documents.acknowledge.asked", $"You are not asked to acknowledge {document.Ref}.");
        if (input.Sha256 is { } read && read != mine.Sha256)
            throw new Conflict(document.Ref, document.Version, document.ChangedBy, document.ChangedAt);
        mine.Confirm(db.Now);
        foreach (
            var task in await db.Set<Work.WorkItem>()
                .Where(t => t.SubjectId == mine.Id && t.State == Work.WorkState.Open)
                .ToListAsync(ct)
        )
            task.Close(Work.WorkState.Done, "Confirmed", db.Now);
        return new Done(document);
    }

    /// <summary>Who was asked and who confirmed.</summary>
    [Query("acknowledgements", Permission.ReadIsms, "Who was asked to acknowledge what, and who did")]
    public async Task<Page<AcknowledgementView>> Acknowledgements(ListAcknowledgements input, CancellationToken ct)
    {
        var query = db.Set<Acknowledgement>().Where(a => a.ReplacedAt == null);
        if (input.Document is { } reference)
        {
            var id = (await db.One<Document>(reference, ct)).Id;
            query = query.Where(a => a.DocumentId == id);
        }
        if (input.Person is { } name)
        {
            var id = (await db.One<Person>(name, ct)).Id;
            query = query.Where(a => a.PersonId == id);
        }
        if (input.Confirmed is { } confirmed)
            query = query.Where(a => a.ConfirmedAt != null == confirmed);
        var (people, documents) = (db.Set<Person>(), db.Set<Document>());
        return await Pages.Page(
            db,
            query,
            input,
            a => new AcknowledgementView(
                "ACK-" + a.Number,
                documents.Where(d => d.Id == a.DocumentId).Select(d => "DOC-" + d.Number).First(),
                a.What,
                people.Where(p => p.Id == a.PersonId).Select(p => "PER-" + p.Number).First(),
                people.Where(p => p.Id == a.PersonId).Select(p => p.Name).First(),
                people.Where(p => p.Id == a.PersonId).Select(p => p.Department).First(),
                a.DueOn,
                a.ConfirmedAt,
                a.RemindedOn,
                a.Sha256
            ),
            ct
        );
    }

    /// <summary>Notes that those who did not confirm yet were reminded.</summary>
    [Operation("remind", Permission.EditDocuments, "Remind those who have not confirmed a document yet")]
    public async Task<Tally> Remind(OneRecord input, CancellationToken ct)
    {
        var document = await db.One<Document>(input.Ref, ct);
        var open = await db.Set<Acknowledgement>()
            .Where(a => a.DocumentId == document.Id && a.ConfirmedAt == null && a.ReplacedAt == null)
            .ToListAsync(ct);
        foreach (var asked in open)
            asked.Remind(db.Today);
        return new Tally(open.Count, []);
    }
}
