using Microsoft.Extensions.Primitives;
using Moat.Hosting;
using Moat.Isms.Kernel;

namespace Moat.Server.Auth;

/// <summary>
/// A form that was sent to a page which does not show it any more, because somebody else was first: its record is
/// closed, withdrawn or gone by now. The page answers as it is now, with what was sent on top; nothing is stored.
/// </summary>
/// <param name="Form">What was sent.</param>
/// <param name="Handler">The form's name, such as <c>versions.withdraw AVER-3</c>.</param>
/// <param name="IsForbidden">Whether the page does not show it because the caller may not send it.</param>
internal sealed record UnplacedForm(IFormCollection Form, string Handler, bool IsForbidden)
{
    /// <summary>How the request ends.</summary>
    public int Status =>
        Refused.StatusOf(IsForbidden ? new Forbidden(Handler) : new Conflict(Handler, 0, "", DateTime.UnixEpoch));

    /// <summary>The record that the form was about, as its name says, or else as the page's address does.</summary>
    public string? Subject(HttpContext http, OperationCatalog catalog) =>
        Handler.Split(' ') is [var operation, var reference] && catalog.Find(operation) is not null
            ? reference
            : http.GetRouteValue("Ref") as string;

    /// <summary>Whether a page was sent a form and found none of its name: it then says so without a word.</summary>
    public static bool Is(HttpContext http) =>
        http.Response is { HasStarted: false, StatusCode: StatusCodes.Status400BadRequest }
        && http.Request.HasFormContentType;

    /// <summary>
    /// Takes back what the page was about to answer, down to the headers that stood before it; null where no form was
    /// named, which is nobody's doing in between.
    /// </summary>
    public static async Task<UnplacedForm?> Take(HttpContext http, IReadOnlyDictionary<string, StringValues> headers)
    {
        // Without a kind the answer is explained like every other refusal.
        http.Response.Headers.Clear();
        foreach (var (name, value) in headers)
            http.Response.Headers[name] = value;
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (form["_handler"] is not [{ Length: > 0 } handler, ..])
            return null;
        var services = http.RequestServices;
        var caller = services.GetRequiredService<CurrentCaller>();
        var operation = services.GetRequiredService<OperationCatalog>().Find(handler.Split(' ')[0]);
        http.Response.StatusCode = StatusCodes.Status200OK;
        return new UnplacedForm(
            form,
            handler,
            operation is not null && caller.OrganizationId != Guid.Empty && !caller.Value.May(operation.Permission)
        );
    }

    /// <summary>Does it with services of its own: what the first try has read and drawn is left behind.</summary>
    public static async Task Anew(HttpContext http, Func<Task> show)
    {
        var before = http.RequestServices;
        var caller = before.GetRequiredService<CurrentCaller>();
        await using var scope = before.GetRequiredService<IServiceScopeFactory>().CreateAsyncScope();
        if (caller.OrganizationId != Guid.Empty)
            scope.ServiceProvider.GetRequiredService<CurrentCaller>().Value = caller.Value;
        http.RequestServices = scope.ServiceProvider;
        try
        {
            await show();
        }
        finally
        {
            http.RequestServices = before;
        }
    }
}
