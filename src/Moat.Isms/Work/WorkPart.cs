using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Moat.Isms.Kernel;
using Moat.Isms.Work.Absences;
using Moat.Isms.Work.Cadences;
using Moat.Isms.Work.Webhooks;

namespace Moat.Isms.Work;

/// <summary>Registers what tasks, cadences, absences and webhooks are made of.</summary>
internal sealed class WorkPart : IIsmsPart
{
    /// <inheritdoc />
    public void Register(IServiceCollection services)
    {
        services.AddSingleton<WorkPurposes>();
        services.AddScoped<WorkList>();
        services.AddScoped<Deputies>();
        services.AddScoped<Handover>();
        services.AddScoped<CadenceBook>();
        services.AddScoped<CadenceProofs>();
        services.AddScoped<EventWriter>();
        services.TryAddSingleton(new PublicAddress((Uri?)null));
    }
}
