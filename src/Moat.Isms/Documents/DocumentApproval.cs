using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Isms.Training;
using Moat.Isms.Work;

namespace Moat.Isms.Documents;

/// <summary>Approval, publication and retirement (clause 7.5.2 c, 7.5.3).</summary>
[Process(DocumentRegister.Name, DocumentRegister.Summary)]
public sealed class DocumentApproval(
    MoatDb db,
    CurrentCaller caller,
    ITimeAuthority authority,
    DocumentTexts texts,
    DocumentRounds rounds,
    Acknowledgements acknowledgements,
    CourseRules courses,
    WorkList work,
    ILearnedChanges learned,
    SecondPerson second
)
{
    private static readonly string[] Writing =
    [
        "documents.create",
        "documents.edit",
        "documents.decide",
        "documents.revise",
        "documents.answer-remark",
    ];

    /// <summary>Approves exactly the text that was reviewed; its hash stands in the journal.</summary>
    [ProvenInPack, ByPerson, Operation("approve", Permission.Approve, "Approve the reviewed text")]
    public async Task<Done> Approve(ApproveDocument input, CancellationToken ct)
    {
        var document = await db.One<Document>(input, ct);
        document.MustBeInForce();
        var (_, version) = await texts.Versions(document, ct);
        if (input.Sha256 is { } read && read != version.Sha256)
            throw new Conflict(document.Ref, version.Version, version.ChangedBy, version.ChangedAt);
        MustBeWhole(document, version);
        await MustBeReviewed(version, ct);
        var writers = await second.Writers(Writing, version.Authors, version.CreatedAt, ct);
        version.Approve(caller.Value.Name, writers.Any(w => w != caller.Value.ActorId), db.Now);
        if (authority.IsConfigured)
            await StampIfAnswered(version, ct);
        return new Done(document);
    }

    /// <summary>Asks the authority again where it did not answer when the version was approved.</summary>
    [Operation("stamp", Permission.Approve, "Have the approved text time-stamped by the authority outside (RFC 3161)")]
    public async Task<Done> Stamp(ChangeRecord input, CancellationToken ct)
    {
        var document = await db.One<Document>(input, ct);
        var (inForce, latest) = await texts.Versions(document, ct);
        var version =
            new[] { latest, inForce }.FirstOrDefault(v => v is { ApprovedSha256: not null, StampedAt: null })
            ?? throw new RuleBroken(
                "documents.stamp.approved",
                $"No approved version of {document.Ref} waits for a time-stamp."
            );
        await Stamp(version, ct);
        return new Done(document);
    }

    /// <summary>Puts the approved version in force, and asks those it concerns to acknowledge it.</summary>
    [Operation(
        "publish",
        Permission.Approve,
        "Publish the approved version, ask its audience to acknowledge it and, where named, to take courses again"
    )]
    public async Task<Done> Publish(PublishDocument input, CancellationToken ct)
    {
        var document = await db.One<Document>(input, ct);
        document.MustBeInForce();
        var (before, version) = await texts.Versions(document, ct);
        version.Publish(db.Now);
        before?.Supersede();
        document.ReviewAgain(db.Today);
        await work.Settle(document, "review-document", $"Version {version.Edition} was published.", ct);
        await NextReview(document, ct);
        if (before is null || before.Major != version.Major)
            await acknowledgements.Ask(document, version, ct);
        await courses.AskAgain(document, version, input.Courses, ct);
        return new Done(document);
    }

    /// <summary>Keeps the version in force after a look that found nothing to change.</summary>
    [Operation(
        "confirm",
        Permission.EditDocuments,
        "Say that a due review found nothing to change, and what was looked at"
    )]
    public async Task<Done> Confirm(ConfirmDocument input, CancellationToken ct)
    {
        var document = await db.One<Document>(input, ct);
        document.MustBeInForce();
        if (document.Kind != DocumentKind.External && (await texts.Versions(document, ct)).InForce is null)
            throw new RuleBroken("documents.confirm.published", $"{document.Ref} is not published yet.");
        document.ReviewAgain(db.Today);
        await work.Settle(document, "review-document", input.Reason, ct);
        await learned.Answered(document, changed: false, ct);
        await NextReview(document, ct);
        return new Done(document);
    }

    /// <summary>Takes the document out of force; it stays readable.</summary>
    [Operation("retire", Permission.Approve, "Take a document out of force; it stays readable")]
    public async Task<Done> Retire(RetireDocument input, CancellationToken ct)
    {
        var document = await db.One<Document>(input, ct);
        document.Retire(input.Reason, db.Now);
        var (inForce, latest) = await texts.Versions(document, ct);
        inForce?.Supersede();
        if (latest.State == VersionState.InReview)
            await rounds.Close(await rounds.Current(latest, ct), "The document was retired.", ct);
        await work.Settle(document, "review-document", "Retired", ct);
        await acknowledgements.Drop(document, ct);
        return new Done(document);
    }

    // An authority that is down must not keep a policy from being approved; the page says that the stamp is missing.
    private async Task StampIfAnswered(DocumentVersion version, CancellationToken ct)
    {
        try
        {
            await Stamp(version, ct);
        }
        catch (RuleBroken)
        {
            return;
        }
    }

    private async Task Stamp(DocumentVersion version, CancellationToken ct)
    {
        var stamp = await authority.Stamp(version.ApprovedSha256!, ct);
        version.Stamp(stamp.At, Convert.ToBase64String(stamp.Token));
    }

    private Task NextReview(Document document, CancellationToken ct) =>
        work.Ensure(
            document,
            "review-document",
            $"Review {document.Title}",
            "Its review cycle ends; say that nothing changed, or begin a new version (7.5.2).",
            document.OwnerId,
            document.NextReviewOn!.Value,
            ct
        );

    private void MustBeWhole(Document document, DocumentVersion version)
    {
        var open = texts.OpenPoints(document, version.Text);
        if (open.Count == 0)
            return;
        throw new RuleBroken(
            "documents.approve.open-points",
            $"{open.Count} points of {document.Ref} are open. Decide them or fill them in first.",
            [.. open.Select(o => new FieldError("source", o))]
        );
    }

    private async Task MustBeReviewed(DocumentVersion version, CancellationToken ct)
    {
        var reviews = await rounds.Current(version, ct);
        if (version.State != VersionState.InReview || reviews.All(r => r.Verdict == Verdict.Approves))
            return;
        var people = await db.Set<People.Person>()
            .Where(p => reviews.Select(r => r.PersonId).Contains(p.Id))
            .ToDictionaryAsync(p => p.Id, p => p.Name, ct);
        throw new RuleBroken(
            "documents.approve.reviewed",
            "Not every reviewer approves it in this round.",
            [
                .. reviews
                    .Where(r => r.Verdict != Verdict.Approves)
                    .Select(r => new FieldError(
                        "reviews",
                        $"{people[r.PersonId]}: {(r.Verdict == Verdict.Missing ? "no word yet" : "asks for changes")}"
                    )),
            ]
        );
    }
}
