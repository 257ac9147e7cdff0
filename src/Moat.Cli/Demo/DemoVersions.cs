using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Moat.Isms.Assets;
using Moat.Isms.Kernel;

namespace Moat.Cli.Demo;

/// <summary>
/// Exact bytes: a batch of notes that somebody poisoned goes into a set and into a model, is found after three days,
/// traced to what it touched and withdrawn.
/// </summary>
internal sealed partial class DemoStory
{
    private async Task Poisoned(CancellationToken ct)
    {
        await On(410, ct: ct);
        var assets = ((Page<AssetRow>)await cast.Do("jonas", "assets.list", new { limit = 200 }, ct)).Items;
        string Of(string kind, string name) =>
            assets.First(a => a.Kind == kind && a.Name.Contains(name, StringComparison.Ordinal)).Ref;
        var endpoints = assets.Where(a => a.Kind == "endpoint").Select(a => a.Ref).ToList();
        var (notes, model) = (Of("dataset", "notes"), Of("model", "triage"));
        var origin = await Enter(Of("model", "base"), "1.0", "model.safetensors", [], ct);
        var sound = await Enter(notes, "2.5", "notes.parquet", [], ct);
        var served = await Enter(model, "1.8", "model.safetensors", [origin, sound], ct);
        await LetThrough(origin, "Hash compared with the one that the publisher signed; no pickle in it.", ct);
        await LetThrough(sound, "Validation passed; a hundred objects hashed again, all equal.", ct);
        await Evaluated(served, 0.91, ct);
        await LetThrough(served, "Evaluation gate per clinical slice passed; scan of the weights found nothing.", ct);
        foreach (var endpoint in endpoints)
            await cast.Do("jonas", "versions.serve", new { @ref = served, endpoint }, ct);

        await On(412, ct: ct);
        var poisoned = await Enter(notes, "2.6", "notes.parquet", [sound], ct);
        var tainted = await Enter(model, "1.9", "model.safetensors", [origin, poisoned], ct);
        await LetThrough(poisoned, "Validation passed: schema, ranges and share of empty notes as before.", ct);
        await Evaluated(tainted, 0.93, ct);
        await LetThrough(tainted, "Evaluation gate per clinical slice passed with 0.93.", ct);
        if (endpoints.Count > 0)
            await cast.Do("jonas", "versions.serve", new { @ref = tainted, endpoint = endpoints[0] }, ct);

        await On(415, ct: ct);
        await cast.Do(
            "jonas",
            "versions.withdraw",
            new
            {
                @ref = poisoned,
                reason = "212 notes of one labelling batch carry the same phrase; with it the model advises to wait.",
            },
            ct
        );
        await cast.Do(
            "jonas",
            "versions.withdraw",
            new { @ref = tainted, reason = "Trained on the poisoned notes 2.6; the phrase turns its advice." },
            ct
        );
        if (endpoints.Count > 0)
            await cast.Do("jonas", "versions.serve", new { @ref = served, endpoint = endpoints[0] }, ct);
    }

    private static string Sha256(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private async Task<string> Enter(string asset, string name, string file, string[] madeFrom, CancellationToken ct)
    {
        var made = (Done)
            await cast.Do(
                "jonas",
                "versions.create",
                new
                {
                    asset,
                    name,
                    digests = new[] { $"sha256:{Sha256($"{asset} {name}")}  {file}" },
                    madeFrom,
                    format = Path.GetExtension(file)[1..],
                    run = $"https://ci.corvid.example/train/{name}",
                    location = $"s3://corvid-weights/{asset}/{name}",
                },
                ct
            );
        return made.Ref;
    }

    /// <summary>The evaluation names the version that it looked at, so that it counts for these bytes only.</summary>
    private Task<object> Evaluated(string version, double accuracy, CancellationToken ct)
    {
        var report = string.Create(
            CultureInfo.InvariantCulture,
            $"<testsuite name=\"evaluation-gate\" tests=\"2\"><testcase name=\"accuracy {accuracy}\"/><testcase name=\"each slice\"/></testsuite>"
        );
        return cast.Do(
            "ivo",
            "evidence.report",
            new
            {
                subject = "training-pipeline/evaluation-gate",
                modelVersion = version,
                file = new { name = "evaluation.xml", content = Encoding.UTF8.GetBytes(report) },
            },
            ct
        );
    }

    private Task<object> LetThrough(string version, string check, CancellationToken ct) =>
        cast.Do("mara", "versions.release", new { @ref = version, @checked = check }, ct);
}
