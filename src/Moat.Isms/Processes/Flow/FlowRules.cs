using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Rules;

namespace Moat.Isms.Processes.Flow;

/// <summary>Every rule.</summary>
public static class FlowRules
{
    /// <summary>All of them, gathered from the folders of the processes.</summary>
    public static IReadOnlyList<FlowRule> All { get; } =
    [
        .. IsmsAssemblies
            .ClassesOf<IFlowRules>()
            .SelectMany(t => ((IFlowRules)Activator.CreateInstance(t, nonPublic: true)!).Rules),
    ];
}
