namespace Moat.Server.Host;

/// <summary>What a browser may do with our pages: run our own scripts and styles, and nothing else.</summary>
internal static class SecurityHeaders
{
    private const string Year = "max-age=31536000";

    public static HeaderPolicyCollection Policy { get; } =
        new HeaderPolicyCollection()
            .AddFrameOptionsDeny()
            .AddContentTypeOptionsNoSniff()
            .AddReferrerPolicySameOrigin()
            .AddCrossOriginOpenerPolicy(policy => policy.SameOrigin())
            .AddCrossOriginResourcePolicy(policy => policy.SameOrigin())
            .AddPermissionsPolicy(policy =>
            {
                policy.AddCamera().None();
                policy.AddMicrophone().None();
                policy.AddGeolocation().None();
            })
            .AddContentSecurityPolicy(csp =>
            {
                csp.AddDefaultSrc().None();
                csp.AddScriptSrc().Self();
                csp.AddStyleSrc().Self();
                csp.AddFontSrc().Self();
                csp.AddImgSrc().Self().Data();
                csp.AddConnectSrc().Self();
                csp.AddFormAction().Self();
                csp.AddBaseUri().Self();
                csp.AddFrameAncestors().None();
            });

    /// <summary>
    /// Whoever came over TLS comes no other way for a year (RFC 6797), and nothing that is answered is kept in a
    /// browser or on the way (RFC 9111, 5.2.2.5), but the styles and scripts that are the same for everybody.
    /// </summary>
    public static Task KeepNothing(HttpContext http, RequestDelegate next)
    {
        http.Response.OnStarting(() =>
        {
            var headers = http.Response.Headers;
            if (http.Request.IsHttps)
                headers.StrictTransportSecurity = Year;
            if (!headers.CacheControl.ToString().StartsWith("public", StringComparison.Ordinal))
                headers.CacheControl = "no-store";
            return Task.CompletedTask;
        });
        return next(http);
    }
}
