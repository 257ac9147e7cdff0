using System.Text.Json.Nodes;

namespace Moat.Server.Shell;

/// <summary>
/// Carries an uploaded file from a preview to the form that applies it, so that nothing waits on the server between the
/// two. Larger files are chosen again.
/// </summary>
internal static class GivenAgain
{
    /// <summary>Most characters of base64 that a page carries.</summary>
    private const int MostCharacters = 3 * 1024 * 1024;

    /// <summary>The file of a posted form as JSON: an upload, or one that a preview carried.</summary>
    public static async Task<JsonObject?> FromForm(IFormCollection form)
    {
        if (form.Files.FirstOrDefault(f => f.Length > 0) is { } file)
            return await Doors.GivenFiles.AsJson(file);
        return form["carriedContent"] is [{ Length: > 0 } content, ..]
            ? new JsonObject { ["name"] = form["carriedName"].ToString(), ["content"] = content }
            : null;
    }

    /// <summary>Whether the page can carry it.</summary>
    public static bool Fits(JsonObject file) => ((string)file["content"]!).Length <= MostCharacters;
}
