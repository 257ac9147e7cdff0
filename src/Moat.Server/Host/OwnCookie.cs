namespace Moat.Server.Host;

/// <summary>
/// How the installation keeps something in a browser: for itself only, and over TLS where there is some.
/// </summary>
internal static class OwnCookie
{
    public static CookieOptions Lasting(HttpContext http, TimeSpan age) =>
        new()
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Secure = http.Request.IsHttps,
            IsEssential = true,
            MaxAge = age,
            Path = http.Request.PathBase.HasValue ? http.Request.PathBase.ToUriComponent() : "/",
        };
}
