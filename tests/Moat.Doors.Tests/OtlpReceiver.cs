using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Moat.Tests;

/// <summary>An operator's receiver of telemetry, by OTLP over HTTP.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, string> _received = new();
    private readonly WebApplication _app = WebApplication.CreateSlimBuilder().Build();

    private OtlpReceiver() { }

    public Uri Url => new(_app.Urls.First());

    /// <summary>All that came of each signal.</summary>
    public IReadOnlyDictionary<string, string> Received => _received;

    public static async Task<OtlpReceiver> Listen()
    {
        var receiver = new OtlpReceiver();
        receiver._app.Urls.Add("http://127.0.0.1:0");
        receiver._app.MapPost(
            "/v1/{signal}",
            async (string signal, HttpRequest request) =>
            {
                using var body = new MemoryStream();
                await request.Body.CopyToAsync(body);
                var text = Encoding.Latin1.GetString(body.ToArray());
                receiver._received.AddOrUpdate(signal, _ => text, (_, before) => before + text);
                return Results.Ok();
            }
        );
        await receiver._app.StartAsync();
        return receiver;
    }

    /// <summary>What came of a signal, such as metrics; nothing yet is empty.</summary>
    public string Sent(string signal) => _received.GetValueOrDefault(signal, "");

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
