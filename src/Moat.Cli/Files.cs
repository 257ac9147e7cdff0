using System.Text.Json.Nodes;
using Moat.Isms.Kernel;

namespace Moat.Cli;

/// <summary>Files of the command line as the inputs of operations.</summary>
internal static class Files
{
    /// <summary>A file as an operation takes it.</summary>
    public static async Task<JsonObject> Read(string path, CancellationToken ct)
    {
        if (!File.Exists(path)) throw new InputInvalid(path, "There is no such file.");
        return new JsonObject { ["name"] = Path.GetFileName(path), ["content"] = Convert.ToBase64String(await File.ReadAllBytesAsync(path, ct)) };
    }
}
