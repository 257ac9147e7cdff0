using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Registers;
using Moat.Isms.People;

namespace Moat.Isms.Reviews;

/// <summary>What management reviews concluded and decided.</summary>
internal sealed class ReviewHistory : RegisterHistory
{
    /// <inheritdoc />
    public override string Register => "reviews";

    /// <inheritdoc />
    public override async Task<IReadOnlyList<TableSheet>> Sheets(IRegisterSource source, CancellationToken ct) =>
        [await Conclusions(source, ct), await Decisions(source, ct)];

    private static Task<TableSheet> Conclusions(IRegisterSource source, CancellationToken ct)
    {
        var query =
            from c in source.Of<ReviewConclusion>()
            join r in source.Of<ManagementReview>() on c.ReviewId equals r.Id
            orderby r.Number descending, c.Topic, c.Id
            select new
            {
                r.Number,
                r.Title,
                c.Topic,
                c.Text,
                c.By,
                c.Id,
            };
        return Sheet(
            source,
            "Conclusions",
            ["Review", "Title", "Topic", "Conclusion", "By"],
            query,
            r => [$"MREV-{r.Number}", r.Title, r.Topic, r.Text, r.By, r.Id],
            ct
        );
    }

    private static Task<TableSheet> Decisions(IRegisterSource source, CancellationToken ct)
    {
        var query =
            from d in source.Of<ReviewDecision>()
            join r in source.Of<ManagementReview>() on d.ReviewId equals r.Id
            join person in source.Of<Person>() on d.OwnerId equals person.Id into owners
            from owner in owners.DefaultIfEmpty()
            orderby r.Number descending, d.Position, d.Id
            select new
            {
                r.Number,
                Decision = d,
                Owner = owner == null ? null : owner.Name,
            };
        return Sheet(
            source,
            "Decisions",
            ["Review", "Position", "Kind", "Decision", "Why", "Owner", "Due", "Became"],
            query,
            r =>
                [
                    $"MREV-{r.Number}",
                    r.Decision.Position,
                    r.Decision.Kind.Words(),
                    r.Decision.Text,
                    r.Decision.Reason,
                    r.Owner,
                    r.Decision.DueOn,
                    r.Decision.ResultRef,
                    r.Decision.Id,
                ],
            ct
        );
    }
}
