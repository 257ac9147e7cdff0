using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Controls;
using Moat.Isms.Kernel;
using Moat.Isms.Tables;

namespace Moat.Isms.Audits;

/// <summary>Request lists as certification bodies send them.</summary>
[Process(RequestProcess.Name, RequestProcess.Summary)]
public sealed class RequestTable(MoatDb db, RequestDesk desk)
{
    private const int UsualDays = 14;

    private static readonly TableRegister Register = new(
        [
            new(
                "wanted",
                true,
                "wanted",
                "request",
                "requested item",
                "requested evidence",
                "evidence requested",
                "evidence request",
                "document requested",
                "documents requested",
                "information requested",
                "item",
                "description",
                "question",
                "what we need"
            ),
            new("id", false, "request id", "id", "ref", "no", "reference", "request no", "item no"),
            new(
                "requirement",
                false,
                "clause",
                "control",
                "requirement",
                "clause control",
                "iso 27001",
                "iso 27001 reference",
                "control reference",
                "annex a",
                "criteria",
                "standard reference"
            ),
            new("dueOn", false, "due", "due on", "due date", "deadline", "needed by", "by", "due by", "required by"),
            new("owner", false, "owner", "assignee", "assigned to", "responsible", "contact", "answered by"),
            new("state", false, "state") { IsExact = true },
        ],
        "a request",
        "requests",
        "text"
    );

    /// <summary>The fields that a column can be chosen for by hand.</summary>
    public static IReadOnlyList<string> Fields { get; } = [.. Register.Columns.Select(c => c.Field)];

    /// <summary>Shows how a list is understood, and stores nothing.</summary>
    [Query(
        "preview-table",
        Permission.RaiseFindings,
        "Show how an auditor's request list (CSV, XLSX) is understood; stores nothing",
        TakesBody = true
    )]
    public async Task<TableResult> Preview(GiveTable input, CancellationToken ct) =>
        (await (await Table(ct)).Read(input, ct)).Result;

    /// <summary>
    /// Enters the requests; all rows or none unless wrong rows are to be skipped. Rows that an earlier import entered
    /// stay as they are.
    /// </summary>
    [Operation(
        "import-table",
        Permission.RaiseFindings,
        "Import an auditor's request list (CSV, XLSX); all rows or none"
    )]
    public async Task<TableResult> Import(GiveTable input, CancellationToken ct)
    {
        var (result, fresh) = await (await Table(ct)).ReadToEnter(input, ct);
        var file = Path.GetFileName(input.File.Name).Cut(200);
        foreach (var row in fresh)
            await desk.Enter(
                new AskedFor(
                    row.Wanted,
                    row.DueOn ?? db.Today.AddDays(UsualDays),
                    row.Requirement,
                    row.OwnerId ?? await desk.OwnerOf(row.Requirement, ct),
                    null
                )
                {
                    Source = row.Source,
                    ImportedFrom = string.Create(CultureInfo.InvariantCulture, $"{file}, row {row.Number}"),
                },
                ct
            );
        return result;
    }

    private async Task<TableImport<Row>> Table(CancellationToken ct)
    {
        var codes = (await db.Set<Control>().Select(c => c.Code).ToListAsync(ct)).ToHashSet();
        return new TableImport<Row>(db, Register, table => Reading(table, codes), Known);
    }

    private async Task<IReadOnlyDictionary<int, KnownRecord>> Known(
        IReadOnlyList<Row> rows,
        TableRemarks remarks,
        CancellationToken ct
    ) =>
        KnownRows.Match(
            rows,
            await db.Set<AuditRequest>().AsNoTracking().ToListAsync(ct),
            remarks,
            r => r.Source,
            (row, r) => r.Wanted == row.Wanted && (row.Id is null || r.Source is null),
            (row, r) =>
                [
                    KnownRows.Differs("text", r.Wanted, row.Wanted),
                    KnownRows.Differs("requirement", r.Requirement, row.Requirement),
                    KnownRows.Differs("due", r.DueOn, row.DueOn),
                ]
        );

    private Func<RowReading, TableRemarks, Row?> Reading(FoundTable table, HashSet<string> codes)
    {
        var old = ControlNumbers.OnlyIn2013(table.Rows.Select(r => table.Value(r, "requirement")), codes);
        return (line, remarks) => ReadRow(line, remarks, new ControlNumbers(codes, old));
    }

    private Row? ReadRow(RowReading line, TableRemarks remarks, ControlNumbers numbers)
    {
        if (line.Text("wanted", 4000) is not { Length: >= 5 } wanted)
            return null;
        var due = line.Day("dueOn");
        var (id, reference) = (line.Text("id", 100), line.Ref<AuditRequest>("id"));
        // A register of Moat's own has requests that are overdue, and they stay so.
        if (due < db.Today && reference is null)
            line.Problem("dueOn", "This day is over.");
        if (reference is not null)
            Stood(line, remarks);
        var said = line.Text("requirement", 200);
        var requirement = said is null ? null : numbers.Requirement(said);
        if (said is not null && numbers.AreOld(said))
            remarks.Say(numbers.WhyOld);
        else if (said is not null && requirement is null)
            remarks.Say($"'{said.Cut(40)}' is no sub-clause and no control; those requests are kept without one.");
        var source = $"requests:{SearchText.Fold($"{id} {wanted}")}".Cut(400);
        return new Row(
            line.Number,
            wanted,
            due,
            requirement,
            remarks.Owner(line),
            source,
            reference is null ? id : null
        )
        {
            Ref = reference,
        };
    }

    /// <summary>
    /// What an auditor has is not asked again; what was answered is, because the answers are not in the file.
    /// </summary>
    private static void Stood(RowReading line, TableRemarks remarks)
    {
        var said = line.Text("state", 200);
        bool Is(RequestState state) => state.Words().Equals(said, StringComparison.OrdinalIgnoreCase);
        if (Is(RequestState.Accepted))
            line.Leave("The auditor has what they need, so nobody has to answer it again.");
        else if (Is(RequestState.Answered) || Is(RequestState.Returned))
            remarks.Say(
                "Some requests were answered in the register that the file comes from. Their answers are not in it, so they are asked again here."
            );
    }

    private sealed record Row(
        int Number,
        string Wanted,
        DateOnly? DueOn,
        string? Requirement,
        Guid? OwnerId,
        string Source,
        string? Id
    ) : ImportedRow(Number, Wanted.Cut(200), Source, OwnerId)
    {
        public override string Detail =>
            $"{Requirement ?? "no requirement"}, {(DueOn is { } due ? $"by {due:yyyy-MM-dd}" : $"in {UsualDays} days")}";
    }
}
