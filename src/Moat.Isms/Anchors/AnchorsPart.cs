using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Moat.Isms.Kernel;

namespace Moat.Isms.Anchors;

/// <summary>Registers what checkpoints outside are made of.</summary>
internal sealed class AnchorsPart : IIsmsPart
{
    /// <inheritdoc />
    public void Register(IServiceCollection services)
    {
        services.TryAddSingleton(new AnchorTargets([]));
        services.AddSingleton<AnchorOccasions>();
        services.AddSingleton<IAnsweredQuery>(s => s.GetRequiredService<AnchorOccasions>());
    }
}
