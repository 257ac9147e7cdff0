using Microsoft.Extensions.DependencyInjection;
using Moat.Isms.Assets.Boms;
using Moat.Isms.Kernel;

namespace Moat.Isms.Assets;

/// <summary>Registers what the asset register is made of.</summary>
internal sealed class AssetsPart : IIsmsPart
{
    /// <inheritdoc />
    public void Register(IServiceCollection services)
    {
        services.AddScoped<ClassificationFlow>();
        services.AddScoped<BomDesk>();
    }
}
