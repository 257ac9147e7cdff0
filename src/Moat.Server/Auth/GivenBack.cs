using Microsoft.AspNetCore.Http.HttpResults;
using Moat.Server.Accounts;

namespace Moat.Server.Auth;

/// <summary>
/// A form that was sent after the session had ended is given back to whoever sent it: nothing is stored, nothing is done, and nothing is
/// lost. What was typed never waits on the server. The page carries the proof that came with the form, which holds for the account that
/// the form was made for and for no other, so that it is worth nothing to a stranger.
/// </summary>
internal static class GivenBack
{
    /// <summary>The field that says: show the form with this in it, and do nothing yet.</summary>
    public const string Mark = "_given-back";

    /// <summary>What the form says then.</summary>
    public const string Says = "You are signed in again. Nothing is stored yet: what you typed is back in the form. Look at it and send it.";

    private const long Largest = 1024 * 1024;

    /// <summary>Whether a request is such a form, and small enough to be written into a page.</summary>
    public static bool Concerns(HttpRequest request) =>
        HttpMethods.IsPost(request.Method) && request.HasFormContentType && request.ContentLength is > 0 and <= Largest;

    /// <summary>Answers the page with what was sent.</summary>
    public static async Task Answer(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var page = new RazorComponentResult<SessionEnded>(new Dictionary<string, object?> { [nameof(SessionEnded.Form)] = form })
        {
            StatusCode = StatusCodes.Status401Unauthorized,
        };
        http.Response.Headers.CacheControl = "no-store";
        await page.ExecuteAsync(http);
    }
}
