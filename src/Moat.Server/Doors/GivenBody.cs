using System.Text.Json.Nodes;
using Moat.Isms.Kernel.Reading;

namespace Moat.Server.Doors;

/// <summary>The body of a request; how large it may be, the server's limit says.</summary>
internal static class GivenBody
{
    /// <summary>Its bytes.</summary>
    public static async Task<ReadOnlyMemory<byte>> Bytes(HttpContext http)
    {
        using var kept = new MemoryStream();
        await http.Request.Body.CopyToAsync(kept, http.RequestAborted);
        return kept.GetBuffer().AsMemory(0, (int)kept.Length);
    }

    /// <summary>Its JSON. Throws <see cref="System.Text.Json.JsonException"/>.</summary>
    public static async Task<JsonNode?> Json(HttpContext http) => GivenJson.Read((await Bytes(http)).Span);
}
