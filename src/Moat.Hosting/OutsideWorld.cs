namespace Moat.Hosting;

/// <summary>What an installation may reach beside its own data, as the operator decided.</summary>
public sealed record OutsideWorld
{
    /// <summary>Nothing.</summary>
    public static OutsideWorld None { get; } = new();

    /// <summary>Where approved texts are time-stamped (RFC 3161); nowhere when left out.</summary>
    public Uri? TimeAuthority { get; init; }

    /// <summary>
    /// Hosts that collectors may read although they are addresses of this machine or of its network's own services.
    /// </summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>
    /// Where people reach this installation, such as https://moat.example; for links in mail, calendars and webhooks.
    /// </summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>The mail server that digests go out through; none are sent when left out.</summary>
    public Mail.MailOptions? Mail { get; init; }

    /// <summary>
    /// Where clamd listens: the path of a socket, or host:port; uploads are not scanned when left out.
    /// </summary>
    public string? MalwareScanner { get; init; }

    /// <summary>Where traces, metrics and logs go by OTLP over HTTP; nowhere when left out.</summary>
    public Uri? Telemetry { get; init; }

    /// <summary>Which places hold checkpoints of the journals.</summary>
    public Anchors.AnchorOptions Anchors { get; init; } = Hosting.Anchors.AnchorOptions.None;

    /// <summary>Whether the installation shows an example, whose past was told in one go.</summary>
    public bool IsStory { get; init; }
}
