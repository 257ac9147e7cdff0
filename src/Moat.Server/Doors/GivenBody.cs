using System.Text.Json.Nodes;
using Moat.Isms.Kernel.Reading;

namespace Moat.Server.Doors;

/// <summary>The body of a request; how large it may be, the server's limit says.</summary>
internal static class GivenBody
{
    private const int MostReserved = 32 * 1024 * 1024;

    /// <summary>Its bytes.</summary>
    public static async Task<ReadOnlyMemory<byte>> Bytes(HttpContext http)
    {
        // What grows to the length of a large body leaves as much again behind.
        using var kept = new MemoryStream((int)Math.Min(http.Request.ContentLength ?? 0, MostReserved));
        await http.Request.Body.CopyToAsync(kept, http.RequestAborted);
        return kept.GetBuffer().AsMemory(0, (int)kept.Length);
    }

    /// <summary>Its JSON. Throws <see cref="System.Text.Json.JsonException"/>.</summary>
    public static async Task<JsonNode?> Json(HttpContext http) => GivenJson.Read((await Bytes(http)).Span);
}
