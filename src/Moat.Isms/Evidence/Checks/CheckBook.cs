using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Knowledge;
using Moat.Knowledge.Checks;

namespace Moat.Isms.Evidence.Checks;

/// <summary>A check, shipped or one's own, ready to evaluate.</summary>
/// <param name="Id">The id of a shipped one or the reference of one's own, such as CHK-3.</param>
/// <param name="Title">What must be true.</param>
/// <param name="Resource">The kind of resource.</param>
/// <param name="Severity">low, medium, high or critical.</param>
/// <param name="Controls">Codes of the controls it shows at work.</param>
/// <param name="Clauses">Clauses it shows at work.</param>
/// <param name="Why">Why it matters.</param>
/// <param name="Rule">The rule.</param>
/// <param name="Sha256">SHA-256 of the rule's text; another one finds other things in the same facts.</param>
public sealed record Check(
    string Id,
    string Title,
    string Resource,
    string Severity,
    IReadOnlyList<string> Controls,
    IReadOnlyList<string> Clauses,
    string Why,
    Func<FactRule> Rule,
    string Sha256
)
{
    /// <summary>Whether the product ships it.</summary>
    public required bool IsShipped { get; init; }
}

/// <summary>Every check of an organisation: what the product ships and what the organisation wrote.</summary>
public sealed class CheckBook(MoatDb db, KnowledgeBase knowledge)
{
    // Compiling a schema takes a thousand times as long as evaluating it, and the same text is the same rule for
    // everybody.
    private static readonly ConcurrentDictionary<(string Schema, string? Applies, string Reads), FactRule> Compiled =
        new();
    private const int MostCompiled = 5000;

    /// <summary>All that are evaluated.</summary>
    public async Task<IReadOnlyList<Check>> All(CancellationToken ct)
    {
        var own = await db.Set<OwnCheck>()
            .AsNoTracking()
            .Where(c => c.RetiredAt == null)
            .OrderBy(c => c.Number)
            .ToListAsync(ct);
        return [.. knowledge.Checks.Select(Shipped), .. own.Select(Own)];
    }

    /// <summary>What each of them asks, by its id.</summary>
    public async Task<IReadOnlyDictionary<string, string>> Titles(CancellationToken ct) =>
        (await All(ct)).ToDictionary(c => c.Id, c => c.Title);

    /// <summary>A rule, compiled once. Throws <see cref="RuleInvalid"/>.</summary>
    public static FactRule Rule(string schema, string? applies, IReadOnlyList<string> reads)
    {
        if (Compiled.Count > MostCompiled)
            Compiled.Clear();
        return Compiled.GetOrAdd(
            (schema, applies, string.Join('\n', reads)),
            k => new FactRule(k.Schema, k.Applies, k.Reads.Split('\n'))
        );
    }

    private static Check Shipped(CheckEntry c) =>
        new(
            c.Id,
            c.Title,
            c.Resource,
            c.Severity,
            c.Controls,
            c.Clauses,
            c.Why,
            () => c.Rule,
            Hash(c.Resource, c.Schema, c.Applies, c.Reads)
        )
        {
            IsShipped = true,
        };

    internal static Check Own(OwnCheck c) =>
        new(
            c.Ref,
            c.Title,
            c.Resource,
            c.Severity,
            c.Controls,
            c.Clauses,
            c.Why,
            () => Rule(c.Schema, c.Applies, c.Reads),
            Hash(c.Resource, c.Schema, c.Applies, c.Reads)
        )
        {
            IsShipped = false,
        };

    private static string Hash(string resource, string schema, string? applies, IReadOnlyList<string> reads) =>
        Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes($"{resource}\n{schema}\n{applies}\n{string.Join('\n', reads)}"))
        );
}
