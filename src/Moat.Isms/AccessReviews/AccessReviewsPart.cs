using Microsoft.Extensions.DependencyInjection;
using Moat.Isms.Kernel;

namespace Moat.Isms.AccessReviews;

/// <summary>Registers what access reviews are made of.</summary>
internal sealed class AccessReviewsPart : IIsmsPart
{
    /// <inheritdoc />
    public void Register(IServiceCollection services)
    {
        services.AddScoped<AccessPopulation>();
        services.AddScoped<AccessFollowing>();
        services.AddScoped<AccessReviewReading>();
        services.AddScoped<AccessReviewEvidence>();
        services.AddScoped<AccessReviewDesk>();
    }
}
