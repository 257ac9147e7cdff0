using Microsoft.Extensions.DependencyInjection;

namespace Moat.Isms.AccessReviews;

/// <summary>Registers what access reviews are made of.</summary>
internal static class AccessReviewServices
{
    public static void AddAccessReviews(this IServiceCollection services)
    {
        services.AddScoped<AccessPopulation>();
        services.AddScoped<AccessFollowing>();
        services.AddScoped<AccessReviewReading>();
        services.AddScoped<AccessReviewEvidence>();
        services.AddScoped<AccessReviewDesk>();
    }
}
