using Microsoft.Extensions.DependencyInjection;
using Moat.Isms.Kernel;
using Moat.Isms.People.Responsibilities;

namespace Moat.Isms.People;

/// <summary>Registers what people, their roles and their access are made of.</summary>
internal sealed class PeoplePart : IIsmsPart
{
    /// <inheritdoc />
    public void Register(IServiceCollection services)
    {
        services.AddScoped<PeopleDirectory>();
        services.AddScoped<AccessDirectory>();
        services.AddScoped<AccessEnd>();
        services.AddScoped<AccessMakers>();
        services.AddScoped<SecondPerson>();
        services.AddScoped<TopManagement>();
        services.AddScoped<Audiences>();
        services.AddScoped<Arrivals>();
    }
}
