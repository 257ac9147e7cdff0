using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Moat.Collectors.Http;
using Moat.Isms.Evidence.Collectors;

namespace Moat.Tests;

/// <summary>
/// A source that answers what was recorded of a real one, by path and query; what it does not know is 404.
/// </summary>
internal sealed class RecordedSource : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly List<(Func<HttpRequest, bool> Asked, Func<HttpContext, Task> Answer)> _answers = [];

    private RecordedSource()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Run(async http =>
        {
            lock (Requests)
                Requests.Add($"{http.Request.Method} {http.Request.Path}{http.Request.QueryString}");
            var answer = _answers.FirstOrDefault(a => a.Asked(http.Request)).Answer;
            if (answer is null)
                http.Response.StatusCode = 404;
            else
                await answer(http);
        });
    }

    public List<string> Requests { get; } = [];

    public string Url => _app.Urls.First();

    public static async Task<RecordedSource> Start()
    {
        var source = new RecordedSource();
        await source._app.StartAsync();
        return source;
    }

    /// <summary>The way out of collectors, with the loopback allowed and hardly any waiting between tries.</summary>
    public static SourceHttp Http() => new(new OutboundGuard(["127.0.0.1"]), TimeSpan.FromMilliseconds(5));

    /// <summary>What a collector works with.</summary>
    public CollectorAccess Access(string? secret = "secret-token", params (string Name, string Value)[] settings) =>
        new(settings.Append(("url", Url)).ToDictionary(s => s.Item1, s => s.Item2), secret);

    public RecordedSource On(
        string path,
        string body,
        int status = 200,
        params (string Name, string Value)[] headers
    ) => On(r => r.Path == path, body, status, headers);

    public RecordedSource On(
        Func<HttpRequest, bool> asked,
        string body,
        int status = 200,
        params (string Name, string Value)[] headers
    ) =>
        On(
            asked,
            http =>
            {
                http.Response.StatusCode = status;
                http.Response.ContentType = body.StartsWith('<') ? "application/xml" : "application/json";
                foreach (var (name, value) in headers)
                    http.Response.Headers[name] = value;
                return http.Response.WriteAsync(body, Encoding.UTF8);
            }
        );

    public RecordedSource On(Func<HttpRequest, bool> asked, Func<HttpContext, Task> answer)
    {
        _answers.Add((asked, answer));
        return this;
    }

    public static async Task<List<Collected>> Everything(ICollector collector, CollectorAccess access)
    {
        var all = new List<Collected>();
        await foreach (var one in collector.Collect(access, CancellationToken.None))
            all.Add(one);
        return all;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
