using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Moat.Isms.Incidents.Intake;
using Moat.Isms.Kernel;

namespace Moat.Cli.Demo;

/// <summary>
/// What the monitoring of the company tells, and how the story finds the records that its incidents are about.
/// </summary>
internal sealed partial class DemoStory
{
    private async Task<string> LastAlert(CancellationToken ct) =>
        ((Page<AlertRow>)await cast.Do("jonas", "alerts.list", new { sort = "-number", limit = 1 }, ct)).Items[0].Ref;

    private async Task<string> ControlOf(string code, CancellationToken ct) =>
        ((Page<Moat.Isms.Controls.ControlRow>)await cast.Do("jonas", "controls.list", new { limit = 200 }, ct))
            .Items.First(c => c.Code == code)
            .Ref;

    private async Task<string> RiskOf(string threat, CancellationToken ct) =>
        (await AllRisks(ct)).First(r => r.ThreatId == threat).Ref;

    private async Task<List<string>> NamedAssets(string[] words, CancellationToken ct)
    {
        var found = new List<string>();
        foreach (var word in words)
            found.AddRange(
                (
                    (Page<Moat.Isms.Assets.AssetRow>)
                        await cast.Do(
                            "jonas",
                            "assets.list",
                            new
                            {
                                q = word,
                                limit = 2,
                                standing = "adopted",
                            },
                            ct
                        )
                ).Items.Select(a => a.Ref)
            );
        return [.. found.Distinct()];
    }

    private JsonObject TokenAlert(bool resolved) =>
        new()
        {
            ["source"] = "github secret scanning",
            ["fingerprint"] = "corvid/training#14",
            ["title"] = "Secret scanning: a registry token in corvid/training",
            ["description"] = "A token of the model registry was committed in notebooks/eval-night.ipynb.",
            ["level"] = "high",
            ["startsAt"] = Stamp(270, 13, 30),
            ["resolved"] = resolved,
            ["link"] = "https://github.example/corvid/training/security/secret-scanning/14",
        };

    private JsonObject SliceAlert(bool resolved)
    {
        var alert = new JsonObject
        {
            ["source"] = "alertmanager https://alerts.corvid.example",
            ["fingerprint"] = "9c1f04be77d2a310",
            ["groupKey"] = "{}:{alertname=\"TriageSliceUnderrated\"}",
            ["title"] = "TriageSliceUnderrated: chest pain at night is rated lower than clinicians do",
            ["description"] = "6.1 % of the slice in 7 days, limit 2 %. The mean over all slices is unchanged.",
            ["level"] = "critical",
            ["startsAt"] = Stamp(292, 5, 41),
            ["labels"] = new JsonObject
            {
                ["alertname"] = "TriageSliceUnderrated",
                ["model"] = "AST-1",
                ["slice"] = "chest-pain/night",
            },
            ["resolved"] = resolved,
        };
        if (resolved)
            alert["endsAt"] = Stamp(292, 10, 41);
        return alert;
    }

    private string Stamp(int day, int hour, int minute) =>
        _begin
            .AddDays(day)
            .Date.AddHours(hour)
            .AddMinutes(minute)
            .ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string[] Words(params string[] words) => words;

    private static JsonObject File(string name, string text) =>
        new() { ["name"] = name, ["content"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(text)) };
}
