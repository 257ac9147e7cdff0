using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Isms.Tables;

namespace Moat.Isms.Provisioning;

/// <summary>Tables of people as personnel systems export them.</summary>
[Process(PeopleProcess.Name, PeopleProcess.Summary)]
public sealed class PeopleTable(MoatDb db, PeopleDirectory people)
{
    private static readonly TableRegister Register = new(
        [
            new(
                "email",
                true,
                "email",
                "e mail",
                "work email",
                "work e mail",
                "mail",
                "email address",
                "e mail address",
                "user principal name",
                "username",
                "user name"
            ),
            new("name", true, "name", "full name", "employee", "employee name", "display name", "person"),
            new("department", false, "department", "team", "organisation unit", "org unit", "division"),
            new("jobTitle", false, "job title", "title", "position", "function", "role"),
            new("manager", false, "manager", "manager email", "reports to", "supervisor", "line manager"),
            new("joinedOn", false, "joined", "start date", "hire date", "joined on", "entry date", "first day"),
            new(
                "logins",
                false,
                "logins",
                "login",
                "accounts",
                "account",
                "github",
                "github login",
                "github user",
                "external accounts"
            ),
            new("leftOn", false, "left", "end date", "termination date", "left on", "exit date", "last day"),
        ],
        "a person",
        "people",
        "e-mail address"
    );

    /// <summary>The fields that a column can be chosen for by hand.</summary>
    public static IReadOnlyList<string> Fields { get; } = [.. Register.Columns.Select(c => c.Field)];

    /// <summary>Shows how a table is understood, and stores nothing.</summary>
    [Query(
        "preview-table",
        Permission.EditPeople,
        "Show how a table of people (CSV, XLSX) is understood; stores nothing",
        TakesBody = true
    )]
    public async Task<TableResult> Preview(GiveTable input, CancellationToken ct) =>
        (await Table.Read(input, ct)).Result;

    /// <summary>
    /// Enters the people who are not known by their e-mail yet; all rows or none unless wrong rows are to be skipped.
    /// </summary>
    [Operation("import-table", Permission.EditPeople, "Import a table of people (CSV, XLSX); all rows or none")]
    public async Task<TableResult> Import(GiveTable input, CancellationToken ct)
    {
        var (result, fresh) = await Table.ReadToEnter(input, ct);
        var entered = new Dictionary<string, Person>();
        foreach (var row in fresh)
        {
            var person = entered[row.Source] = await people.Enter(row.Title, row.Source, ct);
            (person.Department, person.JobTitle, person.JoinedOn, person.LeftOn) = (
                row.Department,
                row.JobTitle,
                row.JoinedOn,
                row.LeftOn
            );
        }
        var book = await people.Everybody(ct);
        foreach (var row in fresh.Where(r => r.Logins.Length > 0))
            book.Give(entered[row.Source], row.Logins);
        var known = entered.Values.Concat(book.Everybody).ToList();
        foreach (var row in fresh.Where(r => r.Manager is not null))
            entered[row.Source].ManagerId = known.Find(p => Same(p, row.Manager!))?.Id;
        return result;
    }

    private TableImport<Row> Table => new(db, Register, _ => ReadRow, Known);

    private async Task<IReadOnlyDictionary<int, KnownRecord>> Known(
        IReadOnlyList<Row> rows,
        TableRemarks remarks,
        CancellationToken ct
    )
    {
        var known = await db.Set<Person>().AsNoTracking().ToListAsync(ct);
        foreach (
            var row in rows.Where(r =>
                r.Manager is { } named && !known.Exists(p => Same(p, named)) && !rows.Any(r => Same(r, named))
            )
        )
            remarks.Say(
                $"'{row.Manager!.Cut(60)}' is nobody in the file or in the register of people; whom they lead is entered without a manager."
            );
        return Match(rows, known, remarks);
    }

    private static IReadOnlyDictionary<int, KnownRecord> Match(
        IReadOnlyList<Row> rows,
        IReadOnlyList<Person> known,
        TableRemarks remarks
    ) =>
        KnownRows.Match(
            rows,
            known,
            remarks,
            p => p.Email,
            (_, _) => false,
            (row, p) =>
                [
                    KnownRows.Differs("name", p.Name, row.Title),
                    KnownRows.Differs("department", p.Department, row.Department),
                    KnownRows.Differs("job title", p.JobTitle, row.JobTitle),
                    KnownRows.Differs("first day", p.JoinedOn, row.JoinedOn),
                    KnownRows.Differs("last day", p.LeftOn, row.LeftOn),
                ]
        );

    private static Row? ReadRow(RowReading line, TableRemarks remarks)
    {
        var (name, email) = (line.Text("name", 200), line.Text("email", 254));
        if (name is null && email is null)
            return null;
        if (name is null)
            line.Problem("name", "The name is missing.");
        if (email is null || !new System.ComponentModel.DataAnnotations.EmailAddressAttribute().IsValid(email))
            line.Problem("email", "An e-mail address is needed.");
        return new Row(
            line.Number,
            name ?? "",
            PeopleDirectory.Fold(email ?? ""),
            line.Text("department", 100),
            line.Text("jobTitle", 200),
            line.Text("manager", 254),
            line.Day("joinedOn"),
            line.Day("leftOn"),
            (line.Text("logins", 1000) ?? "").Split([' ', ',', ';', '\n'], StringSplitOptions.RemoveEmptyEntries)
        );
    }

    private static bool Same(Person person, string named) =>
        person.Email == PeopleDirectory.Fold(named)
        || person.Name.Equals(named.Trim(), StringComparison.OrdinalIgnoreCase);

    private static bool Same(Row row, string named) =>
        row.Email == PeopleDirectory.Fold(named) || row.Title.Equals(named.Trim(), StringComparison.OrdinalIgnoreCase);

    private sealed record Row(
        int Number,
        string Title,
        string Email,
        string? Department,
        string? JobTitle,
        string? Manager,
        DateOnly? JoinedOn,
        DateOnly? LeftOn,
        string[] Logins
    ) : ImportedRow(Number, Title, Email, null)
    {
        public override string Detail =>
            string.Join(" · ", new[] { Email, Department, JobTitle }.Concat(Logins).Where(w => w is not null));
    }
}
