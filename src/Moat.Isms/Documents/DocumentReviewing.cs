using Microsoft.EntityFrameworkCore;
using Moat.Isms.Assets;
using Moat.Isms.Kernel;
using Moat.Isms.People;

namespace Moat.Isms.Documents;

/// <summary>
/// Review in rounds: reviewers see what changed since they last looked, and say what they think of it.
/// </summary>
[Process(DocumentRegister.Name, DocumentRegister.Summary)]
public sealed class DocumentReviewing(MoatDb db, CurrentCaller caller, DocumentTexts texts, DocumentRounds rounds)
{
    // Shorter names occur in any text.
    private const int ShortestName = 4,
        MostAssets = 30;

    /// <summary>Gives the draft to reviewers.</summary>
    [Operation("submit", Permission.EditDocuments, "Give the draft to reviewers")]
    public async Task<Done> Submit(SubmitDocument input, CancellationToken ct)
    {
        var document = await db.One<Document>(input, ct);
        document.MustBeInForce();
        document.Adopt();
        var (_, version) = await texts.Versions(document, ct);
        await texts.Refresh(document, version, ct);
        version.Submit();
        await NameAssets(version, ct);
        var reviewers = new List<Guid>();
        foreach (var reviewer in input.Reviewers)
            reviewers.Add((await db.One<Person>(reviewer, ct)).Id);
        await rounds.Ask(document, version, reviewers, input.DueOn, ct);
        return new Done(document);
    }

    // What a text says of the company's assets is only as true as the register it was filled from.
    private async Task NameAssets(DocumentVersion version, CancellationToken ct)
    {
        var assets = await db.Set<Asset>()
            .Where(a => a.Standing == Standing.Adopted && a.InScope)
            .OrderByDescending(a => a.Need)
            .ThenBy(a => a.Number)
            .ToListAsync(ct);
        foreach (
            var asset in assets
                .Where(a =>
                    a.Name.Length >= ShortestName && version.Text.Contains(a.Name, StringComparison.OrdinalIgnoreCase)
                )
                .Take(MostAssets)
        )
            await db.Connect(version, LinkTypes.Names, asset, ct);
    }

    /// <summary>Takes the version back to a draft.</summary>
    [Operation("take-back", Permission.EditDocuments, "Take a version back from its reviewers")]
    public async Task<Done> TakeBack(ChangeRecord input, CancellationToken ct)
    {
        var document = await db.One<Document>(input, ct);
        document.MustBeInForce();
        var (_, version) = await texts.Versions(document, ct);
        var asked = await rounds.Current(version, ct);
        version.TakeBack();
        await rounds.Close(asked, "Taken back", ct);
        return new Done(document);
    }

    /// <summary>The text that one is asked to review, with what changed since one looked.</summary>
    [Query(
        "for-review",
        Permission.Work,
        "Read the version that you are asked to review, with what changed since you looked"
    )]
    public async Task<ReviewTask> ForReview(OneRecord input, CancellationToken ct)
    {
        var (document, version) = await Reviewed(input.Ref, ct);
        var me = caller.Value.PersonId;
        var mine = await db.Set<DocumentReview>()
            .Where(r => r.VersionId == version.Id && r.PersonId == me)
            .OrderByDescending(r => r.Round)
            .ToListAsync(ct);
        if (mine.Count == 0 || version.State != VersionState.InReview)
            throw new NotFound(input.Ref);
        var seen = mine.FirstOrDefault(r => r.SeenText is not null)?.SeenText ?? version.TextAtReview;
        return new ReviewTask(
            document.Ref,
            document.Version,
            document.Title,
            version.Edition,
            version.Round,
            mine[0].Verdict,
            version.Text,
            version.ChangeReason,
            TextDiff.Of(seen ?? version.Text, version.Text)
        );
    }

    /// <summary>A reviewer's word about exactly this text.</summary>
    [Operation("review", Permission.Work, "Say as a reviewer that a version can be approved, or what must change")]
    public async Task<Done> Review(ReviewDocument input, CancellationToken ct)
    {
        if (input.Verdict == Verdict.Missing)
            throw new InputInvalid("verdict", "One of: approves, asks-for-changes.");
        if (input.Verdict == Verdict.AsksForChanges && string.IsNullOrWhiteSpace(input.Note))
            throw new InputInvalid("note", "Say what must change.");
        var (document, version) = await Reviewed(input.Ref, ct);
        document.MustBeInForce();
        var mine =
            (await rounds.Current(version, ct)).FirstOrDefault(r => r.PersonId == caller.Value.PersonId)
            ?? throw new RuleBroken("documents.review.asked", $"You are not asked to review {document.Ref}.");
        mine.Say(input.Verdict, input.Note, version.Text, db.Now);
        await rounds.Close([mine], input.Verdict.Words(), ct);
        return new Done(document);
    }

    /// <summary>A remark, or other words for a paragraph.</summary>
    [Operation("remark", Permission.Work, "Remark on a version, or propose other words for a paragraph")]
    public async Task<Done> Remark(RemarkOnDocument input, CancellationToken ct)
    {
        var (_, version) = await Reviewed(input.Ref, ct);
        if (
            input.Instead is not null
            && (
                input.Paragraph is null
                || !Lines(version.Text).Contains(Lines(input.Paragraph), StringComparison.Ordinal)
            )
        )
            throw new InputInvalid("paragraph", "Name the paragraph word for word as it stands in the text.");
        return new Done(
            await db.Enter(
                new DocumentRemark
                {
                    VersionId = version.Id,
                    By = caller.Value.Name,
                    Remark = input.Remark,
                    Paragraph = input.Paragraph,
                    Instead = input.Instead,
                },
                ct
            )
        );
    }

    /// <summary>The author takes proposed words, declines them or answers a remark.</summary>
    [Operation("answer-remark", Permission.EditDocuments, "Take proposed words, decline them, or settle a remark")]
    public async Task<Done> Answer(AnswerRemark input, CancellationToken ct)
    {
        var remark = await db.One<DocumentRemark>(input.Ref, ct);
        if (input.State == RemarkState.Open)
            throw new InputInvalid("state", "One of: taken, declined, settled.");
        if (input.State == RemarkState.Taken)
            await Take(remark, ct);
        remark.Settle(input.State, input.Answer);
        return new Done(remark);
    }

    private async Task Take(DocumentRemark remark, CancellationToken ct)
    {
        if (remark.Instead is null)
            throw new InputInvalid("state", "It proposes no words; settle it with an answer.");
        var version = await db.Set<DocumentVersion>().FirstAsync(v => v.Id == remark.VersionId, ct);
        var document = await db.Set<Document>().FirstAsync(d => d.Id == version.DocumentId, ct);
        var (source, paragraph) = (Lines(version.Source), Lines(remark.Paragraph!));
        if (!source.Contains(paragraph, StringComparison.Ordinal))
            throw new RuleBroken(
                "documents.remark.bound",
                "This paragraph is filled from records or from a decision, so its words do not stand in the text. Change the record, the decision, or the text by hand, and settle the remark."
            );
        version.Write(caller.Value.Name);
        version.Source = source.Replace(paragraph, Lines(remark.Instead), StringComparison.Ordinal);
        await texts.Refresh(document, version, ct);
        if (version.State == VersionState.InReview)
            await rounds.Next(document, version, ct);
    }

    private async Task<(Document, DocumentVersion)> Reviewed(string reference, CancellationToken ct)
    {
        var document = await db.One<Document>(reference, ct);
        var (_, version) = await texts.Versions(document, ct);
        var me = caller.Value.PersonId;
        var asked =
            me is not null
            && await db.Set<DocumentReview>().AnyAsync(r => r.VersionId == version.Id && r.PersonId == me, ct);
        // Somebody without the right to read the registers sees only what they are asked about.
        if (!asked && !caller.Value.May(Permission.ReadIsms))
            throw new NotFound(reference);
        return version.IsOpen
            ? (document, version)
            : throw new RuleBroken("documents.review.open", $"Version {version.Edition} is {version.State.Words()}.");
    }

    private static string Lines(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal).Trim();
}
