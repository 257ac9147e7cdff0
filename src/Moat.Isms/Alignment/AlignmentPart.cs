using Microsoft.Extensions.DependencyInjection;
using Moat.Isms.Kernel;

namespace Moat.Isms.Alignment;

/// <summary>Registers what the alignment with the business is made of.</summary>
internal sealed class AlignmentPart : IIsmsPart
{
    /// <inheritdoc />
    public void Register(IServiceCollection services)
    {
        services.AddScoped<Participation>();
    }
}
