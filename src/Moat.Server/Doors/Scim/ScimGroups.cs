using System.Text.Json.Nodes;
using Moat.Isms.Kernel;
using Moat.Isms.Provisioning;

namespace Moat.Server.Doors.Scim;

/// <summary>Groups of accounts (RFC 7643, 4.2).</summary>
internal static class ScimGroups
{
    private static readonly ScimKind<ProvisionedGroup> Groups = new(
        "group",
        async (session, ct) => (await session.Run(session.Of<ProvisioningProcess>().Groups, new Nothing(), ct)).Groups,
        g => g.Id,
        ScimResources.Of
    );

    public static void Map(RouteMaker map)
    {
        map("GET", "Groups", Groups.List);
        map("GET", "Groups/{id}", Groups.Show);
        map("POST", "Groups", Create);
        map("PUT", "Groups/{id}", (http, session) => Change(http, session, (given, _) => given));
        map("PATCH", "Groups/{id}", (http, session) => Change(http, session, Patched));
        map("DELETE", "Groups/{id}", Delete);
    }

    private static async Task Create(HttpContext http, IsmsSession session)
    {
        var made = await session.Run(
            session.Of<ProvisioningProcess>().KeepGroup,
            ScimResources.ToGroup(await ScimRequest.Body(http), null),
            http.RequestAborted
        );
        await Groups.Created(http, session, made.Id);
    }

    private static Task Change(
        HttpContext http,
        IsmsSession session,
        Func<JsonObject, JsonObject, JsonObject> change
    ) =>
        Groups.Change(
            http,
            session,
            (body, group) =>
                session.Run(
                    session.Of<ProvisioningProcess>().KeepGroup,
                    ScimResources.ToGroup(
                        change(body, ScimResources.Of(group, ScimAnswers.RootOf(http))),
                        group.Id,
                        group.Version
                    ),
                    http.RequestAborted
                )
        );

    private static JsonObject Patched(JsonObject patch, JsonObject document)
    {
        ScimPatch.Apply(document, patch);
        return document;
    }

    private static async Task Delete(HttpContext http, IsmsSession session)
    {
        await session.Run(
            session.Of<ProvisioningProcess>().EndGroup,
            new OneGroup { Id = (await Groups.Named(http, session)).Id },
            http.RequestAborted
        );
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
