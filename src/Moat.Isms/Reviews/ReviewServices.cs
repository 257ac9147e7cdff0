using Microsoft.Extensions.DependencyInjection;
using Moat.Isms.Reviews.Inputs;

namespace Moat.Isms.Reviews;

/// <summary>Registers what management reviews are made of.</summary>
internal static class ReviewServices
{
    public static void AddReviews(this IServiceCollection services)
    {
        services.AddScoped<ReviewParticipants>();
        services.AddScoped<DecisionFollowing>();
        services.AddScoped<DecisionDesk>();
        services.AddScoped<InputAssembler>();
        services.AddScoped<ReviewReading>();
        services.AddScoped<ReviewInput, EarlierDecisions>();
        services.AddScoped<ReviewInput, ChangedIssues>();
        services.AddScoped<ReviewInput, ChangedParties>();
        services.AddScoped<ReviewInput, NonconformityInput>();
        services.AddScoped<ReviewInput, MeasurementInput>();
        services.AddScoped<ReviewInput, AuditInput>();
        services.AddScoped<ReviewInput, ObjectiveInput>();
        services.AddScoped<ReviewInput, FeedbackInput>();
        services.AddScoped<ReviewInput, RiskInput>();
        services.AddScoped<ReviewInput, OpportunityInput>();
    }
}
