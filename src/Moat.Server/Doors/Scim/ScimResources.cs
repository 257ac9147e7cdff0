using System.Globalization;
using System.Text.Json.Nodes;
using Moat.Isms.Provisioning;

namespace Moat.Server.Doors.Scim;

/// <summary>Accounts and groups in the form of SCIM (RFC 7643), and back.</summary>
internal static class ScimResources
{
    public const string User = "urn:ietf:params:scim:schemas:core:2.0:User";
    public const string Group = "urn:ietf:params:scim:schemas:core:2.0:Group";

    /// <summary>
    /// An account as it is shown: what the provider told, and where it told no name to show the register's.
    /// </summary>
    public static JsonObject Of(ProvisionedUser user, string root)
    {
        var shown = Told(user);
        if (!ScimValues.Has(shown, "displayName"))
            shown["displayName"] = user.Name;
        if (shown["name"] is not JsonObject name)
            shown["name"] = name = [];
        if (!ScimValues.Has(name, "formatted"))
            name["formatted"] = Joined(user.Told) ?? user.Name;
        shown["meta"] = Meta("User", $"{root}/Users/{user.Id}", user.CreatedAt, user.ChangedAt);
        return shown;
    }

    /// <summary>A group with its members.</summary>
    public static JsonObject Of(ProvisionedGroup group, string root) =>
        WithoutNulls(
            new JsonObject
            {
                ["schemas"] = new JsonArray(Group),
                ["id"] = group.Id.ToString(),
                ["externalId"] = group.ExternalId,
                ["displayName"] = group.DisplayName,
                ["members"] = new JsonArray([
                    .. group.Members.Select(m =>
                        (JsonNode)new JsonObject { ["value"] = m.ToString(), ["$ref"] = $"{root}/Users/{m}" }
                    ),
                ]),
                ["meta"] = Meta("Group", $"{root}/Groups/{group.Id}", group.CreatedAt, group.ChangedAt),
            }
        );

    /// <summary>The account that a patch makes of one (RFC 7644, 3.5.2).</summary>
    public static ProvisionUser Patched(ProvisionedUser user, JsonObject patch)
    {
        var document = Told(user);
        ScimPatch.Apply(document, patch);
        return ScimValues.Has(document, "active") ? ToUser(document, user) : throw NotActive();
    }

    /// <summary>
    /// The account that a document says. What it leaves out has no value (RFC 7644, 3.5.1), but whether the account can
    /// be used: that changes only when it is said.
    /// </summary>
    public static ProvisionUser ToUser(JsonObject given, ProvisionedUser? before)
    {
        string? Of(string path) => TextAt(given, path);
        var userName = Of("userName") ?? throw ScimFault.Value("A user has a userName.");
        var mails = (ScimValues.Member(given, "emails") as JsonArray)
            ?.OfType<JsonObject>()
            .OrderByDescending(e => ScimValues.Flag(ScimValues.Member(e, "primary")) == true)
            .Select(e => ScimValues.Text(ScimValues.Member(e, "value")));
        var told = new ToldName
        {
            Display = Of("displayName"),
            Formatted = Of("name.formatted"),
            Given = Of("name.givenName"),
            Family = Of("name.familyName"),
        };
        return new ProvisionUser
        {
            UserName = userName,
            ExternalId = Of("externalId"),
            Name = Name(told, before) ?? userName,
            Told = told,
            Email =
                mails?.FirstOrDefault(m => m is not null)
                ?? (
                    userName.Contains('@', StringComparison.Ordinal)
                        ? userName
                        : throw ScimFault.Value("A user has an e-mail: in emails, or as the userName.")
                ),
            Active = ScimValues.Has(given, "active")
                ? ScimValues.Flag(ScimValues.Member(given, "active")) ?? throw NotActive()
                : null,
            Department = Of($"{ScimValues.Enterprise}:department"),
            JobTitle = Of("title"),
        };
    }

    /// <summary>The group that a document says; with a version, only if nobody changed it since.</summary>
    public static ProvisionGroup ToGroup(JsonObject given, Guid? id, int? version = null) =>
        new()
        {
            Id = id,
            IfVersion = version,
            DisplayName =
                ScimValues.Text(ScimValues.Member(given, "displayName"))
                ?? throw ScimFault.Value("A group has a displayName."),
            ExternalId = ScimValues.Text(ScimValues.Member(given, "externalId")),
            Members =
            [
                .. ScimValues
                    .At(given, ["members", "value"])
                    .Select(v =>
                        Guid.TryParse(ScimValues.Text(v), out var member)
                            ? member
                            : throw ScimFault.Value($"There is no user {v}.")
                    )
                    .Distinct(),
            ],
        };

    private static JsonObject Told(ProvisionedUser user) =>
        WithoutNulls(
            new JsonObject
            {
                ["schemas"] = new JsonArray(User, ScimValues.Enterprise),
                ["id"] = user.Id.ToString(),
                ["externalId"] = user.ExternalId,
                ["userName"] = user.UserName,
                ["displayName"] = user.Told.Display,
                ["name"] = WithoutNulls(
                    new JsonObject
                    {
                        ["formatted"] = user.Told.Formatted,
                        ["givenName"] = user.Told.Given,
                        ["familyName"] = user.Told.Family,
                    }
                ),
                ["emails"] = new JsonArray(
                    new JsonObject
                    {
                        ["value"] = user.Email,
                        ["type"] = "work",
                        ["primary"] = true,
                    }
                ),
                ["active"] = user.Active,
                ["title"] = user.JobTitle,
                [ScimValues.Enterprise] = WithoutNulls(new JsonObject { ["department"] = user.Department }),
            }
        );

    // One half of a name is the whole of it only for somebody who goes by one name.
    private static string? Name(ToldName told, ProvisionedUser? before)
    {
        var whole =
            before is null || (told.Given is not null && told.Family is not null) || before.Name == Joined(before.Told);
        return told.Display ?? told.Formatted ?? (whole ? Joined(told) : null) ?? before?.Name;
    }

    private static string? Joined(ToldName told) =>
        string.Join(' ', new[] { told.Given, told.Family }.OfType<string>()) is { Length: > 0 } joined ? joined : null;

    private static string? TextAt(JsonObject given, string path) =>
        ScimValues.At(given, ScimValues.Parts(path)).FirstOrDefault() switch
        {
            null => null,
            JsonValue value when value.TryGetValue<string>(out _) => ScimValues.Text(value),
            _ => throw ScimFault.Value($"{path} is a text. Send it in double quotes, or leave it out."),
        };

    private static ScimFault NotActive() =>
        ScimFault.Value("active is true or false. Say which of them; nothing was changed.");

    private static JsonObject Meta(string type, string location, DateTime created, DateTime changed) =>
        new()
        {
            ["resourceType"] = type,
            ["created"] = Time(created),
            ["lastModified"] = Time(changed),
            ["location"] = location,
        };

    private static string Time(DateTime at) => at.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    private static JsonObject WithoutNulls(JsonObject shown)
    {
        foreach (var empty in shown.Where(m => m.Value is null or JsonObject { Count: 0 }).Select(m => m.Key).ToList())
            shown.Remove(empty);
        return shown;
    }
}
