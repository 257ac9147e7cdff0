using Moat.Isms.Controls;
using Moat.Isms.Kernel;

namespace Moat.Isms.Evidence.Counting;

/// <summary>Controls held against what shows them.</summary>
[Process("controls", "What the company does against its risks: the 93 controls of Annex A and its own.")]
public sealed class ControlStandingProcess(MoatDb db, ControlCounting counting)
{
    /// <summary>Claimed, shown or shown over time, for every applicable control.</summary>
    [Query(
        "standing",
        Permission.ReadIsms,
        "Claimed, shown or shown over time: each applicable control held against the kinds of evidence that it names"
    )]
    public async Task<IReadOnlyList<ControlStanding>> Standing(Nothing input, CancellationToken ct) =>
        [.. (await counting.All(ct)).Values.OrderBy(c => c.Code, StringComparer.Ordinal)];

    /// <summary>One control held against the kinds of evidence that it names.</summary>
    [Query(
        "show",
        Permission.ReadIsms,
        "Whether a control is claimed, shown or shown over time, by which kinds of evidence, and what is missing"
    )]
    public async Task<ControlStanding> Show(OneRecord input, CancellationToken ct)
    {
        var control = await ControlRegister.Find(db, input.Ref, ct);
        return await counting.One(control.Code, ct)
            ?? throw new NotFound($"evidence for {control.Code}, which is excluded");
    }
}
