using Microsoft.Extensions.DependencyInjection;
using Moat.Isms.Kernel;

namespace Moat.Isms.Retirements;

/// <summary>Registers what the retiring of records is made of.</summary>
internal sealed class RetirementsPart : IIsmsPart
{
    /// <inheritdoc />
    public void Register(IServiceCollection services)
    {
        services.AddScoped<Retiring>();
    }
}
