using System.Text.Json.Nodes;

namespace Moat.Server.Shell;

/// <summary>
/// Carries an uploaded file from a preview to the form that applies it, so that nothing waits on the server between the
/// two. Larger files are chosen again.
/// </summary>
internal static class GivenAgain
{
    /// <summary>Most bytes that a page carries, as base64.</summary>
    private const int MostBytes = 9 * 256 * 1024;

    /// <summary>The file of a posted form as JSON: an upload, or one that a preview carried.</summary>
    public static async Task<JsonObject?> FromForm(IFormCollection form)
    {
        if (form.Files.FirstOrDefault(f => f.Length > 0) is { } file)
            return file.Length > MostBytes
                ? Doors.GivenFiles.AsJson(file)
                : Text(file.FileName, Convert.ToBase64String(await BytesOf(file)));
        return form["carriedContent"] is [{ Length: > 0 } content, ..]
            ? Text(form["carriedName"].ToString(), content)
            : null;
    }

    /// <summary>Whether the page can carry it.</summary>
    public static bool Fits(JsonObject file) => file["content"]!.AsValue().TryGetValue<string>(out _);

    private static JsonObject Text(string name, string content) => new() { ["name"] = name, ["content"] = content };

    private static async Task<byte[]> BytesOf(IFormFile file)
    {
        var bytes = new byte[file.Length];
        await using var content = file.OpenReadStream();
        await content.ReadExactlyAsync(bytes);
        return bytes;
    }
}
