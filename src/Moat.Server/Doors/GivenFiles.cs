using System.Text.Json.Nodes;

namespace Moat.Server.Doors;

/// <summary>Uploaded files as the input of an operation.</summary>
internal static class GivenFiles
{
    /// <summary>The file as JSON; its size is bounded by the server's request limit.</summary>
    public static async Task<JsonObject> AsJson(IFormFile file)
    {
        using var content = new MemoryStream();
        await file.CopyToAsync(content);
        return new JsonObject { ["name"] = file.FileName, ["content"] = Convert.ToBase64String(content.ToArray()) };
    }
}
