using Microsoft.Extensions.DependencyInjection;
using Moat.Isms.Kernel;
using Moat.Isms.Risks.Money;

namespace Moat.Isms.Risks;

/// <summary>Registers what the risk register is made of.</summary>
internal sealed class RisksPart : IIsmsPart
{
    /// <inheritdoc />
    public void Register(IServiceCollection services)
    {
        services.AddScoped<RiskSuggestions>();
        services.AddScoped<SignatoryOfRisk>();
        services.AddScoped<RiskAcceptances>();
        services.AddScoped<CrownJewels>();
        services.AddSingleton<MoneyCounter>();
        services.AddScoped<MoneyAtRisk>();
        services.AddScoped<IRelatedRisks, RelatedRisks>();
    }
}
