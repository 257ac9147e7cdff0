using Microsoft.Extensions.DependencyInjection;
using Moat.Isms.Kernel;

namespace Moat.Isms.StatementOfApplicability;

/// <summary>Registers what the Statement of Applicability is made of.</summary>
internal sealed class StatementOfApplicabilityPart : IIsmsPart
{
    /// <inheritdoc />
    public void Register(IServiceCollection services)
    {
        services.AddScoped<SoaSource>();
        services.AddScoped<ControlLearning>();
        services.AddScoped<ControlRequirements>();
    }
}
