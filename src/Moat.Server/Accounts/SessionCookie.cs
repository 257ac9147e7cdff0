using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Moat.Hosting.Accounts;
using Moat.Storage.Accounts;

namespace Moat.Server.Accounts;

/// <summary>
/// Ties the cookie of a browser to a record of its session: made when somebody signs in, asked for at each request,
/// removed when they sign out. A cookie whose session is no more is nobody's.
/// </summary>
internal static class SessionCookie
{
    private const string Key = "moat.session";

    /// <summary>The session of a request, or none.</summary>
    public static Guid? Of(HttpContext http) =>
        IdIn(http.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult?.Properties);

    /// <summary>Follows the life of a cookie.</summary>
    public static void Follow(CookieAuthenticationEvents events)
    {
        events.OnSigningIn = Begin;
        events.OnValidatePrincipal = Validate;
        events.OnSigningOut = signOut => End(signOut.HttpContext, Of(signOut.HttpContext));
    }

    // Each sign-in and each new cookie after a changed password is a session of its own; the one that it takes over
    // from ends.
    private static async Task Begin(CookieSigningInContext signIn)
    {
        var http = signIn.HttpContext;
        await End(http, IdIn(signIn.Properties) ?? Of(http));
        var sessions = http.RequestServices.GetRequiredService<AccountSessions>();
        var id = await sessions.Begin(
            AccountOf(signIn.Principal!),
            BrowserName.Of(http.Request.Headers.UserAgent.ToString()),
            http.Connection.RemoteIpAddress?.ToString() ?? "",
            http.RequestAborted
        );
        signIn.Properties.Items[Key] = id.ToString("N");
    }

    private static async Task Validate(CookieValidatePrincipalContext seen)
    {
        var open = seen.HttpContext.RequestServices.GetRequiredService<OpenSessions>();
        if (
            IdIn(seen.Properties) is { } id
            && await open.Has(
                AccountOf(seen.Principal!),
                id,
                seen.HttpContext.RequestServices,
                seen.HttpContext.RequestAborted
            )
        )
        {
            var stamp = seen.Principal!.FindFirstValue(seen.HttpContext.StampClaim()) ?? "";
            await open.IsStamped(id, stamp, () => HasPresentStamp(seen));
            return;
        }
        seen.RejectPrincipal();
        await seen.HttpContext.SignOutAsync(seen.Scheme.Name);
    }

    private static async Task<bool> HasPresentStamp(CookieValidatePrincipalContext seen)
    {
        await SecurityStampValidator.ValidatePrincipalAsync(seen);
        return seen.Principal is not null;
    }

    private static string StampClaim(this HttpContext http) =>
        http
            .RequestServices.GetRequiredService<IOptions<IdentityOptions>>()
            .Value.ClaimsIdentity.SecurityStampClaimType;

    private static async Task End(HttpContext http, Guid? session)
    {
        if (session is not { } id)
            return;
        await http.RequestServices.GetRequiredService<AccountSessions>().End(id, http.RequestAborted);
        http.RequestServices.GetRequiredService<OpenSessions>().Forget();
    }

    private static Guid? IdIn(AuthenticationProperties? properties) =>
        properties?.Items.TryGetValue(Key, out var text) == true && Guid.TryParseExact(text, "N", out var id)
            ? id
            : null;

    private static Guid AccountOf(ClaimsPrincipal principal) =>
        Guid.Parse(principal.FindFirstValue(ClaimTypes.NameIdentifier)!);
}
