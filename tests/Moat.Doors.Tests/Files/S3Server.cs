using System.Globalization;
using Moat.Storage.Blobs;

namespace Moat.Tests;

/// <summary>A real S3 server with one bucket, whose objects are files of a folder.</summary>
internal sealed class S3Server : IDisposable
{
    private const string Key = "S3RVER:S3RVER";

    private readonly TemporaryFolder _folder = new();
    private readonly int _port = NodeProgram.FreePort();
    private NodeProgram? _program;

    public string Address => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_port}/files/moat");

    /// <summary>What an operator sets to keep files there.</summary>
    public Dictionary<string, string> Variables => new() { ["MOAT_BLOBS"] = Address, ["MOAT_BLOBS_KEY"] = Key };

    /// <summary>The objects of files.</summary>
    public IReadOnlyList<string> Objects => Directory.GetFiles(_folder.Path, "*_object", SearchOption.AllDirectories);

    public static async Task<S3Server> Start()
    {
        var server = new S3Server();
        await server.Run();
        return server;
    }

    public BucketOptions Options(string key = Key) => BucketOptions.Read(Address, key);

    /// <summary>Starts again after it was away.</summary>
    public async Task Run() =>
        _program = await NodeProgram.Start(
            "s3rver/bin/s3rver.js",
            "S3rver listening",
            "--directory",
            _folder.Path,
            "--address",
            "127.0.0.1",
            "--port",
            $"{_port}",
            "--configure-bucket",
            "files"
        );

    public void GoAway()
    {
        _program?.Dispose();
        _program = null;
    }

    public void Dispose()
    {
        GoAway();
        _folder.Dispose();
    }
}
