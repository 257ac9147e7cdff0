using System.Text.Json.Nodes;

namespace Moat.Server.Doors.Scim;

/// <summary>
/// What an identity provider finds out before it begins (RFC 7644, 4): what is offered, and which resources with which
/// attributes (RFC
/// 7643, 5 to 7).
/// </summary>
internal static class ScimDiscovery
{
    private const string SchemaSchema = "urn:ietf:params:scim:schemas:core:2.0:Schema";

    /// <summary>What of the protocol is offered (RFC 7643, 5).</summary>
    public static JsonObject Config(string root)
    {
        static JsonObject Can(bool yes) => new() { ["supported"] = yes };
        return new JsonObject
        {
            ["schemas"] = new JsonArray("urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"),
            ["patch"] = Can(true),
            ["bulk"] = new JsonObject
            {
                ["supported"] = false,
                ["maxOperations"] = 0,
                ["maxPayloadSize"] = 0,
            },
            ["filter"] = new JsonObject { ["supported"] = true, ["maxResults"] = ScimAnswers.MostResults },
            ["changePassword"] = Can(false),
            ["sort"] = Can(false),
            ["etag"] = Can(false),
            ["authenticationSchemes"] = new JsonArray(
                new JsonObject
                {
                    ["type"] = "oauthbearertoken",
                    ["name"] = "Token",
                    ["description"] = "A token of the role provisioner, made on the page Access",
                }
            ),
            ["meta"] = Meta("ServiceProviderConfig", $"{root}/ServiceProviderConfig"),
        };
    }

    /// <summary>The kinds of resources (RFC 7643, 6).</summary>
    public static IReadOnlyList<JsonObject> Types(string root) =>
        [
            Type(
                "User",
                "Users",
                ScimResources.User,
                root,
                new JsonObject { ["schema"] = ScimValues.Enterprise, ["required"] = false }
            ),
            Type("Group", "Groups", ScimResources.Group, root),
        ];

    /// <summary>The attributes that are kept (RFC 7643, 7); others are read over.</summary>
    public static IReadOnlyList<JsonObject> Schemas(string root) =>
        [
            Schema(
                ScimResources.User,
                "User",
                "A person of the register and their account",
                root,
                Text("userName", "The login", required: true, uniqueness: "server"),
                Text("displayName", "The name to show"),
                Complex(
                    "name",
                    "The parts of the name",
                    false,
                    Text("formatted", "The full name"),
                    Text("givenName", "Given name"),
                    Text("familyName", "Family name")
                ),
                Complex(
                    "emails",
                    "The work e-mail, which joins the account with a person",
                    true,
                    Text("value", "The e-mail"),
                    Text("type", "Always work", writes: "readOnly"),
                    Flag("primary", "Which of several is taken")
                ),
                Flag(
                    "active",
                    "Whether the account can be used. One that cannot starts the leaver's checklist and ends access to Moat"
                ),
                Text("title", "Job title")
            ),
            Schema(
                ScimValues.Enterprise,
                "EnterpriseUser",
                "What a company says of a person",
                root,
                Text("department", "Department")
            ),
            Schema(
                ScimResources.Group,
                "Group",
                "A group, whose members an access review sees",
                root,
                Text("displayName", "Its name", required: true, uniqueness: "server"),
                Complex(
                    "members",
                    "The users in it",
                    true,
                    Text("value", "The id of a user", writes: "immutable"),
                    Reference("$ref", "Where the user stands")
                )
            ),
        ];

    /// <summary>The one of that id, whatever its case. Throws <see cref="ScimFault"/>.</summary>
    public static JsonObject One(IReadOnlyList<JsonObject> all, string id) =>
        all.FirstOrDefault(o => ((string?)o["id"])!.Equals(id, StringComparison.OrdinalIgnoreCase))
        ?? throw new ScimFault(StatusCodes.Status404NotFound, null, $"There is no {id} here.");

    private static JsonObject Type(
        string name,
        string path,
        string schema,
        string root,
        params JsonNode[] extensions
    ) =>
        new()
        {
            ["schemas"] = new JsonArray("urn:ietf:params:scim:schemas:core:2.0:ResourceType"),
            ["id"] = name,
            ["name"] = name,
            ["endpoint"] = $"/{path}",
            ["schema"] = schema,
            ["schemaExtensions"] = new JsonArray(extensions),
            ["meta"] = Meta("ResourceType", $"{root}/ResourceTypes/{name}"),
        };

    private static JsonObject Schema(
        string id,
        string name,
        string description,
        string root,
        params JsonNode[] attributes
    ) =>
        new()
        {
            ["schemas"] = new JsonArray(SchemaSchema),
            ["id"] = id,
            ["name"] = name,
            ["description"] = description,
            ["attributes"] = new JsonArray(attributes),
            ["meta"] = Meta("Schema", $"{root}/Schemas/{id}"),
        };

    private static JsonObject Text(
        string name,
        string description,
        bool required = false,
        string uniqueness = "none",
        string writes = "readWrite"
    )
    {
        var text = Attribute(name, "string", description, required: required, writes: writes);
        text["caseExact"] = false;
        text["uniqueness"] = uniqueness;
        return text;
    }

    private static JsonObject Flag(string name, string description) => Attribute(name, "boolean", description);

    private static JsonObject Reference(string name, string description)
    {
        var reference = Attribute(name, "reference", description, writes: "readOnly");
        reference["referenceTypes"] = new JsonArray("User");
        return reference;
    }

    private static JsonObject Complex(string name, string description, bool many, params JsonNode[] parts)
    {
        var complex = Attribute(name, "complex", description, many);
        complex["subAttributes"] = new JsonArray(parts);
        return complex;
    }

    private static JsonObject Attribute(
        string name,
        string type,
        string description,
        bool many = false,
        bool required = false,
        string writes = "readWrite"
    ) =>
        new()
        {
            ["name"] = name,
            ["type"] = type,
            ["multiValued"] = many,
            ["description"] = description,
            ["required"] = required,
            ["mutability"] = writes,
            ["returned"] = "default",
        };

    private static JsonObject Meta(string type, string location) =>
        new() { ["resourceType"] = type, ["location"] = location };
}
