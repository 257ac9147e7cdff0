using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Moat.Isms.Evidence.Attestations;
using Moat.Isms.Kernel.Reading;

namespace Moat.Isms.Evidence.Reports;

/// <summary>
/// in-toto statements in DSSE envelopes, plain or in Sigstore bundles, one per line or one in the file. What they state is read and
/// their signatures are counted; whether a key that the organisation named made them, only the organisation's keys can tell.
/// </summary>
internal static class AttestationReader
{
    private const string PayloadType = "application/vnd.in-toto+json";
    private const int MostSubjects = 50;
    private const int MaxDepth = 64;

    public static ReadReport? Read(byte[] content)
    {
        var facts = new List<ReportedFact>();
        foreach (var envelope in Envelopes(Encoding.UTF8.GetString(content)))
        {
            if (envelope is null) return null;
            if (envelope["payloadType"].Text() != PayloadType) throw ReportReader.Wrong($"The payload of this envelope is {envelope["payloadType"].Text()}, not an in-toto statement.");
            facts.Add(One(envelope));
        }
        return facts.Count == 0 ? null : new ReadReport("in-toto attestation", "provenance.artifact", facts, ReportReader.Count(facts.Count, "attested artefact"));
    }

    private static IEnumerable<JsonObject?> Envelopes(string text)
    {
        var whole = Parse(text);
        var documents = whole is not null ? [whole] : text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Parse);
        foreach (var document in documents)
            yield return (document?["dsseEnvelope"] ?? document) is JsonObject envelope && envelope.ContainsKey("payload") && envelope.ContainsKey("payloadType") ? envelope : null;
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
        var payload = SignedEnvelope.Base64(envelope["payload"].Text()) ?? throw ReportReader.Wrong("The payload of this envelope is not base64.");
        var statement = Statement(payload);
        var predicate = statement["predicate"] as JsonObject;
        var subjects = statement["subject"].Objects().ToList();
        if (subjects.Count == 0) throw ReportReader.Wrong("This statement names no subject, so it is about nothing.");
        var source = predicate?["materials"].Objects().Concat(predicate?["buildDefinition"]?["resolvedDependencies"].Objects() ?? []).Select(m => m["uri"].Text()).FirstOrDefault(u => u is not null);
        var name = subjects[0]["name"].Text();
        var fact = new JsonObject
        {
            ["statement"] = statement["_type"].Text(),
            ["predicate"] = statement["predicateType"].Text(),
            ["subjects"] = new JsonArray([.. subjects.Take(MostSubjects).Select(s => (JsonNode)new JsonObject { ["name"] = s["name"].Text(), ["digest"] = s["digest"]?.DeepClone() })]),
            ["files"] = (predicate?["resources"] as JsonArray)?.Count,
            ["builder"] = predicate?["builder"]?["id"].Text() ?? predicate?["runDetails"]?["builder"]?["id"].Text(),
            ["source"] = source,
            ["signatures"] = (envelope["signatures"] as JsonArray)?.Count ?? 0,
            ["verified"] = null,
            ["unknown"] = new JsonObject { ["verified"] = "the signatures are not verified yet" },
        };
        return new ReportedFact(name, fact, SignedEnvelope.Of(envelope, payload));
    }

    private static JsonObject Statement(byte[] payload)
    {
        try
        {
            return GivenJson.Read(payload, MaxDepth) as JsonObject ?? throw ReportReader.Wrong("The payload is no JSON object.");
        }
        catch (JsonException)
        {
            throw ReportReader.Wrong("The payload of this envelope is not a JSON statement.");
        }
    }
}
