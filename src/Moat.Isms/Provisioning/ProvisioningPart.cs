using Microsoft.Extensions.DependencyInjection;
using Moat.Isms.Kernel;

namespace Moat.Isms.Provisioning;

/// <summary>Registers what what identity providers tell is made of.</summary>
internal sealed class ProvisioningPart : IIsmsPart
{
    /// <inheritdoc />
    public void Register(IServiceCollection services)
    {
        services.AddScoped<ProvisionedFacts>();
    }
}
