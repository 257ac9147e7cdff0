using Microsoft.Extensions.DependencyInjection;
using Moat.Isms.Kernel;

namespace Moat.Isms.Training;

/// <summary>Registers what courses are made of.</summary>
internal sealed class TrainingPart : IIsmsPart
{
    /// <inheritdoc />
    public void Register(IServiceCollection services)
    {
        services.AddScoped<CourseRules>();
    }
}
