using System.Text.Json.Nodes;
using Moat.Isms.Kernel;
using Moat.Isms.Provisioning;

namespace Moat.Server.Doors.Scim;

/// <summary>Accounts, which are people's (RFC 7643, 4.1).</summary>
internal static class ScimUsers
{
    public static void Map(RouteMaker map)
    {
        map("GET", "Users", List);
        map("GET", "Users/{id}", (http, session) => Show(http, session, ScimRequest.Id(http)));
        map("POST", "Users", Create);
        map("PUT", "Users/{id}", (http, session) => Change(http, session, ScimResources.ToUser));
        map(
            "PATCH",
            "Users/{id}",
            (http, session) => Change(http, session, (patch, user) => ScimResources.Patched(user, patch))
        );
        map("DELETE", "Users/{id}", Delete);
    }

    private static async Task List(HttpContext http, IsmsSession session) =>
        await ScimAnswers.List(
            http,
            (await Users(session, http)).Select(u => ScimResources.Of(u, ScimAnswers.RootOf(http)))
        );

    private static async Task Create(HttpContext http, IsmsSession session)
    {
        var made = await session.Run(
            session.Of<ProvisioningProcess>().CreateUser,
            ScimResources.ToUser(await ScimRequest.Body(http), null),
            http.RequestAborted
        );
        await ScimAnswers.Created(
            http,
            ScimResources.Of(await User(session, http, $"{made.Id}"), ScimAnswers.RootOf(http))
        );
    }

    private static async Task Change(
        HttpContext http,
        IsmsSession session,
        Func<JsonObject, ProvisionedUser, ProvisionUser> change
    )
    {
        var body = await ScimRequest.Body(http);
        await ScimRequest.Again(async () =>
        {
            var user = await User(session, http, ScimRequest.Id(http));
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
        await Show(http, session, ScimRequest.Id(http));
    }

    /// <summary>
    /// An account that is deleted is not found any more (RFC 7644, 3.6); the person and what is known of the account
    /// stay.
    /// </summary>
    private static async Task Delete(HttpContext http, IsmsSession session)
    {
        await session.Run(
            session.Of<ProvisioningProcess>().EndUser,
            new ChangeRecord { Ref = (await User(session, http, ScimRequest.Id(http))).Ref },
            http.RequestAborted
        );
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static async Task Show(HttpContext http, IsmsSession session, string id) =>
        await ScimAnswers.Write(
            http,
            StatusCodes.Status200OK,
            ScimResources.Of(await User(session, http, id), ScimAnswers.RootOf(http))
        );

    private static async Task<IReadOnlyList<ProvisionedUser>> Users(IsmsSession session, HttpContext http) =>
        (await session.Run(session.Of<ProvisioningProcess>().Users, new Nothing(), http.RequestAborted)).Users;

    private static async Task<ProvisionedUser> User(IsmsSession session, HttpContext http, string id) =>
        (await Users(session, http)).FirstOrDefault(u => u.Id.ToString() == id) ?? throw new NotFound($"user {id}");
}
