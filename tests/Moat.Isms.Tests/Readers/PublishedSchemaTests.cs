using System.Text;
using System.Text.Json;
using Moat.Isms.Kernel.Reading.Schemas;

namespace Moat.Tests;

/// <summary>What claims a format is held against the schema that the format's publisher gives out.</summary>
public sealed class PublishedSchemaTests
{
    public static TheoryData<string> Names => [.. PublishedSchema.All.Select(s => s.Name)];

    [Theory, MemberData(nameof(Names))]
    public void Every_keyword_of_every_schema_is_evaluated_and_nothing_is_asked_for_that_is_not_there(string name)
    {
        var violations = Of(PublishedSchema.All.Single(s => s.Name == name), "{}");
        Assert.All(violations, v => Assert.Contains("is missing", v.Message, StringComparison.Ordinal));
        Assert.NotEmpty(violations);
    }

    [Theory]
    [InlineData("""{"type":"libary","name":"x"}""", "$.components[0].type", "'libary' is not one of the 13 words")]
    [InlineData("""{"type":"library"}""", "$.components[0]", "'name' is missing")]
    [InlineData("""{"type":"library","name":7}""", "$.components[0].name", "A text is needed here")]
    [InlineData("""{"type":"library","name":"x","bom-ref":""}""", "$.components[0].bom-ref", "It is empty")]
    [InlineData("""{"type":"library","name":"x","colour":"red"}""", "$.components[0].colour", "no member of this name")]
    [InlineData(
        """{"type":"library","name":"x","hashes":[{"alg":"SHA-256","content":"xyz"}]}""",
        "$.components[0].hashes[0].content",
        "does not have the form"
    )]
    [InlineData(
        """{"type":"library","name":"x","licenses":[{"license":{"id":"Apache 2"}}]}""",
        "$.components[0].licenses[0].license.id",
        "'Apache 2' is not one of"
    )]
    [InlineData(
        """{"type":"library","name":"x","licenses":[{"license":{"id":"MIT","name":"MIT"}}]}""",
        "$.components[0].licenses[0].license",
        "fits several"
    )]
    [InlineData("""7""", "$.components[0]", "An object is needed here")]
    public void A_violation_says_where_and_what(string component, string place, string says)
    {
        var violation = Assert.Single(
            Bill($$"""{"bomFormat":"CycloneDX","specVersion":"1.6","components":[{{component}}]}""")
        );
        Assert.Equal(place, violation.Place);
        Assert.Contains(says, violation.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"a":1,"b":[2]}""", """{"b":[2.0],"a":1}""", true)]
    [InlineData("""{"a":1}""", """{"a":"1"}""", false)]
    [InlineData("[1,2]", "[2,1]", false)]
    public void Two_values_are_the_same_whatever_the_order_of_their_names(string one, string other, bool same)
    {
        var (a, b) = (JsonDocument.Parse(one).RootElement, JsonDocument.Parse(other).RootElement);
        Assert.Equal(same, AreSame(a, b));
    }

    [Theory]
    [InlineData("2026-03-02T09:00:00Z", 0)]
    [InlineData("2026-03-02T09:00:00.123+02:00", 0)]
    [InlineData("2026-02-30T09:00:00Z", 1)]
    [InlineData("2026-03-02 at nine", 1)]
    [InlineData("2026-03-02", 1)]
    public void A_time_is_one(string time, int violations) =>
        Assert.Equal(
            violations,
            Bill($$"""{"bomFormat":"CycloneDX","specVersion":"1.6","metadata":{"timestamp":"{{time}}"} }""").Count
        );

    [Fact]
    public void A_thousand_violations_are_told_as_the_first_hundred()
    {
        var many = string.Join(',', Enumerable.Repeat("""{"type":"nothing"}""", 1000));
        Assert.Equal(100, Bill($$"""{"bomFormat":"CycloneDX","specVersion":"1.6","components":[{{many}}]}""").Count);
    }

    [Fact]
    public void Every_real_file_follows_its_schema_and_every_invalid_one_does_not()
    {
        foreach (
            var file in Corpus
                .Files("cyclonedx", "*.json")
                .Where(f => !f.Contains("/schemas/", StringComparison.Ordinal))
        )
        {
            using var json = JsonDocument.Parse(System.IO.File.ReadAllBytes(file));
            if (!json.RootElement.TryGetProperty("specVersion", out var version))
                continue;
            var isInvalid = file.Contains("invalid-", StringComparison.Ordinal);
            Assert.True(
                isInvalid == PublishedSchema.CycloneDx(version.GetString())!.Violations(json.RootElement).Count > 0,
                file
            );
        }
        foreach (var file in Corpus.Files("sarif", "*.sarif"))
            Assert.True(
                file.Contains("No-runs", StringComparison.Ordinal)
                    == Of(PublishedSchema.Sarif, System.IO.File.ReadAllText(file)).Count > 0,
                file
            );
        foreach (var file in Corpus.Files("oscal/examples", "*catalog.json"))
            Assert.Empty(Of(PublishedSchema.Oscal("1.1.3"), System.IO.File.ReadAllText(file)));
    }

    // A list whose entries have to differ shows it.
    private static bool AreSame(JsonElement a, JsonElement b)
    {
        var list =
            $$"""{"version":"2.1.0","runs":[],"inlineExternalProperties":[{"properties":{"v":{{a.GetRawText()}} } },{"properties":{"v":{{b.GetRawText()}} } }]}""";
        return Of(PublishedSchema.Sarif, list).Any(v => v.Message.Contains("twice", StringComparison.Ordinal));
    }

    private static IReadOnlyList<SchemaViolation> Bill(string json) => Of(PublishedSchema.CycloneDx("1.6")!, json);

    private static IReadOnlyList<SchemaViolation> Of(PublishedSchema schema, string json) =>
        schema.Violations(Encoding.UTF8.GetBytes(json), 64);
}
