using System.Text.Json.Nodes;
using Moat.Hosting;
using Moat.Isms.Kernel;
using Moat.Isms.Provisioning;
using Moat.Server.Auth;

namespace Moat.Server.Doors.Scim;

/// <summary>
/// Puts an answer at a method and a path below the protocol's address; at every method where none is named.
/// </summary>
internal delegate void RouteMaker(string? method, string path, Func<HttpContext, IsmsSession, Task> handle);

/// <summary>
/// SCIM 2.0 (RFC 7643, 7644) at <c>/scim/v2</c>, where an identity provider tells of accounts and groups with a token
/// of the role provisioner. The token says which organisation. Every change goes through an operation of
/// <see cref="ProvisioningProcess"/>.
/// </summary>
internal static class ScimDoor
{
    private const string Root = "/scim/v2/";
    private static readonly string[] NotOffered = ["Bulk", "Me/{**rest}", ".search", "Users/.search", "Groups/.search"];

    public static void MapScim(this IEndpointRouteBuilder endpoints)
    {
        RouteMaker map = (method, path, handle) =>
        {
            RequestDelegate answer = http => Answer(http, handle);
            (
                method is null
                    ? endpoints.Map(Root + path, answer)
                    : endpoints.MapMethods(Root + path, [method], answer)
            ).WithMetadata(new NeedsAttribute(Permission.ProvisionPeople), new ProgramDoor("scim"));
        };
        ScimUsers.Map(map);
        ScimGroups.Map(map);
        MapDiscovery(map);
        foreach (var path in NotOffered)
            map(null, path, (_, _) => throw IsNotOffered());
        map(null, "{**rest}", (http, _) => throw IsNotHere(http.Request));
    }

    private static void MapDiscovery(RouteMaker map)
    {
        void Discover(string path, Func<HttpContext, string, JsonObject> found) =>
            map("GET", path, (http, _) => Discovered(http, root => found(http, root)));
        Discover("ServiceProviderConfig", (_, root) => ScimDiscovery.Config(root));
        Discover("ResourceTypes", (_, root) => Whole(ScimDiscovery.Types(root)));
        Discover(
            "ResourceTypes/{id}",
            (http, root) => ScimDiscovery.One(ScimDiscovery.Types(root), ScimRequest.Id(http))
        );
        Discover("Schemas", (_, root) => Whole(ScimDiscovery.Schemas(root)));
        Discover("Schemas/{id}", (http, root) => ScimDiscovery.One(ScimDiscovery.Schemas(root), ScimRequest.Id(http)));
    }

    /// <summary>Discovery is not filtered (RFC 7644, 4).</summary>
    private static Task Discovered(HttpContext http, Func<string, JsonObject> found) =>
        http.Request.Query.ContainsKey("filter")
            ? throw new ScimFault(
                StatusCodes.Status403Forbidden,
                null,
                "This is not filtered. Ask again without a filter."
            )
            : ScimAnswers.Write(http, StatusCodes.Status200OK, found(ScimAnswers.RootOf(http)));

    private static JsonObject Whole(IReadOnlyList<JsonObject> all) => ScimAnswers.ListOf(all.Count, 1, all);

    private static ScimFault IsNotOffered() =>
        new(StatusCodes.Status501NotImplemented, null, "This is not offered. ServiceProviderConfig says what is.");

    private static ScimFault IsNotHere(HttpRequest request) =>
        new(
            StatusCodes.Status404NotFound,
            null,
            $"There is no {request.Method} {request.Path} here. ResourceTypes says what there is."
        );

    private static async Task Answer(HttpContext http, Func<HttpContext, IsmsSession, Task> handle)
    {
        try
        {
            await handle(http, http.RequestServices.GetRequiredService<IsmsSession>());
        }
        catch (ScimFault fault)
        {
            await ScimAnswers.Refuse(http, fault.Status, fault.Type, fault.Message);
        }
        catch (RuleBroken taken) when (taken.RuleId.EndsWith(".once", StringComparison.Ordinal))
        {
            // A second record of one name is a conflict of its own (RFC 7644, 3.3).
            await ScimAnswers.Refuse(http, StatusCodes.Status409Conflict, "uniqueness", taken.Message);
        }
        catch (Refusal refusal)
        {
            var wrong = refusal as InputInvalid;
            var says = wrong is null
                ? refusal.Message
                : string.Join(" ", wrong.Errors.Select(e => $"{e.Field}: {e.Message}"));
            await ScimAnswers.Refuse(http, Refused.StatusOf(refusal), wrong is null ? null : "invalidValue", says);
        }
    }
}
