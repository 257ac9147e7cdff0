using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Moat.Collectors.Http;

/// <summary>
/// Answers with the tag that names their version (RFC 9110, ETag), for each address and secret; a bounded number of
/// them.
/// </summary>
internal sealed class RememberedAnswers
{
    private const int Most = 5000;
    private readonly ConcurrentDictionary<string, Remembered> _answers = new();

    /// <summary>What was answered before to this secret, or null.</summary>
    public Remembered? Find(string address, string? secret) => _answers.GetValueOrDefault(Key(address, secret));

    /// <summary>Keeps an answer that has a tag.</summary>
    public void Keep(string address, string? secret, SourceAnswer answer)
    {
        if (!answer.Ok || !answer.Headers.TryGetValues("ETag", out var tags))
            return;
        if (_answers.Count >= Most)
            _answers.Clear();
        _answers[Key(address, secret)] = new Remembered(tags.First(), answer);
    }

    private static string Key(string address, string? secret) =>
        $"{address} {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret ?? "")))}";

    internal sealed record Remembered(string Tag, SourceAnswer Answer);
}
