using System.Text.Json;
using Json.Schema;
using Moat.Isms.Kernel.Reading;
using Moat.Isms.Kernel.Reading.Schemas;

namespace Moat.Fuzz;

/// <summary>Holds the product's validator against an independent one: both must say the same of each bill.</summary>
internal static class SchemaVerdicts
{
    private const int MaxDepth = 32;
    private const int LargestForBoth = 100_000;

    private static readonly JsonSchema Other = Load();

    public static Outcome Compare(byte[] content)
    {
        JsonDocument document;
        try
        {
            document = GivenJson.Document(content, MaxDepth);
        }
        catch (JsonException)
        {
            return Outcome.Refused;
        }
        using (document)
        {
            var found = PublishedSchema.CycloneDx("1.6")!.Violations(document.RootElement);
            // Forms of text (format) are notes for the other one unless it is told otherwise, and differ in strictness
            // between validators.
            if (found.Count > 0 && found.All(v => v.Message.Contains(" is not a", StringComparison.Ordinal)))
                return Outcome.NotUnderstood;
            // The other one needs hundreds of bytes for each byte of a file, and knows no number that is not a decimal.
            if (content.Length > LargestForBoth || Verdict(document.RootElement) is not { } fits)
                return found.Count == 0 ? Outcome.Read : Outcome.NotUnderstood;
            return fits == (found.Count == 0)
                ? fits
                    ? Outcome.Read
                    : Outcome.NotUnderstood
                : throw new InvalidOperationException(
                    $"The other validator says {(fits ? "right" : "wrong")}, this one: {string.Join(" | ", found.Take(3).Select(v => v.Sentence))}"
                );
        }
    }

    private static bool? Verdict(JsonElement bill)
    {
        try
        {
            return Other.Evaluate(bill, new EvaluationOptions { OutputFormat = OutputFormat.Flag }).IsValid;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static JsonSchema Load()
    {
        var options = new BuildOptions { SchemaRegistry = new SchemaRegistry() };
        string Text(string file)
        {
            using var reader = new StreamReader(
                typeof(PublishedSchema).Assembly.GetManifestResourceStream($"schemas/{file}.schema.json")!
            );
            return reader.ReadToEnd();
        }
        foreach (var shared in new[] { "spdx", "jsf-0.82", "cryptography-defs" })
            JsonSchema.FromText(Text(shared), options);
        return JsonSchema.FromText(Text("bom-1.6"), options);
    }
}
