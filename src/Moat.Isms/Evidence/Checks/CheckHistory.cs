using Moat.Isms.Evidence.Facts;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Registers;

namespace Moat.Isms.Evidence.Checks;

/// <summary>From when to when checks passed.</summary>
internal sealed class CheckHistory : RegisterHistory
{
    /// <inheritdoc />
    public override string Register => "checks";

    /// <inheritdoc />
    public override async Task<IReadOnlyList<TableSheet>> Sheets(IRegisterSource source, CancellationToken ct) =>
        [await Intervals(source, ct)];

    private static Task<TableSheet> Intervals(IRegisterSource source, CancellationToken ct)
    {
        var query =
            from i in source.Of<CheckInterval>()
            join r in source.Of<Resource>() on i.ResourceId equals r.Id
            orderby i.Since descending, i.Id
            select new
            {
                i.Check,
                r.Number,
                r.Name,
                i.Outcome,
                i.Since,
                i.Until,
                i.Detail,
                i.Id,
            };
        var now = CheckInterval.Milliseconds(source.Now);
        return Sheet(
            source,
            "Intervals",
            ["Check", "Resource", "Name", "Outcome", "Since", "Until", "Hours", "Detail"],
            query,
            r =>
                [
                    r.Check,
                    $"RES-{r.Number}",
                    r.Name,
                    r.Outcome.Words(),
                    CheckInterval.Moment(r.Since),
                    r.Until == CheckInterval.Open ? null : CheckInterval.Moment(r.Until),
                    Math.Round((Math.Min(r.Until, now) - r.Since) / 3_600_000m, 2),
                    r.Detail,
                    r.Id,
                ],
            ct
        );
    }
}
