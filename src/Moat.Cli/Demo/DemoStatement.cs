using System.Text.Json.Nodes;
using Moat.Isms.Controls;
using Moat.Isms.Kernel;
using Moat.Isms.StatementOfApplicability;

namespace Moat.Cli.Demo;

/// <summary>The Statement of Applicability: each control decided, and published when something changed.</summary>
internal sealed partial class DemoStory
{
    private static readonly string[] GoodPractice = ["good-practice"];

    private async Task FirstStatement(CancellationToken ct)
    {
        await On(75, ct: ct);
        await AdoptAll("jonas", "controls", ct);
        var controls = ((Page<ControlRow>)await cast.Do("jonas", "controls.list", new { limit = 200 }, ct)).Items;
        foreach (
            var (control, index) in controls
                .Index()
                .Where(c => c.Item.Applicability == Applicability.Applicable)
                .Select(c => (c.Item, c.Index))
        )
            await Decide(control, index, ct);
        await MendReasons(ct);
        await On(88, ct: ct);
        await cast.Do(
            "mara",
            "soa.publish",
            new
            {
                changeNote = "First version: 93 controls decided against fifty assessed risks.",
                confirmClaims = true,
            },
            ct
        );
        await AcceptAbove(FirstRenewal + 2, ct);
        await FreezePlan("First plan: what is above the appetite, with actions, owners and dates.", ct);
        await Pulse(ct);
    }

    private async Task SecondStatement(CancellationToken ct)
    {
        await MendReasons(ct);
        await cast.Do(
            "mara",
            "soa.publish",
            new
            {
                changeNote = "Second version: monitoring, leakage prevention, code access and cloud services are now implemented.",
                confirmClaims = true,
            },
            ct
        );
    }

    private async Task Decide(ControlRow control, int index, CancellationToken ct)
    {
        var owner =
            control.Code.StartsWith("A.8", StringComparison.Ordinal) ? "ivo"
            : control.Code.StartsWith("A.7", StringComparison.Ordinal)
            || control.Code.StartsWith("A.6", StringComparison.Ordinal)
                ? "tomas"
            : "jonas";
        var state = (index % 7) switch
        {
            0 or 1 or 2 or 3 => "implemented",
            4 or 5 => "partial",
            _ => "planned",
        };
        var example = ((ControlView)await cast.Do("jonas", "controls.get", new { @ref = control.Code }, ct)).Example;
        await cast.Do(
            "jonas",
            "controls.edit",
            new
            {
                @ref = control.Code,
                owner = cast.People[owner],
                implementation = state,
                howDone = state == "planned" ? null : example,
            },
            ct
        );
    }

    /// <summary>Rows whose risk or obligation was not adopted are called for by good practice instead.</summary>
    private async Task MendReasons(CancellationToken ct)
    {
        var draft = (SoaDraft)await cast.Do("jonas", "soa.draft", new JsonObject(), ct);
        foreach (var code in draft.Missing.Select(m => m.Field).Distinct())
            await cast.Do("jonas", "controls.edit", new { @ref = code, reasonKinds = GoodPractice }, ct);
    }
}
