using Microsoft.Extensions.DependencyInjection;
using Moat.Isms.Kernel;

namespace Moat.Isms.Leadership;

/// <summary>Registers what what management sees is made of.</summary>
internal sealed class LeadershipPart : IIsmsPart
{
    /// <inheritdoc />
    public void Register(IServiceCollection services)
    {
        services.AddScoped<WantedDecisions>();
    }
}
