using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Reading;
using Moat.Isms.People.Provisioning;
using Moat.Server.Auth;

namespace Moat.Server.Doors.Scim;

/// <summary>
/// SCIM 2.0 (RFC 7643, 7644) at <c>/scim/v2</c>, where an identity provider tells of accounts and groups with a token of the role provisioner. The token says
/// which organisation. Every change goes through an operation of <see cref="ProvisioningProcess"/>.
/// </summary>
internal static class ScimDoor
{
    private const string Root = "/scim/v2/";
    private const string MediaType = "application/scim+json";
    private const string ListSchema = "urn:ietf:params:scim:api:messages:2.0:ListResponse";
    private const string ErrorSchema = "urn:ietf:params:scim:api:messages:2.0:Error";
    private const int UsualCount = 100;

    public static void MapScim(this IEndpointRouteBuilder endpoints)
    {
        void Map(string method, string path, Func<HttpContext, IsmsSession, Task> handle) => endpoints.MapMethods(Root + path, [method], http => Answer(http, handle))
            .WithMetadata(new NeedsAttribute(Permission.ProvisionPeople), new ProgramDoor("scim"));
        Map("GET", "Users", async (http, session) => await List(http, (await Users(session, http)).Select(u => ScimResources.Of(u, RootOf(http)))));
        Map("GET", "Users/{id}", async (http, session) => await Write(http, 200, ScimResources.Of(await User(session, http), RootOf(http))));
        Map("POST", "Users", async (http, session) => await Created(http, ScimResources.Of(await session.Run(session.Of<ProvisioningProcess>().CreateUser, ScimResources.ToUser(await Body(http), null), http.RequestAborted), RootOf(http))));
        Map("PUT", "Users/{id}", async (http, session) => await Replace(http, session, await User(session, http), ScimResources.ToUser(await Body(http), null)));
        Map("PATCH", "Users/{id}", PatchUser);
        Map("DELETE", "Users/{id}", DeleteUser);
        Map("GET", "Groups", async (http, session) => await List(http, (await Groups(session, http)).Select(g => ScimResources.Of(g, RootOf(http)))));
        Map("GET", "Groups/{id}", async (http, session) => await Write(http, 200, ScimResources.Of(await Group(session, http), RootOf(http))));
        Map("POST", "Groups", async (http, session) => await Created(http, ScimResources.Of(await Keep(session, http, ScimResources.ToGroup(await Body(http), null)), RootOf(http))));
        Map("PUT", "Groups/{id}", async (http, session) => await Write(http, 200, ScimResources.Of(await Keep(session, http, ScimResources.ToGroup(await Body(http), (await Group(session, http)).Id)), RootOf(http))));
        Map("PATCH", "Groups/{id}", PatchGroup);
        Map("DELETE", "Groups/{id}", DeleteGroup);
        Map("GET", "ServiceProviderConfig", (http, _) => Write(http, 200, Config(RootOf(http))));
        Map("GET", "ResourceTypes", (http, _) => Write(http, 200, ListOf(2, 1, [Type("User", "Users", RootOf(http)), Type("Group", "Groups", RootOf(http))])));
    }

    private static async Task PatchUser(HttpContext http, IsmsSession session)
    {
        var user = await User(session, http);
        var document = ScimResources.Of(user, RootOf(http));
        ScimPatch.Apply(document, await Body(http));
        await Replace(http, session, user, ScimResources.ToUser(document, user));
    }

    /// <summary>An account that is deleted is one that cannot be used any more; the person and what is known of the account stay.</summary>
    private static async Task DeleteUser(HttpContext http, IsmsSession session)
    {
        var user = await User(session, http);
        var gone = new ProvisionUser { UserName = user.UserName, ExternalId = user.ExternalId, Name = user.Name, Email = user.Email, Active = false };
        await session.Run(session.Of<ProvisioningProcess>().ReplaceUser, new ReplaceUser { Ref = user.Ref, User = gone }, http.RequestAborted);
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static async Task Replace(HttpContext http, IsmsSession session, ProvisionedUser user, ProvisionUser now) => await Write(
        http, 200, ScimResources.Of(await session.Run(session.Of<ProvisioningProcess>().ReplaceUser, new ReplaceUser { Ref = user.Ref, IfVersion = user.Version, User = now }, http.RequestAborted), RootOf(http)));

    private static async Task PatchGroup(HttpContext http, IsmsSession session)
    {
        var group = await Group(session, http);
        var document = ScimResources.Of(group, RootOf(http));
        ScimPatch.Apply(document, await Body(http));
        await Write(http, 200, ScimResources.Of(await Keep(session, http, ScimResources.ToGroup(document, group.Id)), RootOf(http)));
    }

    private static async Task DeleteGroup(HttpContext http, IsmsSession session)
    {
        await session.Run(session.Of<ProvisioningProcess>().EndGroup, new OneGroup { Id = (await Group(session, http)).Id }, http.RequestAborted);
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static Task<ProvisionedGroup> Keep(IsmsSession session, HttpContext http, ProvisionGroup group) => session.Run(session.Of<ProvisioningProcess>().KeepGroup, group, http.RequestAborted);

    private static async Task<IReadOnlyList<ProvisionedUser>> Users(IsmsSession session, HttpContext http) => (await session.Run(session.Of<ProvisioningProcess>().Users, new Nothing(), http.RequestAborted)).Users;

    private static async Task<IReadOnlyList<ProvisionedGroup>> Groups(IsmsSession session, HttpContext http) => (await session.Run(session.Of<ProvisioningProcess>().Groups, new Nothing(), http.RequestAborted)).Groups;

    private static async Task<ProvisionedUser> User(IsmsSession session, HttpContext http) => (await Users(session, http)).FirstOrDefault(u => u.Id.ToString() == Id(http)) ?? throw new NotFound($"user {Id(http)}");

    private static async Task<ProvisionedGroup> Group(IsmsSession session, HttpContext http) => (await Groups(session, http)).FirstOrDefault(g => g.Id.ToString() == Id(http)) ?? throw new NotFound($"group {Id(http)}");

    private static string Id(HttpContext http) => $"{http.GetRouteValue("id")}".ToLowerInvariant();

    private static string RootOf(HttpContext http) => $"{http.Request.Scheme}://{http.Request.Host}/scim/v2";

    private static Task List(HttpContext http, IEnumerable<JsonObject> all)
    {
        var query = http.Request.Query;
        Func<JsonObject, bool> asked = query["filter"] is [{ Length: > 0 } filter, ..] ? ScimFilter.Read(filter) : _ => true;
        var found = all.Where(asked).ToList();
        var (start, count) = (Math.Max(1, Number(query["startIndex"].ToString(), 1)), Math.Clamp(Number(query["count"].ToString(), UsualCount), 0, 1000));
        return Write(http, 200, ListOf(found.Count, start, found.Skip(start - 1).Take(count)));
    }

    private static int Number(string text, int usual) => text.Length == 0 ? usual : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : throw ScimFault.Value($"'{text}' is no number.");

    private static JsonObject ListOf(int total, int start, IEnumerable<JsonObject> page)
    {
        var items = new JsonArray([.. page]);
        return new JsonObject { ["schemas"] = new JsonArray(ListSchema), ["totalResults"] = total, ["startIndex"] = start, ["itemsPerPage"] = items.Count, ["Resources"] = items };
    }

    private static JsonObject Type(string name, string path, string root) => new()
    {
        ["schemas"] = new JsonArray("urn:ietf:params:scim:schemas:core:2.0:ResourceType"),
        ["id"] = name,
        ["name"] = name,
        ["endpoint"] = $"/{path}",
        ["schema"] = $"urn:ietf:params:scim:schemas:core:2.0:{name}",
        ["meta"] = new JsonObject { ["resourceType"] = "ResourceType", ["location"] = $"{root}/ResourceTypes/{name}" },
    };

    private static JsonObject Config(string root)
    {
        static JsonObject Can(bool yes) => new() { ["supported"] = yes };
        return new JsonObject
        {
            ["schemas"] = new JsonArray("urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"),
            ["patch"] = Can(true),
            ["bulk"] = new JsonObject { ["supported"] = false, ["maxOperations"] = 0, ["maxPayloadSize"] = 0 },
            ["filter"] = new JsonObject { ["supported"] = true, ["maxResults"] = 1000 },
            ["changePassword"] = Can(false),
            ["sort"] = Can(false),
            ["etag"] = Can(false),
            ["authenticationSchemes"] = new JsonArray(new JsonObject { ["type"] = "oauthbearertoken", ["name"] = "Token", ["description"] = "A token of the role provisioner, made on the page Access" }),
            ["meta"] = new JsonObject { ["resourceType"] = "ServiceProviderConfig", ["location"] = $"{root}/ServiceProviderConfig" },
        };
    }

    private static async Task Answer(HttpContext http, Func<HttpContext, IsmsSession, Task> handle)
    {
        try
        {
            await handle(http, http.RequestServices.GetRequiredService<IsmsSession>());
        }
        catch (ScimFault fault)
        {
            await Refuse(http, fault.Status, fault.Type, fault.Message);
        }
        catch (RuleBroken taken) when (taken.RuleId.EndsWith(".once", StringComparison.Ordinal))
        {
            await Refuse(http, StatusCodes.Status409Conflict, "uniqueness", taken.Message);
        }
        catch (InputInvalid invalid)
        {
            await Refuse(http, StatusCodes.Status400BadRequest, "invalidValue", string.Join(" ", invalid.Errors.Select(e => $"{e.Field}: {e.Message}")));
        }
        catch (Refusal refusal)
        {
            await Refuse(http, Problems.StatusOf(refusal), null, refusal.Message);
        }
    }

    private static async Task<JsonObject> Body(HttpContext http)
    {
        try
        {
            return await GivenBody.Json(http) as JsonObject
                ?? throw new ScimFault(StatusCodes.Status400BadRequest, "invalidSyntax", "A JSON object is needed.");
        }
        catch (JsonException e)
        {
            throw new ScimFault(StatusCodes.Status400BadRequest, "invalidSyntax", GivenJson.Explain(e));
        }
    }

    private static Task Created(HttpContext http, JsonObject resource)
    {
        http.Response.Headers.Location = $"{resource["meta"]!["location"]}";
        return Write(http, StatusCodes.Status201Created, resource);
    }

    private static Task Refuse(HttpContext http, int status, string? type, string detail)
    {
        var error = new JsonObject { ["schemas"] = new JsonArray(ErrorSchema), ["status"] = status.ToString(CultureInfo.InvariantCulture), ["detail"] = detail };
        if (type is not null) error["scimType"] = type;
        return Write(http, status, error);
    }

    private static Task Write(HttpContext http, int status, JsonObject body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = MediaType;
        return http.Response.WriteAsync(body.ToJsonString(), http.RequestAborted);
    }
}
