using Microsoft.Extensions.DependencyInjection;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Requirements;

namespace Moat.Isms.Readiness;

/// <summary>Registers what readiness is made of.</summary>
internal sealed class ReadinessPart : IIsmsPart
{
    /// <inheritdoc />
    public void Register(IServiceCollection services)
    {
        services.AddScoped<ReadinessComputation>();
        services.AddScoped<IReadiness>(s => s.GetRequiredService<ReadinessComputation>());
    }
}
