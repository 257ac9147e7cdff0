using Microsoft.Extensions.DependencyInjection;
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
    /// <summary>Adds every collector. Hosts in the list may be reached although they are addresses of this machine or its network's own services.</summary>
    public static IServiceCollection AddMoatCollectors(this IServiceCollection services, IReadOnlyList<string> allowedHosts)
    {
        services.AddSingleton(new OutboundGuard(allowedHosts));
        services.AddSingleton(provider => new SourceHttp(provider.GetRequiredService<OutboundGuard>()));
        services.AddSingleton<ICollector, GitHubCollector>();
        services.AddSingleton<ICollector, S3Collector>();
        services.AddSingleton<ICollector, MlflowCollector>();
        services.AddSingleton<PrometheusCollector>();
        services.AddSingleton<ICollector>(provider => provider.GetRequiredService<PrometheusCollector>());
        services.AddSingleton<IMeasuring>(provider => provider.GetRequiredService<PrometheusCollector>());
        services.AddSingleton<ICollector, HuggingFaceCollector>();
        services.AddSingleton<ICollector, JsonCollector>();
        services.AddSingleton<ICollector, BomCollector>();
        return services;
    }
}
