using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Rules;

namespace Moat.Isms.Documents;

/// <summary>What should flow from documents to the people they bind, and back (7.5, 7.3, 5.2).</summary>
internal sealed class DocumentFlowRules : IFlowRules
{
    private const int DaysToAnswer = 30,
        DaysToApprove = 30;

    /// <inheritdoc />
    public IReadOnlyList<FlowRule> Rules { get; } =
    [
        new(
            "policy-not-asked",
            "document-control",
            "awareness",
            "DOC",
            "A published policy is put before those it binds",
            "Publish it to its audience",
            (db, day) =>
                from document in InForce(db, day)
                where
                    document.Kind == DocumentKind.Policy
                    && !db.Set<Acknowledgement>().Any(a => a.DocumentId == document.Id && a.CreatedAt < day.End)
                select new Broken
                {
                    Number = document.Number,
                    Title = document.Title,
                    At = db.Set<DocumentVersion>().Where(v => v.DocumentId == document.Id).Min(v => v.PublishedAt),
                }
        ),
        new(
            "acknowledgement-overdue",
            "document-control",
            "awareness",
            "DOC",
            "Everybody asked confirms a policy by its date",
            "See who has not confirmed",
            (db, day) =>
                from document in InForce(db, day)
                let late = db.Set<Acknowledgement>()
                    .Where(a =>
                        a.DocumentId == document.Id
                        && a.DueOn < day.On
                        && (a.ConfirmedAt == null || a.ConfirmedAt >= day.End)
                        && (a.ReplacedAt == null || a.ReplacedAt >= day.End)
                    )
                    .Min(a => (DateOnly?)a.DueOn)
                where late != null
                select new Broken
                {
                    Number = document.Number,
                    Title = document.Title,
                    On = late,
                }
        ),
        new(
            "review-overdue",
            "document-control",
            "internal-audit",
            "DOC",
            "What is claimed is looked at within its review cycle",
            "Review it",
            (db, day) =>
                InForce(db, day)
                    .Where(d => d.NextReviewOn < day.On)
                    .Select(d => new Broken
                    {
                        Number = d.Number,
                        Title = d.Title,
                        On = d.NextReviewOn,
                    })
        ),
        new(
            "approval-waiting",
            "leadership",
            "document-control",
            "VER",
            "What was reviewed is approved or sent back within a month",
            "Approve it or send it back",
            (db, day) =>
                from version in db.Set<DocumentVersion>()
                where version.State == VersionState.InReview
                let asked = db.Set<DocumentReview>()
                    .Where(r => r.VersionId == version.Id && r.Round == version.Round)
                    .Min(r => (DateTime?)r.CreatedAt)
                where asked < day.Ago(DaysToApprove)
                select new Broken
                {
                    Number = version.Number,
                    Title = version.Title,
                    At = asked,
                }
        ),
        new(
            "remark-unanswered",
            "awareness",
            "document-control",
            "NOTE",
            "Who found something unclear gets an answer within a month",
            "Answer it",
            (db, day) =>
                db.Set<DocumentRemark>()
                    .Where(n => n.State == RemarkState.Open && n.CreatedAt < day.Ago(DaysToAnswer))
                    .Select(n => new Broken
                    {
                        Number = n.Number,
                        Title = n.Remark,
                        At = n.CreatedAt,
                    })
        ),
    ];

    private static IQueryable<Document> InForce(MoatDb db, FlowDay day) =>
        db.Set<Document>()
            .Where(d =>
                d.Standing == Standing.Adopted
                && (d.RetiredAt == null || d.RetiredAt >= day.End)
                && db.Set<DocumentVersion>()
                    .Any(v => v.DocumentId == d.Id && v.PublishedAt != null && v.PublishedAt < day.End)
            );
}
