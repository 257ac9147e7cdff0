using System.Text.Json;
using System.Text.Json.Nodes;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Reading;

namespace Moat.Server.Doors.Scim;

/// <summary>What a request names and brings, and how a change that it asks for is made.</summary>
internal static class ScimRequest
{
    // Each time that a change has to be made again, another one was stored; so many at the same moment are no accident.
    private const int MostTries = 30;

    /// <summary>The resource that the address names.</summary>
    public static string Id(HttpContext http) => $"{http.GetRouteValue("id")}".ToLowerInvariant();

    /// <summary>The object in the body.</summary>
    public static async Task<JsonObject> Body(HttpContext http)
    {
        try
        {
            return await GivenBody.Json(http) as JsonObject
                ?? throw new ScimFault(StatusCodes.Status400BadRequest, "invalidSyntax", "A JSON object is needed.");
        }
        catch (JsonException e)
        {
            throw new ScimFault(StatusCodes.Status400BadRequest, "invalidSyntax", GivenJson.Explain(e));
        }
    }

    /// <summary>
    /// Makes a change from what is stored, and from what is stored by then if somebody else was quicker. It carries the
    /// version that it was made from, so that of two at the same moment neither is lost.
    /// </summary>
    public static async Task Again(Func<Task> change)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await change();
                return;
            }
            catch (Conflict) when (tries < MostTries) { }
        }
    }
}
