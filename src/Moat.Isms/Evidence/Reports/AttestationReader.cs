using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Moat.Isms.Evidence.Attestations;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Reading;

namespace Moat.Isms.Evidence.Reports;

/// <summary>
/// in-toto statements in DSSE envelopes, plain or in Sigstore bundles, one per line or one in the file. What they state
/// is read and their signatures are counted; whether a key that the organisation named made them, only the
/// organisation's keys can tell.
/// </summary>
internal static class AttestationReader
{
    private const string PayloadType = "application/vnd.in-toto+json";

    /// <summary>The most statements in one file.</summary>
    internal const int MostStatements = 1_000;

    internal const int MaxDepth = 64;
    private const int MostSubjects = 50;

    // The statement's own versions (in-toto attestation framework, statement layer).
    private static readonly string[] Statements =
    [
        "https://in-toto.io/Statement/v0.1",
        "https://in-toto.io/Statement/v1",
    ];

    // The predicates whose builder and materials are read (SLSA provenance).
    private static readonly string[] Provenances =
    [
        "https://slsa.dev/provenance/v0.1",
        "https://slsa.dev/provenance/v0.2",
        "https://slsa.dev/provenance/v1",
    ];

    public static ReadReport? Read(byte[] content)
    {
        var facts = new List<ReportedFact>();
        foreach (var envelope in Envelopes(Encoding.UTF8.GetString(content)))
        {
            if (envelope is null)
                return null;
            if (envelope["payloadType"].Text() != PayloadType)
                throw ReportReader.Wrong(
                    $"The payload of this envelope is {envelope["payloadType"].Text()}, not an in-toto statement."
                );
            if (facts.Count == MostStatements)
                throw ReportReader.Wrong(
                    $"More than {GivenParts.Count(MostStatements, "statement")} are not read from one file. Split it."
                );
            facts.Add(One(envelope));
        }
        return facts.Count == 0
            ? null
            : new ReadReport(
                "in-toto attestation",
                "provenance.artifact",
                facts,
                GivenParts.Count(facts.Count, "attested artefact")
            )
            {
                Remarks = [.. facts.Select(f => Unread(f.Content)).OfType<string>().Distinct()],
            };
    }

    private static IEnumerable<JsonObject?> Envelopes(string text)
    {
        var whole = Parse(text);
        var documents = whole is not null
            ? [whole]
            : text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Parse);
        foreach (var document in documents)
            yield return (document.At("dsseEnvelope") ?? document) is JsonObject envelope
            && envelope.ContainsKey("payload")
            && envelope.ContainsKey("payloadType")
                ? envelope
                : null;
    }

    private static JsonObject? Parse(string text)
    {
        try
        {
            return GivenJson.Read(text, MaxDepth) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static ReportedFact One(JsonObject envelope)
    {
        var payload =
            SignedEnvelope.Base64(envelope["payload"].Text())
            ?? throw ReportReader.Wrong("The payload of this envelope is not base64.");
        var statement = Statement(payload);
        var subjects = Subjects(statement);
        var type =
            statement["predicateType"].Text()
            ?? throw ReportReader.Wrong("This statement names no predicateType, so nobody can say what it states.");
        var fact = new JsonObject
        {
            ["statement"] = statement["_type"].Text(),
            ["predicate"] = type,
            ["subjects"] = new JsonArray([
                .. subjects
                    .Take(MostSubjects)
                    .Select(s =>
                        (JsonNode)new JsonObject { ["name"] = s["name"].Text(), ["digest"] = s["digest"]?.DeepClone() }
                    ),
            ]),
            ["subjectCount"] = subjects.Count,
            ["files"] = (statement["predicate"].At("resources") as JsonArray)?.Count,
            ["builder"] = null,
            ["source"] = null,
            ["signatures"] = (envelope["signatures"] as JsonArray)?.Count ?? 0,
            ["verified"] = null,
            ["unknown"] = new JsonObject { ["verified"] = "the signatures are not verified yet" },
        };
        if (Provenances.Contains(type))
            Origin(fact, statement["predicate"] as JsonObject);
        else
            fact["unknown"]!["builder"] = $"the predicate {type.Cut(200)} is not one whose builder is read";
        return new ReportedFact(subjects[0]["name"].Text(), fact, SignedEnvelope.Of(envelope, payload));
    }

    /// <summary>Who built it and of what: SLSA 0.1 and 0.2 name materials, SLSA 1 resolved dependencies.</summary>
    private static void Origin(JsonObject fact, JsonObject? provenance)
    {
        fact["builder"] =
            provenance.At("builder").At("id").Text() ?? provenance.At("runDetails").At("builder").At("id").Text();
        if (fact["builder"] is null)
            fact["unknown"]!["builder"] = "the provenance names no builder that can be read";
        fact["source"] = provenance
            .At("materials")
            .Objects()
            .Concat(provenance.At("buildDefinition").At("resolvedDependencies").Objects())
            .Select(m => m["uri"].Text())
            .FirstOrDefault(u => u is not null);
        if (fact["source"] is null)
            fact["unknown"]!["source"] = "the provenance names no source that can be read";
    }

    /// <summary>
    /// What a statement is about. Each subject is bound to it by a digest (in-toto statement layer, "subject").
    /// </summary>
    private static List<JsonObject> Subjects(JsonObject statement)
    {
        if (!Statements.Contains(statement["_type"].Text()))
            throw ReportReader.Wrong(
                $"This is no in-toto statement that is understood: its _type is '{statement["_type"].Text()?.Cut(100)}'. "
                    + $"Understood are {string.Join(" and ", Statements)}."
            );
        var told = statement["subject"] as JsonArray ?? [];
        var odd = told.ToList().FindIndex(s => s is not JsonObject);
        if (odd >= 0)
            throw ReportReader.Wrong(
                $"Subject {odd + 1} of this statement is no JSON object, so nobody can say which file it is about."
            );
        var subjects = told.Objects().ToList();
        if (subjects.Count == 0)
            throw ReportReader.Wrong("This statement names no subject, so it is about nothing.");
        var loose = subjects.FindIndex(s =>
            s["digest"] is not JsonObject { Count: > 0 } digest
            || digest.Any(d => d.Value.Text() is not { Length: > 0 })
        );
        return loose < 0
            ? subjects
            : throw ReportReader.Wrong(
                $"Subject {loose + 1} of this statement has no digest, so nobody can say which file it is about."
            );
    }

    private static string? Unread(JsonObject fact)
    {
        var type = fact["predicate"].Text()!;
        var many =
            (int)fact["subjectCount"]! > MostSubjects
                ? $" Only the first {MostSubjects} of its {fact["subjectCount"]} subjects are listed."
                : "";
        return Provenances.Contains(type)
            ? $"Of the predicate {type} the builder and the first source are read; the rest of it is not.{many}"
            : $"The predicate {type.Cut(200)} is not read, but for the number of its resources.{many}";
    }

    private static JsonObject Statement(byte[] payload)
    {
        try
        {
            return GivenJson.Read(payload, MaxDepth) as JsonObject
                ?? throw ReportReader.Wrong("The payload is no JSON object.");
        }
        catch (JsonException)
        {
            throw ReportReader.Wrong("The payload of this envelope is not a JSON statement.");
        }
    }
}
