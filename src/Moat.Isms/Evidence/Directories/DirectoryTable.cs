using System.Globalization;
using Moat.Isms.Kernel;
using Moat.Isms.Tables;

namespace Moat.Isms.Evidence.Directories;

/// <summary>Accounts in a table, as the pages of identity providers export them.</summary>
internal static class DirectoryTable
{
    private const int MostRowsTold = 20;

    /// <summary>The columns that are understood.</summary>
    public static readonly TableColumn[] Columns =
    [
        new(
            "email",
            true,
            "email",
            "e mail",
            "mail",
            "email address",
            "user principal name",
            "username",
            "user name",
            "login",
            "account"
        ),
        new("id", false, "id", "user id", "object id", "account id"),
        new("name", false, "name", "display name", "full name"),
        new(
            "active",
            false,
            "active",
            "status",
            "account status",
            "enabled",
            "account enabled",
            "suspended",
            "disabled",
            "account disabled",
            "blocked",
            "account locked"
        ),
        new("login", false, "user principal name", "username", "user name", "login", "account"),
        new("mfa", false, "mfa", "2fa", "second factor", "mfa status", "2sv enrolled", "mfa enabled", "multi factor"),
    ];

    public static ReadDirectory Read(GivenFile file, TableChoice chosen)
    {
        var table = TableFinder.Find(file.Read(TableReader.Read), Columns, chosen);
        var accounts = new List<(DirectoryAccount, string)>();
        var notTaken = new List<(int Row, string Why)>();
        foreach (var row in table.Rows)
        {
            // An account without a mailbox has no e-mail, and still signs in.
            var email = (
                table.Value(row, "email") is { Length: > 0 } mail ? mail : table.Value(row, "login")
            ).ToLowerInvariant();
            var why =
                TableNotes.WhyNoRecord(table, row, "an account")
                ?? (email.Length == 0 ? "It does not name an account." : null);
            if (why is null)
                accounts.Add(
                    (Account(table, row, email), string.Create(CultureInfo.InvariantCulture, $"row {row.Number}"))
                );
            else
                notTaken.Add((row.Number, why));
        }
        if (accounts.Count == 0)
            throw new InputInvalid("file", "There is no account below the header.");
        return new ReadDirectory(
            DirectoryReader.Once(accounts),
            [
                .. table.PassedOver,
                .. ErrorCells.Told(table),
                .. notTaken.GroupBy(n => n.Why).Select(g => Told([.. g.Select(n => n.Row)], g.Key)),
            ]
        );
    }

    private static DirectoryAccount Account(FoundTable table, SheetRow row, string email)
    {
        var active = DirectoryWords.Read(table.Value(row, "active"), Header(table, "active"));
        var mfa = DirectoryWords.Read(table.Value(row, "mfa"), Header(table, "mfa"));
        var (id, name) = (table.Value(row, "id"), table.Value(row, "name"));
        return new DirectoryAccount(id.Length > 0 ? id : email, name.Length > 0 ? name : email, email, active, mfa)
        {
            Unread = [.. Unread(table, row, "active", active), .. Unread(table, row, "mfa", mfa)],
        };
    }

    private static IEnumerable<UnreadWord> Unread(FoundTable table, SheetRow row, string field, bool? understood) =>
        understood is null && table.Value(row, field) is { Length: > 0 } word
            ? [new UnreadWord(field, word, $"row {row.Number}, column '{Header(table, field)}'")]
            : [];

    private static string Header(FoundTable table, string field) =>
        table.Columns.FirstOrDefault(c => c.Field == field)?.Header ?? "";

    private static string Told(IReadOnlyList<int> rows, string why) =>
        $"{(rows.Count == 1 ? "Row" : "Rows")} {string.Join(", ", rows.Take(MostRowsTold))}"
        + (
            rows.Count > MostRowsTold
                ? string.Create(CultureInfo.InvariantCulture, $" and {rows.Count - MostRowsTold:N0} more")
                : ""
        )
        + $" not taken. {why}";
}
