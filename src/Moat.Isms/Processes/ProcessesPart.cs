using Microsoft.Extensions.DependencyInjection;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Rules;
using Moat.Isms.Processes.Flow;
using Moat.Isms.Processes.Threads;

namespace Moat.Isms.Processes;

/// <summary>Registers what the process map and threads are made of.</summary>
internal sealed class ProcessesPart : IIsmsPart
{
    /// <inheritdoc />
    public void Register(IServiceCollection services)
    {
        services.AddScoped<ThreadHistory>();
        services.AddScoped<FlowReading>();
        services.AddScoped<ProcessMap>();
        services.AddScoped<ThreadStrides>();
        services.AddScoped<HandTied>();
        services.AddScoped<ContentChanges>();
        services.AddScoped<IProvenChanges, ProvenChanges>();
        services.AddTransient<ThreadWalker>();
    }
}
