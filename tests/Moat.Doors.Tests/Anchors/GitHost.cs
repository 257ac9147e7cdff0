using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Moat.Tests;

/// <summary>
/// Git itself: repositories in a folder, and its own http-backend behind a web server, as CGI has it (RFC 3875).
/// </summary>
internal sealed class GitHost(TemporaryFolder folder) : IAsyncDisposable
{
    private WebApplication? _app;

    public string Url => _app!.Urls.First();

    /// <summary>Makes an empty repository, without a working tree, that takes pushes.</summary>
    public async Task<string> Make(string name)
    {
        Counterpart.Need(Counterpart.Find("git") is not null, "Git");
        var path = folder.Of(name);
        await Run(folder.Path, "init", "--quiet", "--bare", path);
        await Run(path, "config", "http.receivepack", "true");
        return path;
    }

    /// <summary>Serves the folder's repositories over http.</summary>
    public async Task Serve()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Urls.Add("http://127.0.0.1:0");
        _app.Run(Answer);
        await _app.StartAsync();
    }

    /// <summary>Runs git in a folder and answers what it printed.</summary>
    public static async Task<string> Run(string where, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo("git", ["-c", "user.name=Test", "-c", "user.email=test@acme.test", .. arguments])
            {
                WorkingDirectory = where,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await error);
        return (await output).Trim();
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
    }

    private async Task Answer(HttpContext http)
    {
        var start = new ProcessStartInfo("git", ["http-backend"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        (start.Environment["GIT_PROJECT_ROOT"], start.Environment["GIT_HTTP_EXPORT_ALL"]) = (folder.Path, "1");
        (start.Environment["PATH_INFO"], start.Environment["QUERY_STRING"]) = (
            http.Request.Path.Value,
            http.Request.QueryString.Value!.TrimStart('?')
        );
        (start.Environment["REQUEST_METHOD"], start.Environment["CONTENT_TYPE"]) = (
            http.Request.Method,
            http.Request.ContentType ?? ""
        );
        start.Environment["HTTP_CONTENT_ENCODING"] = http.Request.Headers.ContentEncoding.ToString();
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        start.Environment["CONTENT_LENGTH"] = body.Length.ToString(CultureInfo.InvariantCulture);
        using var process = Process.Start(start)!;
        using var said = new MemoryStream();
        var reading = process.StandardOutput.BaseStream.CopyToAsync(said);
        await process.StandardInput.BaseStream.WriteAsync(body.ToArray());
        process.StandardInput.Close();
        await reading;
        await Tell(http.Response, said.ToArray());
    }

    private static async Task Tell(HttpResponse response, byte[] said)
    {
        var end = said.AsSpan().IndexOf("\r\n\r\n"u8);
        foreach (var header in Encoding.ASCII.GetString(said, 0, end).Split("\r\n").Select(h => h.Split(": ", 2)))
            if (header[0] == "Status")
                response.StatusCode = int.Parse(header[1].Split(' ')[0], CultureInfo.InvariantCulture);
            else
                response.Headers[header[0]] = header[1];
        await response.Body.WriteAsync(said.AsMemory(end + 4));
    }
}
