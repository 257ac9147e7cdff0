using System.Globalization;
using System.Text.Json.Nodes;
using Moat.Isms.Kernel;

namespace Moat.Isms.Work.Webhooks;

/// <summary>Where an installation is reached from outside, when its operator says so.</summary>
public sealed record PublicAddress(Uri? Url)
{
    /// <summary>A page of an organisation, or null when the address is not known.</summary>
    public string? Of(string organization, string path) =>
        Url is null ? null : new Uri($"{Url.AbsoluteUri.TrimEnd('/')}/{organization}/{path}").AbsoluteUri;

    /// <summary>
    /// A link that somebody outside is given: whole when the address is known, else from the root of the installation.
    /// </summary>
    public string Link(string kind, string organization, string secret) =>
        Of(kind, $"{organization}/{secret}") ?? $"/{kind}/{organization}/{secret}";
}

/// <summary>
/// Writes messages as CloudEvents 1.0. They name the record and what happened, not its content: whoever may see more
/// signs in.
/// </summary>
public sealed class EventWriter(CurrentCaller caller, PublicAddress address)
{
    private const string TypePrefix = "dev.moat.";

    /// <summary>A message for a webhook; the same event has the same id however often it is sent.</summary>
    public WebhookDelivery Write(
        Webhook hook,
        FoundEvent found,
        string operation,
        long sequence,
        int index,
        DateTime at
    )
    {
        var id = Guid.CreateVersion7(new DateTimeOffset(at));
        var organization = caller.Value.Organization;
        var payload = new JsonObject
        {
            ["specversion"] = "1.0",
            ["id"] =
                sequence == 0
                    ? id.ToString("D", CultureInfo.InvariantCulture)
                    : string.Create(CultureInfo.InvariantCulture, $"{organization}-{sequence}-{index}"),
            ["source"] = address.Of(organization, "") ?? $"urn:moat:{organization}",
            ["type"] = TypePrefix + found.Type,
            ["subject"] = found.Subject,
            ["time"] = at.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
            ["datacontenttype"] = "application/json",
            ["data"] = Data(found, operation, organization),
        };
        return new WebhookDelivery
        {
            OrganizationId = caller.OrganizationId,
            Id = id,
            HookId = hook.Id,
            Sequence = sequence,
            Event = found.Type,
            Subject = found.Subject.Cut(80),
            Payload = payload.ToJsonString(),
            CreatedAt = at,
            NextAt = at,
        };
    }

    private JsonObject Data(FoundEvent found, string operation, string organization)
    {
        var data = new JsonObject { ["ref"] = found.Subject, ["operation"] = operation };
        if (found.Title is not null)
            data["title"] = found.Title;
        if (
            RecordKind.Parse(found.Subject) is { } parsed
            && address.Of(organization, $"{parsed.Kind.Process}#{found.Subject}") is { } link
        )
            data["url"] = link;
        return data;
    }
}
