using System.Security.Cryptography;
using System.Text;

namespace Moat.Isms.Audits;

/// <summary>
/// How a seed chooses from a frozen population. Anybody with the references and the seed can do it again with any
/// SHA-256.
/// </summary>
public static class SampleSelection
{
    /// <summary>The method in words.</summary>
    public const string Method =
        "Sampling: for each reference of the frozen population, SHA-256 is computed over the seed, a line feed and the reference (UTF-8); the references with the smallest hashes, "
        + "read as hexadecimal text, are the sample, in that order. The hash of the population is SHA-256 over its references in ordinal order, each followed by a line feed.";

    /// <summary>The chosen references, in order.</summary>
    public static IReadOnlyList<string> Choose(IEnumerable<string> population, string seed, int size) =>
        [
            .. population
                .Distinct(StringComparer.Ordinal)
                .OrderBy(r => Hash($"{seed}\n{r}"), StringComparer.Ordinal)
                .Take(size),
        ];

    /// <summary>The hash of a population.</summary>
    public static string HashOf(IEnumerable<string> population) =>
        Hash(string.Concat(population.Order(StringComparer.Ordinal).Select(r => r + "\n")));

    /// <summary>A seed that nobody chose.</summary>
    public static string NewSeed() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
