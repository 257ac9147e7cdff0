using Moat.Isms.Kernel.Rules;

namespace Moat.Isms.Processes.Flow;

/// <summary>Every rule.</summary>
public static class FlowRules
{
    /// <summary>All of them, gathered from the folders of the processes.</summary>
    public static IReadOnlyList<FlowRule> All { get; } =
    [
        .. typeof(FlowRules).Assembly.GetTypes().Where(t => t is { IsClass: true, IsAbstract: false } && t.IsAssignableTo(typeof(IFlowRules)))
            .OrderBy(t => t.FullName, StringComparer.Ordinal).SelectMany(t => ((IFlowRules)Activator.CreateInstance(t)!).Rules),
    ];
}
