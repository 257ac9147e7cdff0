using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Rules;

namespace Moat.Isms.Context;

/// <summary>What should flow from the company's context (4.2).</summary>
internal sealed class ContextFlowRules : IFlowRules
{
    private const int DaysToAnswer = 30;
    private static readonly List<string> None = [];

    /// <inheritdoc />
    public IReadOnlyList<FlowRule> Rules { get; } =
    [
        new(
            "obligation-unanswered",
            "context",
            "control-selection",
            "OBL",
            "A law or contract that binds us names the controls that answer it",
            "Name the controls",
            (db, day) =>
                db.Set<Obligation>()
                    .Where(o =>
                        o.Standing == Standing.Adopted && o.CreatedAt < day.Ago(DaysToAnswer) && o.Controls == None
                    )
                    .Select(o => new Broken
                    {
                        Number = o.Number,
                        Title = o.Name,
                        At = o.CreatedAt,
                    })
        ),
    ];
}
