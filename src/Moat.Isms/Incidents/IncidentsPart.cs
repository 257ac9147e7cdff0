using Microsoft.Extensions.DependencyInjection;
using Moat.Isms.Incidents.Duties;
using Moat.Isms.Incidents.Intake;
using Moat.Isms.Incidents.Playbooks;
using Moat.Isms.Kernel;

namespace Moat.Isms.Incidents;

/// <summary>Registers what incidents are made of.</summary>
internal sealed class IncidentsPart : IIsmsPart
{
    /// <inheritdoc />
    public void Register(IServiceCollection services)
    {
        services.AddScoped<IncidentDesk>();
        services.AddScoped<SeverityRating>();
        services.AddScoped<DutyDesk>();
        services.AddScoped<NoticeText>();
        services.AddScoped<FactAnswers>();
        services.AddScoped<TriageDesk>();
        services.AddScoped<RunMinutes>();
    }
}
