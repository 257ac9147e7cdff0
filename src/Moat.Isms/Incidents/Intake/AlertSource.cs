using System.ComponentModel.DataAnnotations;
using Moat.Isms.Kernel;

namespace Moat.Isms.Incidents.Intake;

/// <summary>
/// A program outside that signs the alerts it tells. As long as there is a secret, its alerts are taken with a
/// signature only.
/// </summary>
[RecordKind("ASRC", "alert-sources")]
public sealed class AlertSource : Referenced
{
    /// <summary>Its name in addresses and in front of its alerts' sources, in lower case.</summary>
    public required string Name { get; init; }

    /// <summary>The secret that it signs with, encrypted; never in the journal.</summary>
    [NotJournalled]
    public string? Secret { get; set; }

    /// <summary>When the secret was made.</summary>
    public required DateTime SecretMadeAt { get; set; }

    /// <summary>When it was removed.</summary>
    public DateTime? RemovedAt { get; set; }

    /// <inheritdoc />
    public override string Caption => Name;

    /// <summary>The name of the source that an alert says it comes from: its first word.</summary>
    public static string NameOf(string source) =>
        (
            source.Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries).FirstOrDefault() ?? ""
        ).ToLowerInvariant();
}

/// <summary>A program that will sign its alerts.</summary>
public sealed record CreateAlertSource
{
    /// <summary>Its name in the address, such as egress-watch: small letters, digits, dots and dashes.</summary>
    [
        MinLength(2),
        MaxLength(60),
        RegularExpression("^[a-z0-9][a-z0-9.-]*$", ErrorMessage = "Small letters, digits, dots and dashes.")
    ]
    public required string Name { get; init; }
}

/// <summary>Where a source sends its alerts, and the secret it signs them with, which is shown once.</summary>
public sealed class MadeAlertSource(AlertSource source, string path, string secret) : IHoldsSecret
{
    /// <summary>The source's reference.</summary>
    public string Ref => source.Ref;

    /// <summary>Its version.</summary>
    public int Version => source.Version;

    /// <summary>The address, below that of the installation.</summary>
    public string Path => path;

    /// <summary>The secret; what stands after whsec_ is the key in Base64.</summary>
    public string Secret => secret;
}

/// <summary>A source in the list.</summary>
public sealed record AlertSourceRow(
    string Ref,
    int Version,
    string Name,
    string Path,
    DateTime SecretMadeAt,
    int Alerts
);

/// <summary>A message as it arrived, with the headers of Standard Webhooks.</summary>
public record SignedMessage
{
    /// <summary>The name of the source in the address.</summary>
    [MaxLength(200)]
    public required string Source { get; init; }

    /// <summary>The body, byte for byte.</summary>
    public required byte[] Body { get; init; }

    /// <summary>The header webhook-id: the same for the same message, however often it is sent.</summary>
    [MaxLength(200)]
    public required string Id { get; init; }

    /// <summary>The header webhook-timestamp: seconds since 1970.</summary>
    [MaxLength(20)]
    public required string Timestamp { get; init; }

    /// <summary>The header webhook-signature: one or more signatures, separated by spaces.</summary>
    [MaxLength(2000)]
    public required string Signature { get; init; }
}

/// <summary>A signed message with the alerts that were read in its body.</summary>
public sealed record ReceiveSigned : SignedMessage
{
    /// <summary>At most 1,000 at once.</summary>
    [MinLength(1), MaxLength(1000)]
    public required List<GivenAlert> Alerts { get; init; }
}
