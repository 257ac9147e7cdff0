using System.IO.Compression;
using System.Text.Json.Nodes;

namespace Moat.Tests;

/// <summary>What the example company can show about documents, people and communication, by its records alone.</summary>
public sealed class ExampleRecordsTests(DemoSite site)
{
    [Fact]
    public async Task Support_is_documented_and_operating()
    {
        var told = JsonNode.Parse(await MoatProgram.Do("readiness", "--data", site.Data, "--org", "corvid", "--format", "json"))!;
        var requirements = (told as JsonArray ?? told["requirements"]!.AsArray()).ToDictionary(r => (string)r!["id"]!);
        foreach (var clause in new[] { "5.2", "5.3", "7.2", "7.3", "7.5.1", "7.5.2", "7.5.3" })
            foreach (var degree in new[] { "documented", "operating" })
                Assert.True((int)requirements[clause]!["doi"]![degree]!["percent"]! == 100, $"{clause} is not {degree}: {requirements[clause]!["rules"]}");
    }

    [Fact]
    public async Task The_pack_has_the_approved_documents_the_confirmations_and_the_competence_records()
    {
        using var folder = new TemporaryFolder();
        await MoatProgram.Do("pack", "--data", site.Data, "--org", "corvid", "--out", folder.Of("pack.zip"));
        Assert.Contains("OK:", await MoatProgram.Do("verify", folder.Of("pack.zip")), StringComparison.Ordinal);
        using var pack = ZipFile.OpenRead(folder.Of("pack.zip"));
        Assert.True(pack.Entries.Count(e => e.FullName.StartsWith("documents/approved/", StringComparison.Ordinal)) >= 36);
        Assert.True(pack.Entries.Count(e => e.FullName.EndsWith(".docx", StringComparison.Ordinal)) >= 36);
        Assert.True(Register(pack, "documents")["Acknowledgement"]!.AsArray().Count(a => (string?)a!["Confirmed at"] is not null) >= 36);
        Assert.True(Register(pack, "competence")["CompetenceProof"]!.AsArray().Count >= 20);
        Assert.True(Register(pack, "training")["CourseAssignment"]!.AsArray().Count(a => (string?)a!["Passed at"] is not null) >= 20);
    }

    private static JsonObject Register(ZipArchive pack, string name)
    {
        using var file = pack.GetEntry($"registers/{name}.json")!.Open();
        return JsonNode.Parse(file)!.AsObject();
    }
}
