using Microsoft.Extensions.DependencyInjection;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Journal;

namespace Moat.Isms.Controls;

/// <summary>Registers what the controls are made of.</summary>
internal sealed class ControlsPart : IIsmsPart
{
    /// <inheritdoc />
    public void Register(IServiceCollection services)
    {
        services.AddScoped<IClockTold, ClockTasks>();
    }
}
