using System.Text.Json.Nodes;
using Moat.Isms.Kernel;

namespace Moat.Server.Doors;

/// <summary>Uploaded files as the input of an operation.</summary>
internal static class GivenFiles
{
    /// <summary>
    /// The file as JSON, its content where the form put it: a large one is on the disk until the request ends.
    /// </summary>
    public static JsonObject AsJson(IFormFile file) =>
        new() { ["name"] = file.FileName, ["content"] = new GivenContent(file.Length, file.OpenReadStream).AsJson() };
}
