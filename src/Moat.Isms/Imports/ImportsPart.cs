using Microsoft.Extensions.DependencyInjection;
using Moat.Isms.Kernel;

namespace Moat.Isms.Imports;

/// <summary>Registers what the undoing of imports is made of.</summary>
internal sealed class ImportsPart : IIsmsPart
{
    /// <inheritdoc />
    public void Register(IServiceCollection services)
    {
        services.AddScoped<PointerReading>();
        services.AddScoped<ImportUndo>();
        services.AddScoped<ToldUndo>();
        services.AddScoped<RelationUndo>();
    }
}
