using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Registers;

namespace Moat.Isms.Audits;

/// <summary>The members of samples.</summary>
internal sealed class SampleHistory : RegisterHistory
{
    /// <inheritdoc />
    public override string Register => "samples";

    /// <inheritdoc />
    public override async Task<IReadOnlyList<TableSheet>> Sheets(IRegisterSource source, CancellationToken ct) =>
        [await Members(source, ct)];

    private static Task<TableSheet> Members(IRegisterSource source, CancellationToken ct)
    {
        var query =
            from item in source.Of<SampleItem>()
            join sample in source.Of<Sample>() on item.SampleId equals sample.Id
            orderby sample.Number, item.Position, item.Id
            select new { sample.Number, Item = item };
        return Sheet(
            source,
            "Members",
            ["Sample", "Position", "Reference", "Title", "Result", "What was seen", "Examined By", "Examined At"],
            query,
            r =>
                [
                    $"SMP-{r.Number}",
                    r.Item.Position,
                    r.Item.Reference,
                    r.Item.Title,
                    r.Item.Result.Words(),
                    r.Item.Note,
                    r.Item.ExaminedBy,
                    r.Item.ExaminedAt,
                    r.Item.Id,
                ],
            ct
        );
    }
}
