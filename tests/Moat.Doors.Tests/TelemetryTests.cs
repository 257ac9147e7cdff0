using System.Text.Json.Nodes;

namespace Moat.Tests;

/// <summary>
/// Alone: what is measured is the whole process's, and other servers of it would crowd out what this one sends.
/// </summary>
[CollectionDefinition(nameof(TelemetryTests), DisableParallelization = true)]
public sealed class TelemetryAlone;

/// <summary>What goes to an operator's OTLP receiver, and what does not.</summary>
[Collection(nameof(TelemetryTests))]
[TakesLong]
public sealed class TelemetryTests : IAsyncLifetime
{
    private const string Route = "/api/v1/{org}/assets/{ref}";

    private OtlpReceiver _receiver = null!;

    public async ValueTask InitializeAsync() => _receiver = await OtlpReceiver.Listen();

    public ValueTask DisposeAsync() => _receiver.DisposeAsync();

    [Fact]
    public async Task Operations_are_traced_and_measured_without_names_records_or_inputs()
    {
        await using (var acme = await Acme.Found(listens: true, telemetry: _receiver.Url))
        {
            await acme.Do("assets.create", new JsonObject { ["name"] = "Reranker weights", ["kind"] = "model" });
            // A caller who says that nothing is to be traced is traced all the same.
            using var client = new HttpClient(new SocketsHttpHandler { ActivityHeadersPropagator = null });
            client.DefaultRequestHeaders.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00");
            using var answer = await client.GetAsync($"{acme.Url}/api/v1/acme/assets/AST-1?q=secret-of-a-link");
            await Assert.ThrowsAnyAsync<Exception>(() =>
                acme.Do("assets.create", new JsonObject { ["name"] = "Reranker weights", ["kind"] = "moon" })
            );
            // Spans go out every few seconds; what is left at the end is given five seconds only.
            for (var wait = 0; wait < 60 && !_receiver.Sent("traces").Contains(Route, StringComparison.Ordinal); wait++)
                await Task.Delay(TimeSpan.FromSeconds(1));
        }
        Assert.Contains("assets.create", _receiver.Sent("traces"), StringComparison.Ordinal);
        Assert.Contains("moat.operation.duration", _receiver.Sent("metrics"), StringComparison.Ordinal);
        Assert.Contains("moat.writes", _receiver.Sent("metrics"), StringComparison.Ordinal);
        Assert.Contains(Route, _receiver.Sent("traces"), StringComparison.Ordinal);
        Assert.Contains("refused", _receiver.Sent("metrics"), StringComparison.Ordinal);
        Assert.All(
            _receiver.Received.Values,
            sent =>
            {
                Assert.DoesNotContain("Reranker", sent, StringComparison.Ordinal);
                Assert.DoesNotContain("Ada", sent, StringComparison.Ordinal);
                Assert.DoesNotContain("AST-1", sent, StringComparison.Ordinal);
                Assert.DoesNotContain("secret-of-a-link", sent, StringComparison.Ordinal);
                Assert.DoesNotContain("v1/acme", sent, StringComparison.Ordinal);
            }
        );
    }

    [Fact]
    public async Task Nothing_leaves_a_server_that_names_no_receiver()
    {
        await using (var acme = await Acme.Found(listens: true))
            await acme.Do("assets.create", new JsonObject { ["name"] = "Reranker weights", ["kind"] = "model" });
        Assert.Empty(_receiver.Received);
    }
}
