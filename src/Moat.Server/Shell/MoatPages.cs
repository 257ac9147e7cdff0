using System.Reflection;
using Moat.Isms.Kernel;
using Moat.Server.Host;

namespace Moat.Server.Shell;

/// <summary>The pages: static server-side rendering, so that any number of nodes can serve them.</summary>
public static class MoatPages
{
    /// <summary>Adds what pages need.</summary>
    public static IServiceCollection AddMoatPages(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddCascadingValue(provider => new PageNotice(provider.GetRequiredService<IHttpContextAccessor>()));
        services.AddHttpContextAccessor();
        services.AddSingleton<KnownStages>();
        return services;
    }

    /// <summary>Where pages are: in the server, and beside processes that are in assemblies of their own.</summary>
    public static IReadOnlyList<Assembly> Assemblies { get; } = [typeof(App).Assembly, .. IsmsAssemblies.All];

    /// <summary>Maps them.</summary>
    public static void MapMoatPages(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapRazorComponents<App>().AddAdditionalAssemblies([.. IsmsAssemblies.All]);
}

/// <summary>A word about what was just done, shown once on the next page.</summary>
public sealed class PageNotice(IHttpContextAccessor http)
{
    private const string Cookie = "moat-notice";

    /// <summary>Leaves a word for the next page.</summary>
    public void Leave(string text) =>
        http.HttpContext!.Response.Cookies.Append(
            Cookie,
            text,
            OwnCookie.Lasting(http.HttpContext!, TimeSpan.FromMinutes(1))
        );

    /// <summary>Takes the word that was left, if there is one.</summary>
    public string? Take()
    {
        var context = http.HttpContext!;
        if (!context.Request.Cookies.TryGetValue(Cookie, out var text) || context.Response.HasStarted)
            return null;
        context.Response.Cookies.Delete(Cookie, OwnCookie.Lasting(context, TimeSpan.Zero));
        return text;
    }
}
