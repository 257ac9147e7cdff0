using System.Text.Json.Nodes;
using Moat.Isms.Evidence.Reports;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Reading;

namespace Moat.Isms.Versions;

/// <summary>
/// What an attestation says of exact bytes: the files that it is about, the run and the commit that made them, and what
/// went into them (in-toto statement layer, SLSA provenance 0.1 to 1, OpenSSF model signing 1.0).
/// </summary>
internal sealed record AttestedStatement(
    IReadOnlyList<GivenDigest> Files,
    IReadOnlyList<GivenDigest> Materials,
    string? Builder,
    string? Run,
    string? Commit
)
{
    private const int MaxDepth = 64;
    private static readonly string[] Commits = ["gitCommit", "sha1"];

    /// <summary>By what a later word of the same builder about the same asset is known.</summary>
    public string Source => $"attestation:{Builder}".Cut(200);

    /// <summary>Reads the statement of a fact; null for a report that is no attestation.</summary>
    public static AttestedStatement? Of(ReportedFact fact)
    {
        if (fact.Signed is not { } envelope || GivenJson.Read(envelope.Payload, MaxDepth) is not JsonObject statement)
            return null;
        var predicate = statement["predicate"];
        var materials = predicate
            .At("materials")
            .Objects()
            .Concat(predicate.At("buildDefinition").At("resolvedDependencies").Objects())
            .ToList();
        // A model signature is about a list of files; each of them can be found again, the list cannot.
        var listed = predicate
            .At("resources")
            .Objects()
            .Select(r => GivenDigest.Of(r["algorithm"].Text(), r["digest"].Text(), r["name"].Text()))
            .OfType<GivenDigest>()
            .ToList();
        var subjects = statement["subject"].Objects().SelectMany(s => Digests(s, s["name"].Text()));
        return new AttestedStatement(
            [.. (listed.Count > 0 ? listed : subjects).DistinctBy(d => d.Value)],
            [.. materials.SelectMany(m => Digests(m, null)).Where(d => !d.IsForgeable)],
            predicate.At("runDetails").At("builder").At("id").Text() ?? predicate.At("builder").At("id").Text(),
            (
                predicate.At("runDetails").At("metadata").At("invocationId").Text()
                ?? predicate.At("metadata").At("buildInvocationId").Text()
                ?? predicate.At("metadata").At("buildInvocationID").Text()
            )?.Cut(1000),
            (CommitOf(materials) ?? CommitOf([predicate.At("invocation").At("configSource") as JsonObject ?? []]))?.Cut(
                200
            )
        );
    }

    private static IEnumerable<GivenDigest> Digests(JsonObject of, string? file) =>
        (of["digest"] as JsonObject ?? [])
            .Select(d => GivenDigest.Of(d.Key, d.Value.Text(), file))
            .OfType<GivenDigest>();

    private static string? CommitOf(IEnumerable<JsonObject> materials) =>
        materials
            .Where(m => m["uri"].Text()?.StartsWith("git+", StringComparison.Ordinal) == true)
            .SelectMany(m => Commits.Select(c => m["digest"].At(c).Text()))
            .FirstOrDefault(c => c is not null);
}
