using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

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

    private readonly ConcurrentDictionary<string, string> _received = new();
    private WebApplication _receiver = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        _receiver = builder.Build();
        _receiver.Urls.Add("http://127.0.0.1:0");
        _receiver.MapPost(
            "/v1/{signal}",
            async (string signal, HttpRequest request) =>
            {
                using var body = new MemoryStream();
                await request.Body.CopyToAsync(body);
                _received.AddOrUpdate(signal, _ => Latin(body), (_, before) => before + Latin(body));
                return Results.Ok();
            }
        );
        await _receiver.StartAsync();
    }

    public ValueTask DisposeAsync() => _receiver.DisposeAsync();

    [Fact]
    public async Task Operations_are_traced_and_measured_without_names_records_or_inputs()
    {
        await using (var acme = await Acme.Found(listens: true, telemetry: new Uri(_receiver.Urls.First())))
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
            for (var wait = 0; wait < 60 && !Sent("traces").Contains(Route, StringComparison.Ordinal); wait++)
                await Task.Delay(TimeSpan.FromSeconds(1));
        }
        Assert.Contains("assets.create", _received["traces"], StringComparison.Ordinal);
        Assert.Contains("moat.operation.duration", _received["metrics"], StringComparison.Ordinal);
        Assert.Contains(Route, _received["traces"], StringComparison.Ordinal);
        Assert.Contains("refused", _received["metrics"], StringComparison.Ordinal);
        Assert.All(
            _received.Values,
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
        Assert.Empty(_received);
    }

    private string Sent(string signal) => _received.GetValueOrDefault(signal, "");

    private static string Latin(MemoryStream body) => Encoding.Latin1.GetString(body.ToArray());
}
