using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace Moat.Isms.Kernel;

/// <summary>
/// A change that a program asked for with a key of its own, and what was answered: asked again, it is answered again
/// and not done again.
/// </summary>
public sealed class AnsweredRequest : ITenantRow
{
    /// <summary>The tenant.</summary>
    public required Guid OrganizationId { get; init; }

    /// <summary>The program's key.</summary>
    public required string Key { get; init; }

    /// <summary>The operation's name.</summary>
    public required string Operation { get; init; }

    /// <summary>SHA-256 of the input, hex; the same key with another input is a mistake.</summary>
    public required string InputSha256 { get; init; }

    /// <summary>The answer as JSON.</summary>
    public required string Answer { get; init; }

    /// <summary>When it was answered.</summary>
    public required DateTime At { get; init; }
}

/// <summary>An answer that shows a secret once, and so is never kept.</summary>
public interface IHoldsSecret;

/// <summary>An answer that was given before.</summary>
public sealed record AnswerAgain(string Json);

/// <summary>
/// Remembers answers by the caller's key for a day. Part of the transaction of the change, so that the two are never
/// apart.
/// </summary>
internal static class AnsweredRequests
{
    private const int LongestKey = 200;
    private const int CleanedAtOnce = 100;

    /// <summary>
    /// The answer given before, or null. Throws <see cref="InputInvalid"/> when the key cannot be used.
    /// </summary>
    public static async Task<AnswerAgain?> Find(
        MoatDb db,
        string key,
        Operation operation,
        object input,
        CancellationToken ct
    )
    {
        if (key.Length > LongestKey || key.Any(c => c is < '!' or > '~'))
            throw Wrong($"At most {LongestKey} visible ASCII characters.");
        if (operation.Process == "access" || operation.ResultType.IsAssignableTo(typeof(IHoldsSecret)))
            throw Wrong("Its answer holds a secret that is never kept, so this operation takes no key.");
        var known = await db.Set<AnsweredRequest>().FirstOrDefaultAsync(a => a.Key == key, ct);
        if (known is null)
            return null;
        return known.Operation == operation.Name && known.InputSha256 == Hash(input)
            ? new AnswerAgain(known.Answer)
            : throw Wrong("This key was used for another request. A new request needs a new key.");
    }

    /// <summary>Keeps an answer with the change, and clears away what is older than a day.</summary>
    public static async Task Keep(
        MoatDb db,
        string key,
        Operation operation,
        object input,
        object result,
        CancellationToken ct
    )
    {
        var dayAgo = db.Now.AddDays(-1);
        db.RemoveRange(
            await db.Set<AnsweredRequest>()
                .Where(a => a.At < dayAgo)
                .OrderBy(a => a.At)
                .Take(CleanedAtOnce)
                .ToListAsync(ct)
        );
        db.Add(
            new AnsweredRequest
            {
                OrganizationId = db.Tenant,
                Key = key,
                Operation = operation.Name,
                InputSha256 = Hash(input),
                Answer = JsonSerializer.Serialize(result, result.GetType(), InputBinder.Json),
                At = db.Now,
            }
        );
    }

    private static InputInvalid Wrong(string message) => new("Idempotency-Key", message);

    private static string Hash(object input) =>
        Convert.ToHexStringLower(
            SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(input, input.GetType(), InputBinder.Json))
        );
}
