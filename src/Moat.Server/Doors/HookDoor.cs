using System.Text.Json;
using System.Text.Json.Nodes;
using Moat.Isms.Evidence.Collectors;
using Moat.Isms.Evidence.Facts;
using Moat.Isms.Incidents.Intake;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Reading;
using Moat.Isms.People;
using Moat.Server.Auth;

namespace Moat.Server.Doors;

/// <summary>
/// Webhooks that speak a form of their own, at <c>POST /api/v1/{org}/hooks/{source}</c>, with a token like every
/// program. Alertmanager's becomes facts and alerts to decide about (<see cref="AlertmanagerMessage"/>). Any other
/// source may tell alerts as CloudEvents, with a token or signed.
/// </summary>
internal static class HookDoor
{
    private const int LargestSigned = 5 * 1024 * 1024;

    public static void MapHooks(this IEndpointRouteBuilder endpoints)
    {
        endpoints
            .MapPost(RestDoor.Root + "hooks/alertmanager", http => Answer(http, Alertmanager))
            .WithMetadata(new NeedsAttribute(Permission.EditEvidence), new ProgramDoor("rest"));
        endpoints
            .MapPost(RestDoor.Root + "hooks/{source}", http => Answer(http, AlertEvents))
            .WithMetadata(new NeedsAttribute(Permission.EditEvidence), new ProgramDoor("rest"));
        // These send no token. They sign, and whoever cannot sign gets the same answer as for an address that is not
        // there.
        endpoints
            .MapPost(RestDoor.Root + "hooks/github/{source}", GitHub)
            .WithMetadata(new PublicPageAttribute(), new ProgramDoor("rest"))
            .DisableAntiforgery();
        endpoints
            .MapPost(RestDoor.Root + "hooks/signed/{source}", SignedAlerts)
            .WithMetadata(new PublicPageAttribute(), new ProgramDoor("rest"))
            .DisableAntiforgery();
    }

    private static async Task GitHub(
        HttpContext http,
        string org,
        string source,
        CurrentCaller caller,
        AccessDirectory access,
        IsmsSession session
    )
    {
        try
        {
            var organization = await access.Organization(org, http.RequestAborted) ?? throw new NotFound(org);
            var body = await SignedBody(http);
            caller.Value = Caller.System(organization.Id, organization.Slug, "rest");
            var hook = new GitHubHook
            {
                Source = source,
                Body = body,
                Signature = http.Request.Headers["X-Hub-Signature-256"].ToString(),
                Delivery = http.Request.Headers["X-GitHub-Delivery"].ToString(),
            };
            await session.Run(session.Of<CollectorHooks>().Hooked, hook, http.RequestAborted);
            http.Response.StatusCode = StatusCodes.Status202Accepted;
        }
        catch (Refusal refusal)
        {
            await Problems.Write(http, refusal);
        }
    }

    private static Task SignedAlerts(HttpContext http, string org, CurrentCaller caller, AccessDirectory access) =>
        Answer(
            http,
            async (_, session) =>
            {
                var organization = await access.Organization(org, http.RequestAborted) ?? throw new NotFound(org);
                caller.Value = Caller.System(organization.Id, organization.Slug, "rest");
                string Header(string name) => http.Request.Headers[name].ToString();
                var message = new SignedMessage
                {
                    Source = (string)http.GetRouteValue("source")!,
                    Body = await SignedBody(http),
                    Id = Header("webhook-id"),
                    Timestamp = Header("webhook-timestamp"),
                    Signature = Header("webhook-signature"),
                };
                // Nothing of the body is read before its signature is.
                var signer = await session.Run(session.Of<AlertSourceProcess>().Check, message, http.RequestAborted);
                caller.Value = caller.Value with { Name = $"{signer.Name} (signed)" };
                var alerts = EventDoor
                    .Read(message.Body)
                    .Select((e, index) => AlertMessage.OfEvent(e, signer.Name, index))
                    .ToList();
                var signed = new ReceiveSigned
                {
                    Source = message.Source,
                    Body = message.Body,
                    Id = message.Id,
                    Timestamp = message.Timestamp,
                    Signature = message.Signature,
                    Alerts = alerts,
                };
                return JsonSerializer.SerializeToNode(
                    await session.Run(session.Of<AlertSourceProcess>().Receive, signed, http.RequestAborted),
                    InputBinder.Json
                )!;
            }
        );

    private static async Task<byte[]> SignedBody(HttpContext http)
    {
        if (http.Request.ContentLength is not (> 0 and <= LargestSigned))
            throw new InputInvalid("body", "A webhook has a body of at most 5 MiB.");
        var body = new byte[http.Request.ContentLength.Value];
        await http.Request.Body.ReadExactlyAsync(body, http.RequestAborted);
        return body;
    }

    /// <summary>Facts first: that a resource changed is true whatever becomes of the alert.</summary>
    private static async Task<JsonNode> Alertmanager(HttpContext http, IsmsSession session)
    {
        var message = GivenJson.Object((await GivenBody.Bytes(http)).Span, "body");
        var events = AlertmanagerMessage.Read(message);
        var alerts = events.Select(e => AlertMessage.OfFact(e, AlertmanagerMessage.GroupOf(message))).ToList();
        if (AlertmanagerMessage.LeftOut(message) is { } leftOut)
            alerts.Add(leftOut);
        var facts = await session.Run(
            session.Of<EventProcess>().Create,
            new ReceiveEvents { Events = events },
            http.RequestAborted
        );
        var answer = JsonSerializer.SerializeToNode(facts, InputBinder.Json)!.AsObject();
        answer["alerts"] = await Receive(session, alerts, http.RequestAborted);
        return answer;
    }

    /// <summary>Alerts of any source that speaks CloudEvents.</summary>
    private static async Task<JsonNode> AlertEvents(HttpContext http, IsmsSession session)
    {
        var source = (string)http.GetRouteValue("source")!;
        var events = await EventDoor.Read(http);
        return await Receive(
            session,
            [.. events.Select((e, index) => AlertMessage.OfEvent(e, source, index))],
            http.RequestAborted
        );
    }

    private static async Task<JsonNode> Receive(IsmsSession session, List<GivenAlert> alerts, CancellationToken ct) =>
        JsonSerializer.SerializeToNode(
            await session.Run(session.Of<AlertProcess>().Receive, new ReceiveAlerts { Alerts = alerts }, ct),
            InputBinder.Json
        )!;

    private static async Task Answer(HttpContext http, Func<HttpContext, IsmsSession, Task<JsonNode>> take)
    {
        try
        {
            var result = await take(http, http.RequestServices.GetRequiredService<IsmsSession>());
            http.Response.ContentType = "application/json";
            await JsonSerializer.SerializeAsync(http.Response.Body, result, InputBinder.Json, http.RequestAborted);
        }
        catch (Refusal refusal)
        {
            await Problems.Write(http, refusal);
        }
        catch (BadHttpRequestException bad)
        {
            await Problems.Write(http, bad.StatusCode, "request-invalid", bad.Message);
        }
    }
}
