using Moat.Collectors.ObjectStorage;
using Moat.Isms.Evidence.Collectors;
using Moat.Knowledge;
using Moat.Knowledge.Checks;

namespace Moat.Tests;

/// <summary>
/// A real S3 server that speaks only part of the protocol: buckets and keys it knows; what it does not speak is
/// unknown, neither good nor bad.
/// </summary>
public sealed class StorageServerTests
{
    [Fact]
    public async Task Buckets_are_listed_with_a_key_that_the_server_knows_and_what_the_server_does_not_speak_is_unknown()
    {
        using var folder = new TemporaryFolder();
        var port = NodeProgram.FreePort();
        using var server = await NodeProgram.Start(
            "s3rver/bin/s3rver.js",
            "S3rver listening",
            "--directory",
            folder.Path,
            "--address",
            "127.0.0.1",
            "--port",
            $"{port}",
            "--configure-bucket",
            "weights",
            "--configure-bucket",
            "notes"
        );
        CollectorAccess Access(string key, string prefix = "") =>
            new(
                new Dictionary<string, string>
                {
                    ["url"] = $"http://127.0.0.1:{port}",
                    ["region"] = "us-east-1",
                    ["prefix"] = prefix,
                },
                key
            );
        var collector = new S3Collector(RecordedSource.Http());
        Assert.Equal("2 buckets can be listed.", await collector.Test(Access("S3RVER:S3RVER"), CancellationToken.None));
        Assert.Equal(
            "1 buckets can be listed.",
            await collector.Test(Access("S3RVER:S3RVER", "wei"), CancellationToken.None)
        );
        Assert.Contains(
            "InvalidAccessKeyId",
            (
                await Assert.ThrowsAsync<CollectorFailed>(() =>
                    collector.Test(Access("WRONG:S3RVER"), CancellationToken.None)
                )
            ).Message,
            StringComparison.Ordinal
        );

        var facts = (await RecordedSource.Everything(collector, Access("S3RVER:S3RVER")))
            .Cast<CollectedFact>()
            .ToList();
        Assert.Equal(["notes", "weights"], facts.Select(f => f.ExternalId));
        foreach (var fact in facts)
            Assert.All(
                KnowledgeBase.Shipped.Checks.Where(c => c.Resource == "s3.bucket" && c.Applies is null),
                c =>
                    Assert.Equal(
                        CheckOutcome.Unknown,
                        c.Rule.Evaluate(new FactContent(fact.Content.ToJsonString())).Outcome
                    )
            );
        Assert.Contains(
            "NotImplemented",
            (string)facts[0].Content["unknown"]!["versioning"]!,
            StringComparison.Ordinal
        );
    }
}
