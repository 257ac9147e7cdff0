using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Moat.Knowledge;

/// <summary>A word, or a few, that a drafted text may use only for a company with one of these flags.</summary>
/// <param name="Pattern">The words as a regular expression.</param>
/// <param name="Flags">Any of them allows the words.</param>
public sealed record SpokenWord(string Pattern, IReadOnlyList<string> Flags);

/// <summary>
/// Which words of the content belong to which answer. A sentence that speaks of something the company did not answer is
/// not drafted in its name.
/// </summary>
public static class SpokenWords
{
    private static readonly ConcurrentDictionary<string, Regex> Compiled = new();

    /// <summary>The table.</summary>
    public static IReadOnlyList<SpokenWord> Table { get; } =
    [
        new(@"\bopen[- ]weights?\b", ["open-weights", "releases-weights"]),
        new(@"\boutside developers?\b|\boutsourc", ["outsourced-development"]),
        new(@"\bhospital|\bclinical|\bpatients?\b|\bmedical", ["health", "medical-device", "health-data-us"]),
        new(@"\bGPUs?\b|\baccelerators?\b", ["gpu-cloud", "own-hardware", "trains-from-scratch"]),
        new(@"\bannotat|\blabell(?:ers?|ing)\b", ["crowd-labelled"]),
        new(@"\bfine-tun", ["fine-tunes", "customers-fine-tune"]),
        new(@"\bembedding|\bvectors?\b", ["has-rag", "classical-ml"]),
        new(@"\bagents?\b", ["agents"]),
        new(@"\bMCP\b", ["mcp-servers"]),
        new(@"\bAI Act\b|\bAI Office\b", ["ai-act-provider", "ai-act-deployer", "gpai", "ai-act-unclear"]),
        new(@"\bUnited Kingdom\b|\bUK\b|\bICO\b", ["uk"]),
        new(@"\bSwiss\b|\bSwitzerland\b|\bFDPIC\b", ["switzerland"]),
        new(@"\bGDPR\b", ["eu", "uk"]),
        new(@"\bUnited States\b|\bFDA\b", ["us"]),
        new(@"\bHIPAA\b", ["health-data-us"]),
        new(@"\bCalifornia\b", ["us-california"]),
        new(@"\bnotebooks?\b", ["notebooks"]),
        new(@"\bprompts?\b|\bjailbreak|\blanguage model|\bLLM", ["text", "agents"]),
        new(@"\bX-rays?\b|\bcameras?\b|\bpictures?\b", ["vision"]),
        new(@"\bour office\b|\bvisitors?\b", ["office"]),
        new(@"\bcontractors?\b|\bfreelancers?\b", ["contractors", "outsourced-development", "crowd-labelled"]),
        new(@"\bpretrain", ["trains-from-scratch"]),
        new(@"\bscrap(?:ed|ing)\b|\bcrawl", ["scraped-data"]),
        new(@"\bweights\b", ["trains-models", "open-weights", "releases-weights", "customers-fine-tune"]),
        new(@"\bretrain|\btraining (?:data|runs?|jobs?|sets?)\b", ["trains-models"]),
    ];

    /// <summary>The words of a text that a company with these flags gave no reason for.</summary>
    public static IEnumerable<string> Strange(string text, IReadOnlySet<string> flags) =>
        Table
            .Where(word => !word.Flags.Any(flags.Contains))
            .SelectMany(word => Of(word.Pattern).Matches(text).Select(m => m.Value));

    /// <summary>Whether a text speaks only of what a company with these flags answered.</summary>
    public static bool Fits(string text, IReadOnlySet<string> flags) => !Strange(text, flags).Any();

    private static Regex Of(string pattern) =>
        Compiled.GetOrAdd(pattern, p => new Regex(p, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant));
}
