using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Rules;

namespace Moat.Isms.Communication;

/// <summary>What should flow from the communication plan (7.4).</summary>
internal sealed class CommunicationFlowRules : IFlowRules
{
    /// <inheritdoc />
    public IReadOnlyList<FlowRule> Rules { get; } =
    [
        new(
            "communication-overdue",
            "communication",
            "management-review",
            "COMM",
            "What the plan says was told, on its day",
            "Tell them and keep it",
            (db, day) =>
                db.Set<CommunicationEntry>()
                    .Where(c => c.Standing == Standing.Adopted && c.CreatedAt < day.End && c.NextOn < day.On)
                    .Select(c => new Broken
                    {
                        Number = c.Number,
                        Title = c.What,
                        On = c.NextOn,
                    })
        ),
    ];
}
