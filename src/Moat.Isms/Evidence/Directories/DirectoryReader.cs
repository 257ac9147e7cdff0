using System.Text.Json.Nodes;
using Moat.Isms.Evidence.Reports;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Reading;
using Moat.Isms.Kernel.Tables;

namespace Moat.Isms.Evidence.Directories;

/// <summary>An account as a directory lists it.</summary>
/// <param name="Id">The id that stays when it is renamed.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Email">Its e-mail, which joins it with a person; empty when the directory tells none.</param>
/// <param name="Active">Whether it can sign in; null when the directory does not say.</param>
/// <param name="SecondFactor">Whether it signs in with a second factor; null when the directory does not say.</param>
public sealed record DirectoryAccount(string Id, string Name, string Email, bool? Active, bool? SecondFactor)
{
    /// <summary>What the directory says and is not understood; what it was to say is unknown.</summary>
    public IReadOnlyList<UnreadWord> Unread { get; init; } = [];
}

/// <summary>A word that is not understood.</summary>
/// <param name="Field">The field it was to fill.</param>
/// <param name="Word">The word.</param>
/// <param name="Place">Where in the file it stands.</param>
public sealed record UnreadWord(string Field, string Word, string Place);

/// <summary>Reads accounts as identity providers export them: a table, or SCIM 2.0 users (RFC 7643), one or a list.</summary>
public static class DirectoryReader
{
    private static readonly string[] Yes = ["true", "yes", "1", "active", "enabled", "enforced", "on", "enrolled"];
    private static readonly string[] No = ["false", "no", "0", "inactive", "disabled", "suspended", "deprovisioned", "off", "none", "not enrolled", "blocked"];

    private static readonly TableColumn[] Columns =
    [
        new("email", true, "email", "e mail", "mail", "email address", "user principal name", "username", "user name", "login", "account"),
        new("id", false, "id", "user id", "object id", "account id"),
        new("name", false, "name", "display name", "full name"),
        new("active", false, "active", "status", "account status", "enabled", "account enabled", "suspended"),
        new("login", false, "user principal name", "username", "user name", "login", "account"),
        new("mfa", false, "mfa", "2fa", "second factor", "mfa status", "2sv enrolled", "mfa enabled", "multi factor"),
    ];

    /// <summary>The fields that a column can be chosen for by hand.</summary>
    public static IReadOnlyList<string> Fields { get; } = [.. Columns.Select(c => c.Field)];

    /// <summary>The accounts of a file. Throws <see cref="InputInvalid"/>.</summary>
    public static IReadOnlyList<DirectoryAccount> Read(GivenFile file) => Read(file, new TableChoice(null, null, null));

    /// <summary>The accounts of a file in which a person chose by hand where the table is. Throws <see cref="InputInvalid"/>.</summary>
    public static IReadOnlyList<DirectoryAccount> Read(GivenFile file, TableChoice chosen)
    {
        var start = new ReadOnlySpan<byte>(file.Content).TrimStart("\uFEFF \r\n\t"u8);
        return start.Length > 0 && start[0] == (byte)'{' ? Scim(file.Content) : Table(file, chosen);
    }

    private static List<DirectoryAccount> Scim(byte[] content)
    {
        var root = GivenJson.Object(content, "file", maxDepth: 64);
        var users = root["Resources"] is JsonArray list ? list.OfType<JsonObject>().ToList() : root.ContainsKey("userName") ? [root] : [];
        // Lists may hold groups as well; a user is what has a user name.
        List<DirectoryAccount> accounts = [.. users.Where(u => u["userName"].Text() is not null).Select((user, at) => User(user, at + 1))];
        return accounts.Count > 0 ? accounts : throw new InputInvalid("file", "There is no SCIM user in it: an account has a userName.");
    }

    private static DirectoryAccount User(JsonObject user, int number)
    {
        var login = user["userName"].Text()!;
        var mail = user["emails"].Objects().OrderByDescending(e => e["primary"].Flag() == true).Select(e => e["value"].Text())
            .FirstOrDefault(v => v is not null);
        return new DirectoryAccount(user["id"].Text() ?? login, user["displayName"].Text() ?? user["name"].At("formatted").Text() ?? login, mail
            ?? (login.Contains('@', StringComparison.Ordinal) ? login : ""), Flag(user["active"]), null)
        {
            Unread = user["active"] is { } told && Flag(told) is null
                ? [new UnreadWord("active", told.Text() ?? told.ToJsonString(), $"user {number}, 'active'")] : [],
        };
    }

    // Some providers write booleans as text.
    private static bool? Flag(JsonNode? node) => node is JsonValue value ? value.TryGetValue<bool>(out var flag) ? flag : Word(node.Text() ?? "") : null;

    private static List<DirectoryAccount> Table(GivenFile file, TableChoice chosen)
    {
        var table = TableFinder.Find(file.Read(TableReader.Read), Columns, chosen);
        var inverted = table.Columns.Any(c => c.Field == "active" && c.Header.Contains("suspended", StringComparison.OrdinalIgnoreCase));
        var accounts = new List<DirectoryAccount>();
        foreach (var row in table.Rows.Where(r => !r.IsBand && !table.RepeatsHeader(r)))
        {
            // An account without a mailbox has no e-mail, and still signs in.
            var email = (table.Value(row, "email") is { Length: > 0 } mail ? mail : table.Value(row, "login")).ToLowerInvariant();
            if (email.Length == 0) continue;
            var (active, mfa) = (Word(table.Value(row, "active")), Word(table.Value(row, "mfa")));
            var (id, name) = (table.Value(row, "id"), table.Value(row, "name"));
            accounts.Add(new DirectoryAccount(id.Length > 0 ? id : email, name.Length > 0 ? name : email, email, inverted ? !active : active, mfa)
            {
                Unread = [.. Unread(table, row, "active", active), .. Unread(table, row, "mfa", mfa)],
            });
        }
        return accounts.Count > 0 ? accounts : throw new InputInvalid("file", "There is no account below the header.");
    }

    private static IEnumerable<UnreadWord> Unread(FoundTable table, SheetRow row, string field, bool? understood) =>
        understood is null && table.Value(row, field) is { Length: > 0 } word
            ? [new UnreadWord(field, word, $"row {row.Number}, column '{table.Columns.First(c => c.Field == field).Header}'")] : [];

    private static bool? Word(string text)
    {
        var word = text.Trim().ToLowerInvariant();
        return Yes.Contains(word) ? true : No.Contains(word) ? false : null;
    }
}
