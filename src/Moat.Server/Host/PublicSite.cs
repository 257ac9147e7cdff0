using Moat.Isms.Work.Webhooks;

namespace Moat.Server.Host;

/// <summary>
/// Serves under the address that people know, such as https://moat.example/isms, whatever address a proxy asks at:
/// host, scheme and path base of every request are those of the public address. Without one they are the request's own.
/// </summary>
internal static class PublicSite
{
    /// <summary>The address below which everything of the installation stands, for links that leave the page.</summary>
    public static string RootOf(HttpContext http) =>
        $"{http.Request.Scheme}://{http.Request.Host}{http.Request.PathBase}";

    /// <summary>
    /// A link of an operation with the address of the installation before it, where the operation does not know it.
    /// </summary>
    public static string Whole(HttpContext http, string link) => link.StartsWith('/') ? $"{RootOf(http)}{link}" : link;

    /// <summary>The path base of an address, or none.</summary>
    public static PathString BaseOf(Uri? address) =>
        address?.AbsolutePath.TrimEnd('/') is { Length: > 0 } path ? new PathString(path) : PathString.Empty;

    /// <summary>
    /// Whether people always come over TLS and nothing else stands beside the installation on its host.
    /// </summary>
    public static bool OwnsHost(Uri? address) => address is { Scheme: "https" } && !BaseOf(address).HasValue;

    public static IApplicationBuilder UsePublicSite(this IApplicationBuilder app)
    {
        var address = app.ApplicationServices.GetRequiredService<PublicAddress>().Url;
        if (address is not null)
            app.Use((http, next) => Enter(http, address, next));
        app.Use(StayHere);
        return BaseOf(address).HasValue ? app.UseMiddleware<PathBaseLinks>() : app;
    }

    // A proxy may have taken the path base away or left it.
    private static Task Enter(HttpContext http, Uri address, RequestDelegate next)
    {
        var pathBase = BaseOf(address);
        (http.Request.Scheme, http.Request.Host, http.Request.PathBase) = (
            address.Scheme,
            new HostString(address.Authority),
            pathBase
        );
        if (http.Request.Path.StartsWithSegments(pathBase, out var below))
            http.Request.Path = below.HasValue ? below : "/";
        return next(http);
    }

    // Addresses to go on to name no host: a proxy that does not pass on its own cannot send people to the wrong one. In
    // the product they are written without the path base.
    private static Task StayHere(HttpContext http, RequestDelegate next)
    {
        http.Response.OnStarting(() =>
        {
            if (http.Response.Headers.Location is not [{ } location])
                return Task.CompletedTask;
            var own = $"{http.Request.Scheme}://{http.Request.Host}/";
            var isRedirect = http.Response.StatusCode is >= 300 and < 400;
            if (isRedirect && location.StartsWith(own, StringComparison.OrdinalIgnoreCase))
                location = location[(own.Length - 1)..];
            if (location is ['/', ..] and not ['/', '/', ..])
                http.Response.Headers.Location = http.Request.PathBase.ToUriComponent() + location;
            return Task.CompletedTask;
        });
        return next(http);
    }
}
