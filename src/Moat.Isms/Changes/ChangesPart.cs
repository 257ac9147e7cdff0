using Microsoft.Extensions.DependencyInjection;
using Moat.Isms.Kernel;

namespace Moat.Isms.Changes;

/// <summary>Registers what changes of the ISMS are made of.</summary>
internal sealed class ChangesPart : IIsmsPart
{
    /// <inheritdoc />
    public void Register(IServiceCollection services)
    {
        services.AddScoped<ConsequenceFinder>();
        services.AddScoped<ChangeDesk>();
    }
}
