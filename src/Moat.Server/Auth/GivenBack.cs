using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using Moat.Server.Accounts;

namespace Moat.Server.Auth;

/// <summary>A form that was sent and is shown again with what was typed, because it was not taken.</summary>
/// <param name="Form">What was sent.</param>
/// <param name="Says">Why it is shown again.</param>
internal sealed record GivenForm(IFormCollection Form, string Says);

/// <summary>
/// A form that was sent after the session had ended, or with a proof of another session, is given back to whoever sent
/// it: nothing is stored, nothing is done, and nothing is lost. What was typed never waits on the server. Only what a
/// page of this site sent is given back: what another site fills in is never put before somebody as if they had typed
/// it.
/// </summary>
internal sealed class GivenBack(RequestDelegate next)
{
    /// <summary>The field that says: show the form with this in it, and do nothing yet.</summary>
    public const string Mark = "_given-back";

    private const string Again =
        "You are signed in again. Nothing is stored yet: what you typed is back in the form. Look at it and send it.";

    private const string Older = "This form was opened before you signed in again. Look at it once more and send it.";

    private const string Unproven =
        "This form was opened a while ago, and nothing is stored yet. Look at it once more and send it.";

    private const long Largest = 1024 * 1024;

    /// <summary>
    /// Whether a request is a form that a page of this site sent, and small enough to be written into a page.
    /// </summary>
    public static bool Concerns(HttpRequest request) =>
        HttpMethods.IsPost(request.Method)
        && request.HasFormContentType
        && request.ContentLength is > 0 and <= Largest
        && IsFromHere(request);

    /// <summary>Answers the page with what was sent.</summary>
    public static async Task Answer(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var page = new RazorComponentResult<SessionEnded>(
            new Dictionary<string, object?> { [nameof(SessionEnded.Form)] = form }
        )
        {
            StatusCode = StatusCodes.Status401Unauthorized,
        };
        http.Response.Headers.CacheControl = "no-store";
        await page.ExecuteAsync(http);
    }

    /// <summary>What is given back to the form of this name; nothing when it was not sent, or is taken.</summary>
    public static GivenForm? To(HttpContext http, string name) =>
        http.Features.Get<GivenForm>() is { } given && given.Form["_handler"] == name ? given : null;

    public async Task Invoke(HttpContext http)
    {
        if (
            http.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is null
            || !HttpMethods.IsPost(http.Request.Method)
        )
            await next(http);
        else if (http.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false })
            await Misfit(http);
        else if (await IsMarked(http))
            await Give(http, Again, StatusCodes.Status200OK);
        else
            await Hand(http);
    }

    // Of two who press the same button the second one sends a form that the page does not show any more.
    private async Task Hand(HttpContext http)
    {
        var headers = http.Response.Headers.ToDictionary();
        await next(http);
        if (!UnplacedForm.Is(http) || await UnplacedForm.Take(http, headers) is not { } unplaced)
            return;
        http.Features.Set(unplaced);
        await UnplacedForm.Anew(http, () => Show(http, unplaced.Status));
    }

    // It is never handed on as what it is. Without the finding the framework lets the form be read, but only to be
    // shown.
    private async Task Misfit(HttpContext http)
    {
        http.Features[typeof(IAntiforgeryValidationFeature)] = null;
        if (Concerns(http.Request))
            await Give(
                http,
                http.User.Identity?.IsAuthenticated == true ? Older : Unproven,
                StatusCodes.Status400BadRequest
            );
        else
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
    }

    private async Task Give(HttpContext http, string says, int status)
    {
        http.Features.Set(new GivenForm(await http.Request.ReadFormAsync(http.RequestAborted), says));
        await Show(http, status);
    }

    // As a page that is looked at, so that no form of it can do anything.
    private async Task Show(HttpContext http, int status)
    {
        http.Request.Method = HttpMethods.Get;
        http.Response.OnStarting(() =>
        {
            if (http.Response.StatusCode == StatusCodes.Status200OK)
                http.Response.StatusCode = status;
            return Task.CompletedTask;
        });
        await next(http);
    }

    private static async Task<bool> IsMarked(HttpContext http) =>
        http.Request.HasFormContentType && (await http.Request.ReadFormAsync(http.RequestAborted)).ContainsKey(Mark);

    // Browsers say from where a form comes (W3C Fetch Metadata, 2.3); older ones and those without TLS name the origin
    // (RFC 6454, 7).
    private static bool IsFromHere(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"].ToString() is { Length: > 0 } site
            ? site == "same-origin"
            : Uri.TryCreate(request.Headers.Origin, UriKind.Absolute, out var origin)
                && origin.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase);
}
