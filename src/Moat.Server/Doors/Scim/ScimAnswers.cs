using System.Globalization;
using System.Text.Json.Nodes;
using Moat.Server.Host;

namespace Moat.Server.Doors.Scim;

/// <summary>Writes answers in the protocol's media type (RFC 7644, 3.1, 3.4.2 and 3.12).</summary>
internal static class ScimAnswers
{
    private const string MediaType = "application/scim+json";
    private const string ListSchema = "urn:ietf:params:scim:api:messages:2.0:ListResponse";
    private const string ErrorSchema = "urn:ietf:params:scim:api:messages:2.0:Error";

    /// <summary>The most resources that one page of a list has.</summary>
    public const int MostResults = 1000;

    private const int UsualResults = 100;

    /// <summary>The address below which everything of the protocol stands.</summary>
    public static string RootOf(HttpContext http) => $"{PublicSite.RootOf(http)}/scim/v2";

    /// <summary>The page of a list that was asked for, of those that the filter chooses.</summary>
    public static Task List(HttpContext http, IEnumerable<JsonObject> all)
    {
        var query = http.Request.Query;
        Func<JsonObject, bool> asked = query["filter"] is [{ Length: > 0 } filter, ..]
            ? ScimFilter.Read(filter)
            : _ => true;
        var found = all.Where(asked).ToList();
        var start = Math.Max(1, Number(query["startIndex"].ToString(), 1));
        var count = Math.Clamp(Number(query["count"].ToString(), UsualResults), 0, MostResults);
        return Write(http, StatusCodes.Status200OK, ListOf(found.Count, start, found.Skip(start - 1).Take(count)));
    }

    /// <summary>A list response.</summary>
    public static JsonObject ListOf(int total, int start, IEnumerable<JsonObject> page)
    {
        var items = new JsonArray([.. page]);
        return new JsonObject
        {
            ["schemas"] = new JsonArray(ListSchema),
            ["totalResults"] = total,
            ["startIndex"] = start,
            ["itemsPerPage"] = items.Count,
            ["Resources"] = items,
        };
    }

    /// <summary>Tells of a new resource and where it stands.</summary>
    public static Task Created(HttpContext http, JsonObject resource)
    {
        http.Response.Headers.Location = $"{resource["meta"]!["location"]}";
        return Write(http, StatusCodes.Status201Created, resource);
    }

    /// <summary>Tells why a request is refused, and with the protocol's word for it where there is one.</summary>
    public static Task Refuse(HttpContext http, int status, string? type, string detail)
    {
        var error = new JsonObject
        {
            ["schemas"] = new JsonArray(ErrorSchema),
            ["status"] = status.ToString(CultureInfo.InvariantCulture),
            ["detail"] = detail,
        };
        if (type is not null)
            error["scimType"] = type;
        return Write(http, status, error);
    }

    /// <summary>Writes a resource or message.</summary>
    public static Task Write(HttpContext http, int status, JsonObject body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = MediaType;
        return http.Response.WriteAsync(body.ToJsonString(), http.RequestAborted);
    }

    private static int Number(string text, int usual) =>
        text.Length == 0 ? usual
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
        : throw ScimFault.Value($"'{text}' is no number.");
}
