using System.Security.Claims;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Server.Doors;
using Moat.Server.Doors.Scim;

namespace Moat.Server.Auth;

/// <summary>
/// Decides before every page and endpoint who the caller is and whether they may enter. Denies by default: an endpoint
/// that does not say what it needs is closed. Another organisation looks like one that does not exist.
/// </summary>
internal sealed class CallerGate(RequestDelegate next, RecentCallers recent)
{
    public async Task Invoke(HttpContext http, CurrentCaller current, AccessDirectory access)
    {
        var endpoint = http.GetEndpoint();
        // An endpoint without a route is the router's own: it says that the address does not take the method.
        if (endpoint is not RouteEndpoint || endpoint.Metadata.GetMetadata<PublicPageAttribute>() is not null)
        {
            await next(http);
            return;
        }
        var door = endpoint.Metadata.GetMetadata<ProgramDoor>();
        if (endpoint.Metadata.GetMetadata<SignedInAttribute>() is not null)
        {
            if (http.User.Identity?.IsAuthenticated == true)
                await next(http);
            else
                await AskToSignIn(http, door);
            return;
        }
        if (endpoint.Metadata.GetMetadata<NeedsAttribute>() is not { } needs)
        {
            await Refuse(http, StatusCodes.Status404NotFound, door);
            return;
        }
        await EnterOrganization(http, current, access, needs, door);
    }

    private async Task EnterOrganization(
        HttpContext http,
        CurrentCaller current,
        AccessDirectory access,
        NeedsAttribute needs,
        ProgramDoor? door
    )
    {
        var slug = http.GetRouteValue("org") as string;
        var caller = await CallerOf(http, access, slug, door);
        if (caller is null)
        {
            var byCookie = door is null || (door.Name != "mcp" && HttpMethods.IsGet(http.Request.Method));
            if (http.User.Identity?.IsAuthenticated == true && byCookie)
                await Refuse(http, StatusCodes.Status404NotFound, door);
            else
                await AskToSignIn(http, door);
            return;
        }
        if (slug is not null && caller.Organization != slug)
        {
            await Refuse(http, StatusCodes.Status404NotFound, door);
            return;
        }
        if (!caller.May(needs.Permission))
        {
            await Refuse(http, StatusCodes.Status403Forbidden, door);
            return;
        }
        // What is late and what comes next is the company's own business; an auditor begins with what an auditor looks
        // at. Nothing of a page may have begun by then: what its parts compute for everybody would be left behind half
        // done.
        if (door is null && caller.Role == Role.Auditor && http.Request.Path == $"/{slug}")
        {
            http.Response.Redirect($"/{slug}/auditor");
            return;
        }
        current.Value = caller;
        await next(http);
    }

    private async Task<Caller?> CallerOf(HttpContext http, AccessDirectory access, string? slug, ProgramDoor? door)
    {
        if (door is not null && BearerOf(http) is { } token)
            return await recent.Get(token, null, door.Name, () => access.Token(token, door.Name, http.RequestAborted));
        // A browser sends its cookie along by itself, so a cookie is good for reading only; forms have their own
        // protection.
        if (door is not null && !HttpMethods.IsGet(http.Request.Method))
            return null;
        if (slug is null || http.User.Identity?.IsAuthenticated != true)
            return null;
        var user = Guid.Parse(http.User.FindFirstValue(ClaimTypes.NameIdentifier)!);
        return await recent.Get(
            user.ToString(),
            slug,
            door?.Name ?? "ui",
            () => access.Member(slug, user, AccountClaims.NameOf(http.User), door?.Name ?? "ui", http.RequestAborted)
        );
    }

    private static string? BearerOf(HttpContext http)
    {
        var header = http.Request.Headers.Authorization.ToString();
        return header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header[7..].Trim() : null;
    }

    private static Task AskToSignIn(HttpContext http, ProgramDoor? door)
    {
        if (door is not null)
        {
            http.Response.Headers.WWWAuthenticate = "Bearer";
            return Tell(
                http,
                door,
                StatusCodes.Status401Unauthorized,
                "unauthenticated",
                "Send a valid API token as 'Authorization: Bearer moat_…'."
            );
        }
        if (GivenBack.Concerns(http.Request))
            return GivenBack.Answer(http);
        http.Response.Redirect(
            "/sign-in?returnUrl=" + Uri.EscapeDataString(http.Request.Path + http.Request.QueryString)
        );
        return Task.CompletedTask;
    }

    private static Task Refuse(HttpContext http, int status, ProgramDoor? door)
    {
        if (door is not null)
            return status == StatusCodes.Status403Forbidden
                ? Tell(http, door, status, "forbidden", "The role of this token or account does not allow it.")
                : Tell(http, door, status, "not-found", "There is nothing here for you.");
        http.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    // An identity provider reads refusals only in the words of its protocol (RFC 7644, 3.12).
    private static Task Tell(HttpContext http, ProgramDoor door, int status, string code, string detail) =>
        door.Name == "scim"
            ? ScimAnswers.Refuse(http, status, null, detail)
            : Problems.Write(http, status, code, detail);
}
