using System.Text.Json.Nodes;
using Moat.Isms.Kernel;

namespace Moat.Cli;

/// <summary>Files of the command line as the inputs of operations.</summary>
internal static class Files
{
    /// <summary>
    /// Throws <see cref="InputInvalid"/> where there is no file, or one without content. A pipe and a device have no
    /// length either, and reading one may never end.
    /// </summary>
    public static void MustHaveContent(string field, string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
            throw new InputInvalid(field, $"There is no file {path}.");
        // The length of a link is that of its target's name.
        if ((file.ResolveLinkTarget(returnFinalTarget: true) ?? file) is FileInfo { Exists: true, Length: > 0 })
            return;
        throw new InputInvalid(field, $"{path} is empty, or is a pipe or a device. Name a file.");
    }

    /// <summary>A file as an operation takes it; it is read when it is needed.</summary>
    public static async Task<JsonObject> Read(string path, CancellationToken ct)
    {
        if (!File.Exists(path))
            throw new InputInvalid(path, "There is no such file.");
        return new JsonObject { ["name"] = Path.GetFileName(path), ["content"] = (await Content(path, ct)).AsJson() };
    }

    private static async Task<GivenContent> Content(string path, CancellationToken ct)
    {
        await using var file = File.OpenRead(path);
        if (file.CanSeek)
            return new GivenContent(file.Length, () => File.OpenRead(path));
        // What another program writes comes once.
        using var kept = new MemoryStream();
        await file.CopyToAsync(kept, ct);
        return kept.ToArray();
    }
}
