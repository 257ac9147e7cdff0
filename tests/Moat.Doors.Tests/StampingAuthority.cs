using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Moat.Tests;

/// <summary>A time-stamping authority (RFC 3161) that OpenSSL runs.</summary>
internal static class StampingAuthority
{
    /// <summary>
    /// An authority that answers at /tsr; at /replayed always what it answered first; at /later only the second time.
    /// </summary>
    public static async Task<WebApplication> Start(TemporaryFolder folder)
    {
        Counterpart.Need(Counterpart.Find("openssl") is not null, "OpenSSL");
        await MakeKey(folder);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        byte[]? first = null;
        var calls = 0;
        app.MapPost("/tsr", async (HttpRequest request) => Results.Bytes(await Reply(folder, request)));
        app.MapPost("/replayed", async (HttpRequest request) => Results.Bytes(first ??= await Reply(folder, request)));
        app.MapPost(
            "/later",
            async (HttpRequest request) =>
                calls++ == 0 ? Results.StatusCode(503) : Results.Bytes(await Reply(folder, request))
        );
        app.MapPost("/broken", () => Results.StatusCode(500));
        app.MapPost("/nonsense", () => Results.Text("good morning"));
        await app.StartAsync();
        return app;
    }

    private static async Task MakeKey(TemporaryFolder folder)
    {
        await File.WriteAllTextAsync(
            folder.Of("tsa.cnf"),
            $"""
            [tsa]
            default_tsa = stamp
            [stamp]
            serial = {folder.Of("serial")}
            signer_cert = {folder.Of("tsa.crt")}
            signer_key = {folder.Of("tsa.key")}
            certs = {folder.Of("tsa.crt")}
            signer_digest = sha256
            default_policy = 1.2.3.4.1
            digests = sha256
            accuracy = secs:1
            ess_cert_id_alg = sha256
            """
        );
        await File.WriteAllTextAsync(folder.Of("serial"), "01");
        Assert.Equal(
            0,
            await OpenSsl(
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-keyout",
                folder.Of("tsa.key"),
                "-out",
                folder.Of("tsa.crt"),
                "-days",
                "2",
                "-subj",
                "/CN=Stamps of the test",
                "-addext",
                "extendedKeyUsage=critical,timeStamping",
                "-addext",
                "keyUsage=critical,digitalSignature"
            )
        );
    }

    private static async Task<byte[]> Reply(TemporaryFolder folder, HttpRequest request)
    {
        await using (var query = File.Create(folder.Of("query.tsq")))
            await request.Body.CopyToAsync(query);
        Assert.Equal(
            0,
            await OpenSsl(
                "ts",
                "-reply",
                "-config",
                folder.Of("tsa.cnf"),
                "-queryfile",
                folder.Of("query.tsq"),
                "-out",
                folder.Of("answer.tsr")
            )
        );
        return await File.ReadAllBytesAsync(folder.Of("answer.tsr"));
    }

    /// <summary>Runs OpenSSL to its end.</summary>
    public static async Task<int> OpenSsl(params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo("openssl", arguments) { RedirectStandardOutput = true, RedirectStandardError = true }
        )!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await Task.WhenAll(output, error);
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
