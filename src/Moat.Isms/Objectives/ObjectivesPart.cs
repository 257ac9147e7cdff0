using Microsoft.Extensions.DependencyInjection;
using Moat.Isms.Kernel;

namespace Moat.Isms.Objectives;

/// <summary>Registers what objectives are made of.</summary>
internal sealed class ObjectivesPart : IIsmsPart
{
    /// <inheritdoc />
    public void Register(IServiceCollection services)
    {
        services.AddScoped<ObjectiveCounts>();
        services.AddScoped<ObjectiveReading>();
    }
}
