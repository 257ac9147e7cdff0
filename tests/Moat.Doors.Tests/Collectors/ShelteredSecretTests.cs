using System.Text.Json.Nodes;
using Moat.Collectors.Boms;
using Moat.Collectors.GitHub;
using Moat.Collectors.Http;
using Moat.Collectors.Json;
using Moat.Collectors.Models;
using Moat.Collectors.Monitoring;
using Moat.Collectors.ObjectStorage;
using Moat.Isms.Evidence.Collectors;
using Moat.Isms.Kernel;

namespace Moat.Tests;

/// <summary>
/// A secret does not travel in the clear: not when a source is entered, not when it is asked, not on a page that it
/// leads to.
/// </summary>
public sealed class ShelteredSecretTests
{
    [Theory]
    [InlineData("github", "organization=acme")]
    [InlineData("s3", "region=x")]
    [InlineData("mlflow")]
    [InlineData("prometheus")]
    [InlineData("huggingface", "organization=acme")]
    [InlineData("json", "kind=a.b")]
    [InlineData("bom")]
    public async Task A_source_with_a_secret_is_entered_with_an_address_over_TLS_or_a_host_that_the_operator_named(
        string kind,
        params string[] settings
    )
    {
        await using var acme = await Acme.Found();
        JsonArray At(string url) => new([.. settings.Append($"url={url}").Select(s => (JsonNode)s)]);
        var refused = await Assert.ThrowsAsync<InputInvalid>(() =>
            acme.Do(
                "collectors.create",
                new JsonObject
                {
                    ["name"] = "Source",
                    ["kind"] = kind,
                    ["settings"] = At("http://source.acme.test"),
                    ["secret"] = "a:b",
                }
            )
        );
        Assert.Equal("setting.url", refused.Errors[0].Field);
        Assert.Contains("--allow-host source.acme.test", refused.Errors[0].Message, StringComparison.Ordinal);
        await acme.Do(
            "collectors.create",
            new JsonObject
            {
                ["name"] = "Source",
                ["kind"] = kind,
                ["settings"] = At("http://127.0.0.1:9"),
                ["secret"] = "a:b",
            }
        );
        await acme.Do(
            "collectors.edit",
            new JsonObject { ["ref"] = "SRC-1", ["settings"] = At("https://source.acme.test") }
        );
        Assert.Equal(
            "setting.url",
            (
                await Assert.ThrowsAsync<InputInvalid>(() =>
                    acme.Do(
                        "collectors.edit",
                        new JsonObject { ["ref"] = "SRC-1", ["settings"] = At("http://source.acme.test") }
                    )
                )
            )
                .Errors[0]
                .Field
        );
    }

    [Fact]
    public async Task A_source_without_a_secret_may_be_asked_in_the_clear_until_it_gets_one()
    {
        await using var acme = await Acme.Found();
        await acme.Do(
            "collectors.create",
            new JsonObject
            {
                ["name"] = "Registry",
                ["kind"] = "mlflow",
                ["settings"] = new JsonArray("url=http://mlflow.acme.test"),
            }
        );
        Assert.Equal(
            "setting.url",
            (
                await Assert.ThrowsAsync<InputInvalid>(() =>
                    acme.Do("collectors.edit", new JsonObject { ["ref"] = "SRC-1", ["secret"] = "a:b" })
                )
            )
                .Errors[0]
                .Field
        );
    }

    [Fact]
    public async Task No_request_carries_a_secret_to_a_host_that_is_asked_in_the_clear()
    {
        await using var source = await RecordedSource.Start();
        using var http = new SourceHttp(new OutboundGuard([]), TimeSpan.FromMilliseconds(5));
        var access = source.Access(
            "key:secret",
            ("organization", "acme"),
            ("region", "x"),
            ("kind", "a.b"),
            ("id", "/id")
        );
        foreach (
            var collector in new ICollector[]
            {
                new GitHubCollector(http, TimeProvider.System),
                new S3Collector(http),
                new MlflowCollector(http),
                new PrometheusCollector(http),
                new HuggingFaceCollector(http),
                new JsonCollector(http),
                new BomCollector(http),
            }
        )
            Assert.Contains(
                "in the clear",
                (
                    await Assert.ThrowsAsync<CollectorFailed>(() => collector.Test(access, CancellationToken.None))
                ).Message,
                StringComparison.Ordinal
            );
        Assert.Empty(source.Requests);
    }
}
