using Microsoft.Extensions.DependencyInjection;
using Moat.Isms.Kernel;

namespace Moat.Isms.Drafts;

/// <summary>Registers what the drafted ISMS is made of.</summary>
internal sealed class DraftsPart : IIsmsPart
{
    /// <inheritdoc />
    public void Register(IServiceCollection services)
    {
        services.AddScoped<AssetDrafts>();
        services.AddScoped<ContextDrafts>();
        services.AddScoped<ControlDrafts>();
        services.AddScoped<RelationDrafts>();
        services.AddScoped<WholeDraft>();
        services.AddScoped<DraftBoard>();
        services.AddScoped<CadenceDrafts>();
    }
}
