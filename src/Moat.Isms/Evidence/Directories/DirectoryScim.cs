using System.Globalization;
using System.Text.Json.Nodes;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Reading;

namespace Moat.Isms.Evidence.Directories;

/// <summary>Users as SCIM 2.0 gives them (RFC 7643), one or an answer to a query (RFC 7644, 3.4.2).</summary>
internal static class DirectoryScim
{
    private const string UserSchema = "urn:ietf:params:scim:schemas:core:2.0:User";

    public static ReadDirectory Read(byte[] content)
    {
        var root = GivenJson.Object(content, "file", maxDepth: 64);
        if (root.ContainsKey("userName"))
            return new ReadDirectory([User(root, "user 1")], []);
        var entries = root["Resources"] as JsonArray ?? [];
        var users = new List<(DirectoryAccount, string)>();
        foreach (var (at, entry) in entries.Index())
        {
            var place = string.Create(CultureInfo.InvariantCulture, $"user {at + 1}");
            if (entry is not JsonObject user)
                throw new InputInvalid("file", $"Resources[{at}] is no object, so it is no user.");
            if (user["userName"].Text() is { Length: > 0 })
                users.Add((User(user, place), place));
            else if (IsUser(user))
                throw new InputInvalid("file", $"Resources[{at}] is a user without a userName (RFC 7643, 4.1.1).");
        }
        if (users.Count == 0)
            throw new InputInvalid("file", "There is no SCIM user in it: an account has a userName.");
        var others = entries.Count - users.Count;
        return new ReadDirectory(DirectoryReader.Once(users), [.. Remarks(others)], Lacks(root, entries.Count));
    }

    // Lists may hold groups as well; a user is what has a user name.
    private static bool IsUser(JsonObject entry) =>
        entry.ContainsKey("userName")
        || (entry["schemas"] as JsonArray ?? []).Any(s =>
            string.Equals(s.Text(), UserSchema, StringComparison.OrdinalIgnoreCase)
        );

    private static IEnumerable<string> Remarks(int others)
    {
        if (others > 0)
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{others:N0} {(others == 1 ? "entry is no user" : "entries are no users")} "
                    + $"and {(others == 1 ? "is" : "are")} not taken."
            );
    }

    // One page of several is no whole directory.
    private static string? Lacks(JsonObject root, int held) =>
        root["totalResults"] is JsonValue told && told.TryGetValue<long>(out var total) && total > held
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"The file says that there are {total:N0} entries and holds {held:N0} of them."
            )
            : null;

    private static DirectoryAccount User(JsonObject user, string place)
    {
        var login = user["userName"].Text() is { Length: > 0 } name
            ? name
            : throw new InputInvalid("file", $"The userName of {place} is no text.");
        var mail = user["emails"]
            .Objects()
            .OrderByDescending(e => e["primary"].Flag() == true)
            .Select(e => e["value"].Text())
            .FirstOrDefault(v => v is not null);
        return new DirectoryAccount(
            user["id"].Text() ?? login,
            user["displayName"].Text() ?? user["name"].At("formatted").Text() ?? login,
            mail ?? (login.Contains('@', StringComparison.Ordinal) ? login : ""),
            Flag(user["active"]),
            null
        )
        {
            Unread =
                user["active"] is { } told && Flag(told) is null
                    ? [new UnreadWord("active", told.Text() ?? told.ToJsonString(), $"{place}, 'active'")]
                    : [],
        };
    }

    // Some providers write booleans as text.
    private static bool? Flag(JsonNode? node) =>
        node is JsonValue value
            ? value.TryGetValue<bool>(out var flag)
                ? flag
                : DirectoryWords.Read(node.Text() ?? "")
            : null;
}
