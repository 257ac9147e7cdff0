using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Registers;

namespace Moat.Isms.Audits;

/// <summary>The answers to requests.</summary>
internal sealed class RequestHistory : RegisterHistory
{
    /// <inheritdoc />
    public override string Register => "requests";

    /// <inheritdoc />
    public override async Task<IReadOnlyList<TableSheet>> Sheets(IRegisterSource source, CancellationToken ct) =>
        [await Answers(source, ct)];

    private static Task<TableSheet> Answers(IRegisterSource source, CancellationToken ct)
    {
        var query =
            from note in source.Of<RequestNote>()
            join request in source.Of<AuditRequest>() on note.RequestId equals request.Id
            orderby request.Number, note.Position, note.Id
            select new { request.Number, Note = note };
        return Sheet(
            source,
            "Answers",
            ["Request", "Brings it to", "Text", "Shown", "By", "At"],
            query,
            r =>
                [
                    $"REQ-{r.Number}",
                    r.Note.Brings.Words(),
                    r.Note.Text,
                    string.Join(" ", r.Note.Shown),
                    r.Note.By,
                    r.Note.CreatedAt,
                    r.Note.Id,
                ],
            ct
        );
    }
}
