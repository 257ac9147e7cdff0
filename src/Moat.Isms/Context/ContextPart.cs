using Microsoft.Extensions.DependencyInjection;
using Moat.Isms.Kernel;

namespace Moat.Isms.Context;

/// <summary>Registers what the context of the company is made of.</summary>
internal sealed class ContextPart : IIsmsPart
{
    /// <inheritdoc />
    public void Register(IServiceCollection services)
    {
        services.AddScoped<ICompanyFacts, CompanyFacts>();
    }
}
