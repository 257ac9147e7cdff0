using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Assets;
using Moat.Isms.Evidence;
using Moat.Isms.Evidence.Reports;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Reading;

namespace Moat.Isms.Versions;

/// <summary>
/// Binds what pipelines report to the version that it names. A result that names bytes which nobody knows, or bytes of
/// something else than it looked at, passes for nobody: its success is not known.
/// </summary>
internal sealed class BoundReports(MoatDb db, VersionNames names) : IReportFollower
{
    private const string Validation = "data.validation";
    private const int MostFiles = 100;
    private static readonly Dictionary<string, VersionResultKind> Kinds = new()
    {
        [Validation] = VersionResultKind.Validation,
        ["test.run"] = VersionResultKind.Tests,
        ["sarif.scan"] = VersionResultKind.Scan,
    };

    /// <inheritdoc />
    public async Task<IReadOnlyList<string>> Bind(
        ReadReport report,
        ReportEvidence input,
        DateTime observed,
        CancellationToken ct
    )
    {
        if (!Kinds.ContainsKey(report.Kind))
            return [];
        if (Given(report, input) is not { } given)
            return report.Kind == Validation
                ?
                [
                    "The validation names no version of the data, so it shows nothing for any. Give the digest of what was "
                        + "validated, or the version, such as AVER-3.",
                ]
                : [];
        var named = await names.Find(given, ct);
        var remarks = new List<string>();
        foreach (var fact in report.Facts)
        {
            var why = named.Why ?? named.TooEarly(observed) ?? await Elsewhere(report, fact, named, ct);
            fact.Content["about"] = About(named, why);
            if (why is null)
                continue;
            remarks.Add($"It shows nothing for any version: {why}");
            if (named.IsExact || named.Why is null)
                Doubt(report.Kind, fact.Content, why);
        }
        if (await Beside(report, input, ct) is (var what, { Why: { } unknown }))
            remarks.Add($"It shows nothing for {what}: {unknown}");
        return [.. remarks.Distinct()];
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<string>> Follow(
        ReadReport report,
        ReportEvidence input,
        EvidenceItem kept,
        DateTime observed,
        CancellationToken ct
    )
    {
        if (Kinds.TryGetValue(report.Kind, out var kind) && Given(report, input) is { } given)
        {
            var named = await names.Find(given, ct);
            foreach (var fact in report.Facts)
                await Keep(kind, kept, named, fact.Content, observed, ct);
            if (await Beside(report, input, ct) is (_, { Why: { } unknown } beside))
                await Keep(kind, kept, beside, new JsonObject { ["about"] = About(beside, unknown) }, observed, ct);
        }
        foreach (var fact in report.Facts.Where(f => f.Content["forged"] is null))
            if (AttestedStatement.Of(fact) is { } said)
                foreach (var file in said.Files.Where(f => !f.IsForgeable).Take(MostFiles))
                    await db.Enter(
                        new VersionResult
                        {
                            Kind = VersionResultKind.Attestation,
                            SourceRef = kept.Ref,
                            Given = file.Value,
                            Digest = file.Value,
                            Passed = fact.Content["verified"].Flag(),
                            Says =
                                $"{file.File ?? "A file"} was built by {said.Builder ?? "a builder that it does not name"}".Cut(
                                    1000
                                ),
                            At = observed,
                        },
                        ct
                    );
        return [];
    }

    private Task<VersionResult> Keep(
        VersionResultKind kind,
        EvidenceItem kept,
        NamedVersion named,
        JsonObject fact,
        DateTime observed,
        CancellationToken ct
    )
    {
        // What was doubted while it was bound is bound to nothing, although its name may be known.
        var why = fact["about"].At("why").Text();
        return db.Enter(
            new VersionResult
            {
                Kind = kind,
                SourceRef = kept.Ref,
                Given = named.Given.Cut(300),
                Digest = named.Why is null && why is not null ? null : named.Digest,
                VersionId = why is null && named is { Digest: null, Versions: [var one] } ? one.Id : null,
                Passed = Passed(kind, fact),
                Says = (why ?? kept.Title).Cut(1000),
                At = observed,
            },
            ct
        );
    }

    private static string? Given(ReadReport report, ReportEvidence input) =>
        (report.Kind == Validation ? input.Dataset ?? input.ModelVersion : input.ModelVersion ?? input.Dataset)
            is { Length: > 0 } given
            ? given
            : null;

    /// <summary>
    /// What a report names beside what it counts for, such as the data of a test of a model; null where it names
    /// nothing else.
    /// </summary>
    private async Task<(string What, NamedVersion Named)?> Beside(
        ReadReport report,
        ReportEvidence input,
        CancellationToken ct
    )
    {
        if (input is not { Dataset: { Length: > 0 } dataset, ModelVersion: { Length: > 0 } model })
            return null;
        return report.Kind == Validation
            ? ("the model", await names.Find(model, ct))
            : ("the dataset", await names.Find(dataset, ct));
    }

    private static JsonObject About(NamedVersion named, string? why) =>
        new()
        {
            ["given"] = named.Given.Cut(300),
            ["versions"] = why is null
                ? new JsonArray([.. named.Versions.Select(v => (JsonNode)$"{v.Ref} {v.Caption}")])
                : null,
            ["why"] = why,
        };

    /// <summary>
    /// Why a validation that says itself what it looked at looked at something else than the version that it is given
    /// for; null when it did not.
    /// </summary>
    private async Task<string?> Elsewhere(
        ReadReport report,
        ReportedFact fact,
        NamedVersion named,
        CancellationToken ct
    )
    {
        if (report.Kind != Validation || fact.Content["dataset"].Text() is not { Length: > 0 } looked)
            return null;
        foreach (var version in named.Versions)
        {
            var asset = await db.Set<Asset>().AsNoTracking().SingleAsync(a => a.Id == version.AssetId, ct);
            var files = await db.Set<VersionDigest>()
                .Where(d => d.VersionId == version.Id && d.File != null)
                .Select(d => d.File!)
                .Take(1000)
                .ToListAsync(ct);
            string?[] called = [asset.Name, asset.ExternalId, asset.Location, version.Location, .. files];
            if (called.OfType<string>().Any(c => Same(c, looked)))
                return null;
        }
        return $"the validation looked at '{looked.Cut(80)}', which is no name, file or place of "
            + $"{string.Join(", ", named.Versions.Select(v => $"{v.Ref} {v.Caption}").Take(3))}.";
    }

    private static bool Same(string one, string other) =>
        Key(one) == Key(other) || Key(Last(one)) == Key(Last(other)) || Key(Stem(one)) == Key(Stem(other));

    private static string Key(string text) => SearchText.Fold(text).Replace('_', ' ').Replace('-', ' ').Trim();

    private static string Last(string text) => text.Split('?')[0].TrimEnd('/').Split('/', '\\')[^1];

    private static string Stem(string text) => Path.GetFileNameWithoutExtension(Last(text));

    private static void Doubt(string kind, JsonObject fact, string why)
    {
        string[] good = kind switch
        {
            Validation => ["success"],
            "test.run" => ["failures", "errors"],
            _ => ["severe", "errors"],
        };
        // A failure stays one, whatever it is about.
        if (Passed(Kinds[kind], fact) == false)
            return;
        if (fact["unknown"] is not JsonObject unknown)
            fact["unknown"] = unknown = [];
        foreach (var name in good)
            (fact[name], unknown[name]) = (null, $"it is not known what it is about: {why}");
    }

    private static bool? Passed(VersionResultKind kind, JsonObject fact) =>
        kind switch
        {
            VersionResultKind.Validation => fact["success"].Flag(),
            VersionResultKind.Tests => None(fact, "failures", "errors") is var good
            && good == true
            && Number(fact["tests"]) is not > 0
                ? null
                : good,
            VersionResultKind.Scan => None(fact, "severe", "errors") is true && fact["succeeded"].Flag() != true
                ? null
                : None(fact, "severe", "errors"),
            _ => null,
        };

    private static bool? None(JsonObject fact, params string[] counts)
    {
        var numbers = counts.Select(c => Number(fact[c])).ToList();
        return numbers.Exists(n => n > 0) ? false
            : numbers.Contains(null) ? null
            : true;
    }

    private static long? Number(JsonNode? node) =>
        node is JsonValue value && long.TryParse(value.ToJsonString(), CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
