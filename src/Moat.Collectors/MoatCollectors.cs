using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Moat.Collectors.Boms;
using Moat.Collectors.GitHub;
using Moat.Collectors.Http;
using Moat.Collectors.Json;
using Moat.Collectors.Models;
using Moat.Collectors.Monitoring;
using Moat.Collectors.ObjectStorage;
using Moat.Isms.Evidence.Collectors;

namespace Moat.Collectors;

/// <summary>Registers the collectors.</summary>
public static class MoatCollectors
{
    /// <summary>
    /// Adds every collector. Hosts in the list may be reached although they are addresses of this machine or its
    /// network's own services.
    /// </summary>
    public static IServiceCollection AddMoatCollectors(
        this IServiceCollection services,
        IReadOnlyList<string> allowedHosts
    )
    {
        services.AddSingleton(new OutboundGuard(allowedHosts));
        services.AddSingleton<INamedHosts>(provider => provider.GetRequiredService<OutboundGuard>());
        services.AddSingleton(provider => new SourceHttp(provider.GetRequiredService<OutboundGuard>()));
        services
            .Add<GitHubCollector>()
            .Add<S3Collector>()
            .Add<MlflowCollector>()
            .Add<PrometheusCollector>()
            .Add<HuggingFaceCollector>()
            .Add<JsonCollector>()
            .Add<BomCollector>();
        services.AddSingleton<IMeasuring>(provider => Careful<PrometheusCollector>(provider));
        return services;
    }

    private static IServiceCollection Add<T>(this IServiceCollection services)
        where T : class, ICollector =>
        services.AddSingleton<T>().AddSingleton<ICollector>(provider => Careful<T>(provider));

    private static CarefulCollector Careful<T>(IServiceProvider provider)
        where T : class, ICollector =>
        new(provider.GetRequiredService<T>(), provider.GetRequiredService<ILogger<CarefulCollector>>());
}
