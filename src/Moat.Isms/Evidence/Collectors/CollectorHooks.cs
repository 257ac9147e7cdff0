using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Moat.Isms.Evidence.Facts;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Seams;
using Moat.Isms.People;

namespace Moat.Isms.Evidence.Collectors;

/// <summary>Where a source sends its webhooks, and the secret it signs them with; shown once.</summary>
public sealed record MadeHook(string Path, string Secret) : IHoldsSecret;

/// <summary>A webhook as it arrived.</summary>
public sealed record GitHubHook
{
    /// <summary>The source that it is for, such as SRC-1.</summary>
    [MaxLength(80)]
    public required string Source { get; init; }

    /// <summary>The body, byte for byte.</summary>
    public required byte[] Body { get; init; }

    /// <summary>The header X-Hub-Signature-256.</summary>
    [MaxLength(100)]
    public required string Signature { get; init; }

    /// <summary>The header X-GitHub-Delivery.</summary>
    [MaxLength(100)]
    public required string Delivery { get; init; }
}

/// <summary>
/// Webhooks of sources that Moat reads. A webhook tells that something happened; what is true is read from the source
/// itself, so a message that is lost, doubled or out of order does no harm.
/// </summary>
[Process(CollectorProcess.Name, CollectorProcess.Summary)]
public sealed class CollectorHooks(MoatDb db, CurrentCaller caller, ISecretKeeper secrets, IEventLedger ledger)
{
    /// <summary>Makes the secret of a GitHub source's webhook; an earlier one ends.</summary>
    [Operation(
        "make-hook",
        Permission.ManageCollectors,
        "Make the secret of a GitHub source's webhook; it is shown once"
    )]
    public async Task<MadeHook> MakeHook(ChangeRecord input, CancellationToken ct)
    {
        var source = await db.One<CollectorSource>(input, ct);
        if (source.Kind != "github")
            throw new RuleBroken(
                "collectors.make-hook.kind",
                $"Only GitHub sources take webhooks; {source.Ref} is {source.Kind}."
            );
        var secret = Secret.New();
        (source.HookSecret, source.HookMadeAt) = (secrets.Protect(caller.OrganizationId, secret), db.Now);
        return new MadeHook($"/api/v1/{caller.Value.Organization}/hooks/github/{source.Ref}", secret);
    }

    /// <summary>
    /// Something happened at GitHub: the source is read at once. The signature is over the raw body (HMAC with
    /// SHA-256). Throws <see cref="NotFound"/> when it is wrong.
    /// </summary>
    [Operation("hooked", Permission.System, "Read a source at once because its webhook says that something happened")]
    public async Task<Tally> Hooked(GitHubHook input, CancellationToken ct)
    {
        var source = await db.One<CollectorSource>(input.Source, ct);
        if (source.HookSecret is not { } kept || !IsSigned(input, secrets.Unprotect(caller.OrganizationId, kept)))
            throw new NotFound(input.Source);
        if (!IsObject(input.Body))
            throw new InputInvalid(
                "body",
                "The payload of a webhook is a JSON object. Set its content type to application/json."
            );
        // Nobody signs a delivery's number: the same body under another one is the same news, sent again by whoever
        // overheard it.
        Guid[] keys =
        [
            ObservedFact.KeyOf("github", source.Ref, input.Delivery),
            ObservedFact.KeyOf("github body", source.Ref, input.Signature),
        ];
        var fresh = await ledger.Remember(db, caller.OrganizationId, keys, db.Now, ct);
        if (fresh.Count < keys.Length || source.PausedAt is not null)
            return new Tally(0, []);
        source.NextRunAt = db.Now;
        return new Tally(1, []);
    }

    private static bool IsSigned(GitHubHook hook, string secret)
    {
        var expected =
            $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), hook.Body))}";
        return CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(expected),
            Encoding.ASCII.GetBytes(hook.Signature)
        );
    }

    private static bool IsObject(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
