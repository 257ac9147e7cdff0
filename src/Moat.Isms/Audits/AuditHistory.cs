using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Registers;

namespace Moat.Isms.Audits;

/// <summary>Weights of programmes and lines of checklists.</summary>
internal sealed class AuditHistory : RegisterHistory
{
    /// <inheritdoc />
    public override string Register => "audits";

    /// <inheritdoc />
    public override async Task<IReadOnlyList<TableSheet>> Sheets(IRegisterSource source, CancellationToken ct) =>
        [await Programme(source, ct), await Checklists(source, ct)];

    private static Task<TableSheet> Programme(IRegisterSource source, CancellationToken ct)
    {
        var query =
            from item in source.Of<ProgrammeItem>()
            join programme in source.Of<AuditProgramme>() on item.ProgrammeId equals programme.Id
            orderby programme.Number, item.Requirement, item.Id
            select new
            {
                programme.Number,
                item.Requirement,
                item.Weight,
                item.Reasons,
                item.Id,
            };
        return Sheet(
            source,
            "Weights",
            ["Programme", "Requirement", "Weight", "Reasons"],
            query,
            r => [$"PROG-{r.Number}", r.Requirement, r.Weight, string.Join("; ", r.Reasons), r.Id],
            ct
        );
    }

    private static Task<TableSheet> Checklists(IRegisterSource source, CancellationToken ct)
    {
        var query =
            from item in source.Of<AuditItem>()
            join audit in source.Of<Audit>() on item.AuditId equals audit.Id
            orderby audit.Number, item.Position, item.Id
            select new { audit.Number, Item = item };
        return Sheet(
            source,
            "Checklists",
            ["Audit", "Requirement", "Result", "What was seen", "Records", "Examined By", "Examined At"],
            query,
            r =>
                [
                    $"AUD-{r.Number}",
                    r.Item.Requirement,
                    r.Item.Result.Words(),
                    r.Item.Note,
                    string.Join(" ", r.Item.Examined),
                    r.Item.ExaminedBy,
                    r.Item.ExaminedAt,
                    r.Item.Id,
                ],
            ct
        );
    }
}
