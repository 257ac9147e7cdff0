using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.FileProviders;
using Moat.Hosting;
using Moat.Hosting.Keys;
using Moat.Isms.Kernel;
using Moat.Server.Accounts;
using Moat.Server.Auth;
using Moat.Server.Doors;
using Moat.Server.Doors.Scim;
using Moat.Server.Shell;
using Moat.Storage;
using Moat.Storage.Accounts;

namespace Moat.Server.Host;

/// <summary>The web server of an installation, with every door.</summary>
public static class MoatServer
{
    /// <summary>Largest request: a 16 MiB file as base64 in JSON, with room for the rest.</summary>
    private const long LargestRequest = 24 * 1024 * 1024;

    /// <summary>The server, with the database migrated and every door mapped; ready to run.</summary>
    public static WebApplication Build(ServerOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder(
            new WebApplicationOptions { EnvironmentName = Environments.Production }
        );
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.UseUrls(options.Url);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestRequest;
        });
        builder
            .Logging.ClearProviders()
            .AddSimpleConsole(console => console.SingleLine = true)
            .SetMinimumLevel(options.LogLevel)
            .AddFilter("Microsoft.EntityFrameworkCore.Query", LogLevel.Error)
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error)
            // Why a server does not start is told once, in a sentence, by whoever started it.
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        if (options.Chromium is { } chromium)
            Reports.Documents.PdfPrinter.Named = chromium;
        builder.SendTelemetry(options.Outside.Telemetry);
        Configure(builder.Services, options);
        var app = builder.Build();
        var migrations = app.Services.GetRequiredService<IMigrations>();
        migrations.MustBeSafeToServe(options.AllowOwner);
        migrations.Apply();
        app.Services.OpenKeyRing();
        // Whoever listens is there when the server has started.
        app.Lifetime.ApplicationStarted.Register(WorkTelemetry.Begin);
        Use(app, options);
        return app;
    }

    private static void Configure(IServiceCollection services, ServerOptions options)
    {
        services.AddMoat(options.Storage, options.Clock, options.Outside);
        services.AddMoatRounds();
        services.AddMoatSignIn();
        services
            .AddAuthentication(IdentityConstants.ApplicationScheme)
            .AddIdentityCookies(cookies =>
            {
                cookies.ApplicationCookie!.Configure(c =>
                {
                    Harden(c.Cookie, "moat", options.Outside.PublicUrl);
                    c.Cookie.SameSite = SameSiteMode.Lax;
                    c.ExpireTimeSpan = AccountSessions.LongestIdle;
                    SessionCookie.Follow(c.Events);
                });
            });
        services.AddAuthorization();
        services.AddAntiforgery(a =>
        {
            Harden(a.Cookie, "moat-form", options.Outside.PublicUrl);
            a.Cookie.SameSite = SameSiteMode.Strict;
        });
        services.LimitAttempts();
        services.AddResponseCompression(c =>
        {
            // Pages carry secrets beside what a visitor sent, so only styles and scripts are compressed.
            c.MimeTypes = ["text/css", "text/javascript"];
            c.EnableForHttps = true;
            c.Providers.Add<BrotliCompressionProvider>();
        });
        services.AddMoatPages();
        services.AddSingleton<RecentCallers>();
        services.AddScoped<ServerHealth>();
        services.AddMcp();
        services.TryAddSingleton<IHttpContextAccessor, HttpContextAccessor>();
    }

    // A proxy on this machine tells who really asks and whether over TLS, and so do those that the operator named;
    // nobody else is believed.
    private static ForwardedHeadersOptions Believed(ServerOptions options)
    {
        var believed = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
        };
        foreach (var network in options.TrustedProxies)
            believed.KnownIPNetworks.Add(network);
        return believed;
    }

    private static void Use(WebApplication app, ServerOptions options)
    {
        app.UseForwardedHeaders(Believed(options));
        app.UsePublicSite();
        app.Use(SecurityHeaders.KeepNothing);
        app.UseExceptionHandler(error => error.Run(Problems.Unexpected));
        app.UseSecurityHeaders(SecurityHeaders.Policy);
        app.UseWhen(http => Path.HasExtension(http.Request.Path.Value), files => files.UseResponseCompression());
        app.UseStaticFiles(
            new StaticFileOptions
            {
                FileProvider = new EmbeddedFileProvider(typeof(MoatServer).Assembly, "Moat.Server.wwwroot"),
                OnPrepareResponse = file => file.Context.Response.Headers.CacheControl = "public, max-age=86400",
            }
        );
        app.UseStatusCodePagesWithReExecute("/not-here", "?status={0}", createScopeForStatusCodePages: true);
        app.Use(Problems.LookAtThePage);
        app.UseWhen(
            Problems.IsForProgram,
            programs => programs.UseStatusCodePages(refused => Problems.InWords(refused.HttpContext))
        );
        app.UseRouting();
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseMiddleware<CallerGate>();
        app.UseMiddleware<RememberedPages>();
        app.UseAntiforgery();
        app.UseMiddleware<GivenBack>();
        var catalog = app.Services.GetRequiredService<OperationCatalog>();
        app.MapRest(catalog);
        app.MapEvents(catalog);
        app.MapHooks();
        app.MapScim();
        app.MapCalendar();
        app.MapOpenApi(catalog);
        app.MapMcpDoor();
        app.MapGet("/health/live", () => Results.Text("ok")).WithMetadata(new PublicPageAttribute());
        app.MapGet("/health/ready", IsReady).WithMetadata(new PublicPageAttribute());
        app.MapMoatPages();
    }

    private static async Task<IResult> IsReady(ServerHealth health, CancellationToken ct) =>
        await health.Look(ct) is var state && state.Serves
            ? Results.Text(state.Words)
            : Results.Text(state.Words, statusCode: StatusCodes.Status503ServiceUnavailable);

    // Where people always come over TLS, no other site of the domain can plant a cookie of this name (RFC 6265bis,
    // 4.1.3.2).
    private static void Harden(CookieBuilder cookie, string name, Uri? address)
    {
        var owns = PublicSite.OwnsHost(address);
        cookie.Name = owns ? $"__Host-{name}" : name;
        cookie.SecurePolicy = owns ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        cookie.HttpOnly = true;
        if (owns)
            cookie.Path = "/";
    }
}
