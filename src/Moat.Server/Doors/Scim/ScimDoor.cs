using System.Text.Json;
using System.Text.Json.Nodes;
using Moat.Hosting;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Reading;
using Moat.Isms.Provisioning;
using Moat.Server.Auth;

namespace Moat.Server.Doors.Scim;

/// <summary>
/// SCIM 2.0 (RFC 7643, 7644) at <c>/scim/v2</c>, where an identity provider tells of accounts and groups with a token
/// of the role provisioner. The token says which organisation. Every change goes through an operation of
/// <see cref="ProvisioningProcess"/> and carries the version that it was made from, so that of two at the same moment
/// neither is lost.
/// </summary>
internal static class ScimDoor
{
    private const string Root = "/scim/v2/";

    // Each time that a change has to be made again, another one was stored; so many at the same moment are no accident.
    private const int MostTries = 30;
    private static readonly string[] NotOffered = ["Bulk", "Me/{**rest}", ".search", "Users/.search", "Groups/.search"];

    public static void MapScim(this IEndpointRouteBuilder endpoints)
    {
        void Map(string? method, string path, Func<HttpContext, IsmsSession, Task> handle)
        {
            RequestDelegate answer = http => Answer(http, handle);
            (
                method is null
                    ? endpoints.Map(Root + path, answer)
                    : endpoints.MapMethods(Root + path, [method], answer)
            ).WithMetadata(new NeedsAttribute(Permission.ProvisionPeople), new ProgramDoor("scim"));
        }
        Map(
            "GET",
            "Users",
            async (http, session) =>
                await ScimAnswers.List(
                    http,
                    (await Users(session, http)).Select(u => ScimResources.Of(u, ScimAnswers.RootOf(http)))
                )
        );
        Map("GET", "Users/{id}", (http, session) => ShowUser(http, session, Id(http)));
        Map("POST", "Users", CreateUser);
        Map(
            "PUT",
            "Users/{id}",
            async (http, session) => await ChangeUser(http, session, await Body(http), ScimResources.ToUser)
        );
        Map(
            "PATCH",
            "Users/{id}",
            async (http, session) =>
                await ChangeUser(http, session, await Body(http), (patch, user) => ScimResources.Patched(user, patch))
        );
        Map("DELETE", "Users/{id}", DeleteUser);
        Map(
            "GET",
            "Groups",
            async (http, session) =>
                await ScimAnswers.List(
                    http,
                    (await Groups(session, http)).Select(g => ScimResources.Of(g, ScimAnswers.RootOf(http)))
                )
        );
        Map("GET", "Groups/{id}", (http, session) => ShowGroup(http, session, Id(http)));
        Map("POST", "Groups", CreateGroup);
        Map(
            "PUT",
            "Groups/{id}",
            async (http, session) => await ChangeGroup(http, session, await Body(http), (given, _) => given)
        );
        Map(
            "PATCH",
            "Groups/{id}",
            async (http, session) => await ChangeGroup(http, session, await Body(http), Patched)
        );
        Map("DELETE", "Groups/{id}", DeleteGroup);
        Map("GET", "ServiceProviderConfig", (http, _) => Discovered(http, ScimDiscovery.Config));
        Map("GET", "ResourceTypes", (http, _) => Discovered(http, root => Whole(ScimDiscovery.Types(root))));
        Map(
            "GET",
            "ResourceTypes/{id}",
            (http, _) => Discovered(http, root => ScimDiscovery.One(ScimDiscovery.Types(root), Id(http)))
        );
        Map("GET", "Schemas", (http, _) => Discovered(http, root => Whole(ScimDiscovery.Schemas(root))));
        Map(
            "GET",
            "Schemas/{id}",
            (http, _) => Discovered(http, root => ScimDiscovery.One(ScimDiscovery.Schemas(root), Id(http)))
        );
        foreach (var path in NotOffered)
            Map(
                null,
                path,
                (_, _) =>
                    throw new ScimFault(
                        StatusCodes.Status501NotImplemented,
                        null,
                        "This is not offered. ServiceProviderConfig says what is."
                    )
            );
        Map(
            null,
            "{**rest}",
            (http, _) =>
                throw new ScimFault(
                    StatusCodes.Status404NotFound,
                    null,
                    $"There is no {http.Request.Method} {http.Request.Path} here. ResourceTypes says what there is."
                )
        );
    }

    private static async Task CreateUser(HttpContext http, IsmsSession session)
    {
        var made = await session.Run(
            session.Of<ProvisioningProcess>().CreateUser,
            ScimResources.ToUser(await Body(http), null),
            http.RequestAborted
        );
        await ScimAnswers.Created(
            http,
            ScimResources.Of(await User(session, http, $"{made.Id}"), ScimAnswers.RootOf(http))
        );
    }

    private static async Task ChangeUser(
        HttpContext http,
        IsmsSession session,
        JsonObject body,
        Func<JsonObject, ProvisionedUser, ProvisionUser> change
    )
    {
        await Again(async () =>
        {
            var user = await User(session, http, Id(http));
            await session.Run(
                session.Of<ProvisioningProcess>().ReplaceUser,
                new ReplaceUser
                {
                    Ref = user.Ref,
                    IfVersion = user.Version,
                    IfAccountVersion = user.AccountVersion,
                    User = change(body, user),
                },
                http.RequestAborted
            );
        });
        await ShowUser(http, session, Id(http));
    }

    /// <summary>
    /// An account that is deleted is not found any more (RFC 7644, 3.6); the person and what is known of the account
    /// stay.
    /// </summary>
    private static async Task DeleteUser(HttpContext http, IsmsSession session)
    {
        await session.Run(
            session.Of<ProvisioningProcess>().EndUser,
            new ChangeRecord { Ref = (await User(session, http, Id(http))).Ref },
            http.RequestAborted
        );
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static async Task CreateGroup(HttpContext http, IsmsSession session)
    {
        var made = await session.Run(
            session.Of<ProvisioningProcess>().KeepGroup,
            ScimResources.ToGroup(await Body(http), null),
            http.RequestAborted
        );
        await ScimAnswers.Created(
            http,
            ScimResources.Of(await Group(session, http, $"{made.Id}"), ScimAnswers.RootOf(http))
        );
    }

    private static async Task ChangeGroup(
        HttpContext http,
        IsmsSession session,
        JsonObject body,
        Func<JsonObject, JsonObject, JsonObject> change
    )
    {
        await Again(async () =>
        {
            var group = await Group(session, http, Id(http));
            var now = change(body, ScimResources.Of(group, ScimAnswers.RootOf(http)));
            await session.Run(
                session.Of<ProvisioningProcess>().KeepGroup,
                ScimResources.ToGroup(now, group.Id, group.Version),
                http.RequestAborted
            );
        });
        await ShowGroup(http, session, Id(http));
    }

    private static JsonObject Patched(JsonObject patch, JsonObject document)
    {
        ScimPatch.Apply(document, patch);
        return document;
    }

    private static async Task DeleteGroup(HttpContext http, IsmsSession session)
    {
        await session.Run(
            session.Of<ProvisioningProcess>().EndGroup,
            new OneGroup { Id = (await Group(session, http, Id(http))).Id },
            http.RequestAborted
        );
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <summary>
    /// Makes a change from what is stored, and from what is stored by then if somebody else was quicker.
    /// </summary>
    private static async Task Again(Func<Task> change)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await change();
                return;
            }
            catch (Conflict) when (tries < MostTries) { }
        }
    }

    private static async Task ShowUser(HttpContext http, IsmsSession session, string id) =>
        await ScimAnswers.Write(
            http,
            StatusCodes.Status200OK,
            ScimResources.Of(await User(session, http, id), ScimAnswers.RootOf(http))
        );

    private static async Task ShowGroup(HttpContext http, IsmsSession session, string id) =>
        await ScimAnswers.Write(
            http,
            StatusCodes.Status200OK,
            ScimResources.Of(await Group(session, http, id), ScimAnswers.RootOf(http))
        );

    private static async Task<IReadOnlyList<ProvisionedUser>> Users(IsmsSession session, HttpContext http) =>
        (await session.Run(session.Of<ProvisioningProcess>().Users, new Nothing(), http.RequestAborted)).Users;

    private static async Task<IReadOnlyList<ProvisionedGroup>> Groups(IsmsSession session, HttpContext http) =>
        (await session.Run(session.Of<ProvisioningProcess>().Groups, new Nothing(), http.RequestAborted)).Groups;

    private static async Task<ProvisionedUser> User(IsmsSession session, HttpContext http, string id) =>
        (await Users(session, http)).FirstOrDefault(u => u.Id.ToString() == id) ?? throw new NotFound($"user {id}");

    private static async Task<ProvisionedGroup> Group(IsmsSession session, HttpContext http, string id) =>
        (await Groups(session, http)).FirstOrDefault(g => g.Id.ToString() == id) ?? throw new NotFound($"group {id}");

    private static string Id(HttpContext http) => $"{http.GetRouteValue("id")}".ToLowerInvariant();

    /// <summary>Discovery is not filtered (RFC 7644, 4).</summary>
    private static Task Discovered(HttpContext http, Func<string, JsonObject> found) =>
        http.Request.Query.ContainsKey("filter")
            ? throw new ScimFault(
                StatusCodes.Status403Forbidden,
                null,
                "This is not filtered. Ask again without a filter."
            )
            : ScimAnswers.Write(http, StatusCodes.Status200OK, found(ScimAnswers.RootOf(http)));

    private static JsonObject Whole(IReadOnlyList<JsonObject> all) => ScimAnswers.ListOf(all.Count, 1, all);

    private static async Task Answer(HttpContext http, Func<HttpContext, IsmsSession, Task> handle)
    {
        try
        {
            await handle(http, http.RequestServices.GetRequiredService<IsmsSession>());
        }
        catch (ScimFault fault)
        {
            await ScimAnswers.Refuse(http, fault.Status, fault.Type, fault.Message);
        }
        catch (RuleBroken taken) when (taken.RuleId.EndsWith(".once", StringComparison.Ordinal))
        {
            // A second record of one name is a conflict of its own (RFC 7644, 3.3).
            await ScimAnswers.Refuse(http, StatusCodes.Status409Conflict, "uniqueness", taken.Message);
        }
        catch (Refusal refusal)
        {
            var wrong = refusal as InputInvalid;
            var says = wrong is null
                ? refusal.Message
                : string.Join(" ", wrong.Errors.Select(e => $"{e.Field}: {e.Message}"));
            await ScimAnswers.Refuse(http, Refused.StatusOf(refusal), wrong is null ? null : "invalidValue", says);
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
}
