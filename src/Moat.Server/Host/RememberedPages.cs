using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.Extensions.Caching.Memory;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Remembering;
using Moat.Server.Accounts;
using Moat.Server.Shell;

namespace Moat.Server.Host;

/// <summary>A page as it was drawn for one session.</summary>
internal sealed record DrawnPage(ReadOnlyMemory<byte> Content, string ContentType);

/// <summary>
/// Keeps the pages that a session looked at, until a kind of record changes that they were drawn from: whoever goes
/// back to a register finds it at once. A page is kept for the session and the cookies that it was asked with, so never
/// for another one, and not at all where it shows the time of day or what no entry of the journal tells of.
/// </summary>
internal sealed class RememberedPages(RequestDelegate next, UnchangedCache remembered) : IDisposable
{
    private const int MostBytes = 48 * 1024 * 1024;
    private const int LargestPage = 1024 * 1024;
    private static readonly TimeSpan Unused = TimeSpan.FromMinutes(10);
    private readonly MemoryCache _pages = new(new MemoryCacheOptions { SizeLimit = MostBytes });

    public async Task Invoke(HttpContext http, CurrentCaller current)
    {
        if (!IsPage(http) || current.OrganizationId == Guid.Empty)
        {
            await next(http);
            return;
        }
        var place = PlaceOf(http, current.Value);
        var moment = await http.RequestServices.GetRequiredService<IsmsSession>().Moment(http.RequestAborted);
        if (_pages.Get<Remembered<DrawnPage?>>(place) is { Value: { } page } known && remembered.Holds(known, moment))
            await Send(http, page);
        else
            await Draw(http, place, moment);
    }

    /// <inheritdoc />
    public void Dispose() => _pages.Dispose();

    private static bool IsPage(HttpContext http) =>
        HttpMethods.IsGet(http.Request.Method)
        && http.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null;

    private static object PlaceOf(HttpContext http, Caller caller) =>
        (
            caller,
            http.Request.Scheme,
            http.Request.Host,
            http.Request.PathBase,
            http.Request.Path,
            http.Request.QueryString,
            SessionCookie.Of(http),
            OtherCookies(http)
        );

    // The cookie of the session is written anew every few seconds, and says nothing but which session it is.
    private static string OtherCookies(HttpContext http) =>
        string.Join(';', http.Request.Cookies.Where(c => !c.Key.EndsWith("moat", StringComparison.Ordinal)));

    private async Task Draw(HttpContext http, object place, JournalMoment moment)
    {
        var body = http.Response.Body;
        using var drawn = new MemoryStream();
        http.Response.Body = drawn;
        Remembered<DrawnPage?> page;
        try
        {
            page = await UnchangedCache.Computed(moment, () => Drawn(http, drawn), TimeSpan.Zero);
        }
        finally
        {
            http.Response.Body = body;
        }
        if (page.Value is { } good && page.IsOf(moment.At))
            Keep(place, page, good.Content.Length);
        drawn.Position = 0;
        await drawn.CopyToAsync(body, http.RequestAborted);
    }

    // Only what would be drawn the same again: a page that sets a cookie or leads elsewhere did something.
    private async Task<DrawnPage?> Drawn(HttpContext http, MemoryStream drawn)
    {
        await next(http);
        return
            http.Response.Ending() == StatusCodes.Status200OK
            && http.Response.ContentType is { } type
            && http.Response.Headers.SetCookie.Count == 0
            && drawn.Length is > 0 and <= LargestPage
            ? new DrawnPage(drawn.ToArray(), type)
            : null;
    }

    private void Keep(object place, Remembered<DrawnPage?> page, int bytes) =>
        _pages.Set(place, page, new MemoryCacheEntryOptions { Size = bytes, SlidingExpiration = Unused });

    private static async Task Send(HttpContext http, DrawnPage page)
    {
        http.Response.ContentType = page.ContentType;
        http.Response.ContentLength = page.Content.Length;
        await http.Response.Body.WriteAsync(page.Content, http.RequestAborted);
    }
}
