using Microsoft.Extensions.DependencyInjection;
using Moat.Isms.Kernel;

namespace Moat.Isms.Versions;

/// <summary>Registers what versions of models and data are made of.</summary>
internal sealed class VersionsPart : IIsmsPart
{
    /// <inheritdoc />
    public void Register(IServiceCollection services)
    {
        services.AddScoped<VersionLines>();
        services.AddScoped<WithdrawnBytes>();
        services.AddScoped<VersionFeed>();
        services.AddScoped<VersionNames>();
        services.AddScoped<ResultReading>();
        services.AddScoped<VersionDesk>();
        services.AddScoped<AccessFacts>();
    }
}
