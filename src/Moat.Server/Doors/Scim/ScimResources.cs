using System.Globalization;
using System.Text.Json.Nodes;
using Moat.Isms.People.Provisioning;

namespace Moat.Server.Doors.Scim;

/// <summary>Accounts and groups in the form of SCIM (RFC 7643), and back.</summary>
internal static class ScimResources
{
    private const string User = "urn:ietf:params:scim:schemas:core:2.0:User";
    private const string Group = "urn:ietf:params:scim:schemas:core:2.0:Group";

    public static JsonObject Of(ProvisionedUser user, string root)
    {
        var space = user.Name.LastIndexOf(' ');
        var shown = new JsonObject
        {
            ["schemas"] = new JsonArray(User, ScimValues.Enterprise),
            ["id"] = user.Id.ToString(),
            ["externalId"] = user.ExternalId,
            ["userName"] = user.UserName,
            ["displayName"] = user.Name,
            ["name"] = new JsonObject { ["formatted"] = user.Name, ["givenName"] = space > 0 ? user.Name[..space] : user.Name, ["familyName"] = space > 0 ? user.Name[(space + 1)..] : "" },
            ["emails"] = new JsonArray(new JsonObject { ["value"] = user.Email, ["type"] = "work", ["primary"] = true }),
            ["active"] = user.Active,
            ["title"] = user.JobTitle,
            [ScimValues.Enterprise] = new JsonObject { ["department"] = user.Department },
            ["meta"] = Meta("User", $"{root}/Users/{user.Id}", user.CreatedAt, user.ChangedAt),
        };
        return WithoutNulls(shown);
    }

    public static JsonObject Of(ProvisionedGroup group, string root) => WithoutNulls(new JsonObject
    {
        ["schemas"] = new JsonArray(Group),
        ["id"] = group.Id.ToString(),
        ["externalId"] = group.ExternalId,
        ["displayName"] = group.DisplayName,
        ["members"] = new JsonArray([.. group.Members.Select(m => (JsonNode)new JsonObject { ["value"] = m.ToString(), ["$ref"] = $"{root}/Users/{m}" })]),
        ["meta"] = Meta("Group", $"{root}/Groups/{group.Id}", group.CreatedAt, group.ChangedAt),
    });

    /// <summary>The account that a document says. Beside a document from before, only what differs from it counts for the name.</summary>
    public static ProvisionUser ToUser(JsonObject given, ProvisionedUser? before)
    {
        string? Of(string path) => ScimValues.At(given, ScimValues.Parts(path)).Select(ScimValues.Text).FirstOrDefault(t => t is not null);
        var userName = Of("userName") ?? throw ScimFault.Value("A user has a userName.");
        var mails = (ScimValues.Member(given, "emails") as JsonArray)?.OfType<JsonObject>().OrderByDescending(e => ScimValues.Flag(ScimValues.Member(e, "primary")) == true).Select(e => ScimValues.Text(ScimValues.Member(e, "value")));
        return new ProvisionUser
        {
            UserName = userName,
            ExternalId = Of("externalId"),
            Name = Name(Of, before) ?? userName,
            Email = mails?.FirstOrDefault(m => m is not null) ?? (userName.Contains('@', StringComparison.Ordinal) ? userName : throw ScimFault.Value("A user has an e-mail: in emails, or as the userName.")),
            Active = ScimValues.Flag(ScimValues.Member(given, "active")) ?? true,
            Department = Of($"{ScimValues.Enterprise}:department"),
            JobTitle = Of("title"),
        };
    }

    public static ProvisionGroup ToGroup(JsonObject given, Guid? id) => new()
    {
        Id = id,
        DisplayName = ScimValues.Text(ScimValues.Member(given, "displayName")) ?? throw ScimFault.Value("A group has a displayName."),
        ExternalId = ScimValues.Text(ScimValues.Member(given, "externalId")),
        Members = [.. ScimValues.At(given, ["members", "value"]).Select(v => Guid.TryParse(ScimValues.Text(v), out var member) ? member : throw ScimFault.Value($"There is no user {v}.")).Distinct()],
    };

    private static string? Name(Func<string, string?> of, ProvisionedUser? before)
    {
        var parts = string.Join(' ', new[] { of("name.givenName"), of("name.familyName") }.OfType<string>());
        var said = new[] { of("displayName"), of("name.formatted"), parts.Length > 0 ? parts : null };
        return said.FirstOrDefault(s => s is not null && s != before?.Name) ?? before?.Name;
    }

    private static JsonObject Meta(string type, string location, DateTime created, DateTime changed) => new()
    {
        ["resourceType"] = type,
        ["created"] = Time(created),
        ["lastModified"] = Time(changed),
        ["location"] = location,
    };

    private static string Time(DateTime at) => at.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    private static JsonObject WithoutNulls(JsonObject shown)
    {
        foreach (var empty in shown.Where(m => m.Value is null).Select(m => m.Key).ToList()) shown.Remove(empty);
        return shown;
    }
}
