using Microsoft.Extensions.DependencyInjection;
using Moat.Isms.Kernel;

namespace Moat.Isms.Reviews;

/// <summary>Registers what management reviews are made of.</summary>
internal sealed class ReviewsPart : IIsmsPart
{
    /// <inheritdoc />
    public void Register(IServiceCollection services)
    {
        services.AddScoped<ReviewParticipants>();
        services.AddScoped<DecisionFollowing>();
        services.AddScoped<DecisionDesk>();
        services.AddScoped<InputAssembler>();
        services.AddScoped<ReviewReading>();
    }
}
