using Microsoft.Extensions.DependencyInjection;
using Moat.Isms.Evidence.Attestations;
using Moat.Isms.Evidence.Checks;
using Moat.Isms.Evidence.Counting;
using Moat.Isms.Evidence.Facts;
using Moat.Isms.Kernel;
using Moat.Isms.Work.Cadences;

namespace Moat.Isms.Evidence;

/// <summary>Registers what evidence, sources and checks are made of.</summary>
internal sealed class EvidencePart : IIsmsPart
{
    /// <inheritdoc />
    public void Register(IServiceCollection services)
    {
        services.AddScoped<FactIntake>();
        services.AddScoped<DiscoveredAssets>();
        services.AddScoped<EvidenceKeeper>();
        services.AddScoped<WatchedStretches>();
        services.AddScoped<ControlCounting>();
        services.AddScoped<ICadenceEvidence, CadenceEvidence>();
        services.AddScoped<AttestationVerifier>();
        services.AddScoped<CheckBook>();
        services.AddScoped<CheckReading>();
        services.AddScoped<InForceReading>();
        services.AddScoped<CheckEvaluation>();
        services.AddScoped<CheckAlarm>();
        services.AddScoped<IRelatedEvidence, RelatedEvidence>();
    }
}
