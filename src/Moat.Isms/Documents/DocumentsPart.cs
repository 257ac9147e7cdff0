using Microsoft.Extensions.DependencyInjection;
using Moat.Isms.Evidence;
using Moat.Isms.Kernel;

namespace Moat.Isms.Documents;

/// <summary>Registers what documents are made of.</summary>
internal sealed class DocumentsPart : IIsmsPart
{
    /// <inheritdoc />
    public void Register(IServiceCollection services)
    {
        services.AddScoped<DocumentFieldReader>();
        services.AddScoped<DocumentTexts>();
        services.AddScoped<DocumentDrafts>();
        services.AddScoped<DocumentRounds>();
        services.AddScoped<Acknowledgements>();
        services.AddScoped<INamedControls, NamedControls>();
    }
}
