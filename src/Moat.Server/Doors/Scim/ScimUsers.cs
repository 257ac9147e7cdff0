using System.Text.Json.Nodes;
using Moat.Isms.Kernel;
using Moat.Isms.Provisioning;

namespace Moat.Server.Doors.Scim;

/// <summary>Accounts, which are people's (RFC 7643, 4.1).</summary>
internal static class ScimUsers
{
    private static readonly ScimKind<ProvisionedUser> Users = new(
        "user",
        async (session, ct) => (await session.Run(session.Of<ProvisioningProcess>().Users, new Nothing(), ct)).Users,
        u => u.Id,
        ScimResources.Of
    );

    public static void Map(RouteMaker map)
    {
        map("GET", "Users", Users.List);
        map("GET", "Users/{id}", Users.Show);
        map("POST", "Users", Create);
        map("PUT", "Users/{id}", (http, session) => Change(http, session, ScimResources.ToUser));
        map(
            "PATCH",
            "Users/{id}",
            (http, session) => Change(http, session, (patch, user) => ScimResources.Patched(user, patch))
        );
        map("DELETE", "Users/{id}", Delete);
    }

    private static async Task Create(HttpContext http, IsmsSession session)
    {
        var made = await session.Run(
            session.Of<ProvisioningProcess>().CreateUser,
            ScimResources.ToUser(await ScimRequest.Body(http), null),
            http.RequestAborted
        );
        await Users.Created(http, session, made.Id);
    }

    private static Task Change(
        HttpContext http,
        IsmsSession session,
        Func<JsonObject, ProvisionedUser, ProvisionUser> change
    ) =>
        Users.Change(
            http,
            session,
            (body, user) =>
                session.Run(
                    session.Of<ProvisioningProcess>().ReplaceUser,
                    new ReplaceUser
                    {
                        Ref = user.Ref,
                        IfVersion = user.Version,
                        IfAccountVersion = user.AccountVersion,
                        User = change(body, user),
                    },
                    http.RequestAborted
                )
        );

    /// <summary>
    /// An account that is deleted is not found any more (RFC 7644, 3.6); the person and what is known of the account
    /// stay.
    /// </summary>
    private static async Task Delete(HttpContext http, IsmsSession session)
    {
        await session.Run(
            session.Of<ProvisioningProcess>().EndUser,
            new ChangeRecord { Ref = (await Users.Named(http, session)).Ref },
            http.RequestAborted
        );
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
