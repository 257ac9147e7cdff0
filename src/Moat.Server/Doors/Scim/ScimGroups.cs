using System.Text.Json.Nodes;
using Moat.Isms.Kernel;
using Moat.Isms.Provisioning;

namespace Moat.Server.Doors.Scim;

/// <summary>Groups of accounts (RFC 7643, 4.2).</summary>
internal static class ScimGroups
{
    public static void Map(RouteMaker map)
    {
        map("GET", "Groups", List);
        map("GET", "Groups/{id}", (http, session) => Show(http, session, ScimRequest.Id(http)));
        map("POST", "Groups", Create);
        map("PUT", "Groups/{id}", (http, session) => Change(http, session, (given, _) => given));
        map("PATCH", "Groups/{id}", (http, session) => Change(http, session, Patched));
        map("DELETE", "Groups/{id}", Delete);
    }

    private static async Task List(HttpContext http, IsmsSession session) =>
        await ScimAnswers.List(
            http,
            (await Groups(session, http)).Select(g => ScimResources.Of(g, ScimAnswers.RootOf(http)))
        );

    private static async Task Create(HttpContext http, IsmsSession session)
    {
        var made = await session.Run(
            session.Of<ProvisioningProcess>().KeepGroup,
            ScimResources.ToGroup(await ScimRequest.Body(http), null),
            http.RequestAborted
        );
        await ScimAnswers.Created(
            http,
            ScimResources.Of(await Group(session, http, $"{made.Id}"), ScimAnswers.RootOf(http))
        );
    }

    private static async Task Change(
        HttpContext http,
        IsmsSession session,
        Func<JsonObject, JsonObject, JsonObject> change
    )
    {
        var body = await ScimRequest.Body(http);
        await ScimRequest.Again(async () =>
        {
            var group = await Group(session, http, ScimRequest.Id(http));
            var now = change(body, ScimResources.Of(group, ScimAnswers.RootOf(http)));
            await session.Run(
                session.Of<ProvisioningProcess>().KeepGroup,
                ScimResources.ToGroup(now, group.Id, group.Version),
                http.RequestAborted
            );
        });
        await Show(http, session, ScimRequest.Id(http));
    }

    private static JsonObject Patched(JsonObject patch, JsonObject document)
    {
        ScimPatch.Apply(document, patch);
        return document;
    }

    private static async Task Delete(HttpContext http, IsmsSession session)
    {
        await session.Run(
            session.Of<ProvisioningProcess>().EndGroup,
            new OneGroup { Id = (await Group(session, http, ScimRequest.Id(http))).Id },
            http.RequestAborted
        );
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static async Task Show(HttpContext http, IsmsSession session, string id) =>
        await ScimAnswers.Write(
            http,
            StatusCodes.Status200OK,
            ScimResources.Of(await Group(session, http, id), ScimAnswers.RootOf(http))
        );

    private static async Task<IReadOnlyList<ProvisionedGroup>> Groups(IsmsSession session, HttpContext http) =>
        (await session.Run(session.Of<ProvisioningProcess>().Groups, new Nothing(), http.RequestAborted)).Groups;

    private static async Task<ProvisionedGroup> Group(IsmsSession session, HttpContext http, string id) =>
        (await Groups(session, http)).FirstOrDefault(g => g.Id.ToString() == id) ?? throw new NotFound($"group {id}");
}
