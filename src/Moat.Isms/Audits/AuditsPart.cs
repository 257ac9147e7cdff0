using Microsoft.Extensions.DependencyInjection;
using Moat.Isms.Kernel;

namespace Moat.Isms.Audits;

/// <summary>Registers what audits are made of.</summary>
internal sealed class AuditsPart : IIsmsPart
{
    /// <inheritdoc />
    public void Register(IServiceCollection services)
    {
        services.AddScoped<RequirementRecords>();
        services.AddScoped<Independence>();
        services.AddScoped<ProgrammeWeights>();
        services.AddScoped<AuditReading>();
        services.AddScoped<AuditTeam>();
        services.AddScoped<AuditLines>();
        services.AddScoped<AuditChecklist>();
        services.AddScoped<AuditReportText>();
        services.AddScoped<SamplePopulation>();
        services.AddScoped<RequestDesk>();
    }
}
