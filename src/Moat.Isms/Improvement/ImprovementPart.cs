using Microsoft.Extensions.DependencyInjection;
using Moat.Isms.Kernel;

namespace Moat.Isms.Improvement;

/// <summary>Registers what nonconformities, actions and lessons are made of.</summary>
internal sealed class ImprovementPart : IIsmsPart
{
    /// <inheritdoc />
    public void Register(IServiceCollection services)
    {
        services.AddScoped<ImprovementDesk>();
        services.AddScoped<ActionDesk>();
        services.AddScoped<EffectChecks>();
        services.AddScoped<AlteredRecords>();
        services.AddScoped<RecurringChecks>();
        services.AddScoped<NewsDesk>();
        services.AddScoped<ThreatComparer>();
        services.AddScoped<ILearnedChanges, LearnedChanges>();
    }
}
