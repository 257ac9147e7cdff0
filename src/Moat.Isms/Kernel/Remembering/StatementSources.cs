using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Moat.Isms.Kernel.Journal;

namespace Moat.Isms.Kernel.Remembering;

/// <summary>
/// Tells from a statement which kinds of records it reads. Whoever reads the journal itself depends on every entry; any
/// other table that is no record's, or that nobody knows, changes without one.
/// </summary>
public sealed partial class StatementSources(IModel model)
{
    private const int MostStatements = 5000;

    // What a list of keys is turned into; it holds nothing of its own.
    private static readonly FrozenSet<string> Functions = new[] { "json_each", "unnest" }.ToFrozenSet(
        StringComparer.Ordinal
    );

    private static readonly FrozenSet<Type> OfTheJournal = new[]
    {
        typeof(JournalEntry),
        typeof(JournalHead),
        typeof(JournalSubject),
        typeof(ReferenceCounter),
        typeof(Organization),
    }.ToFrozenSet();

    // An empty name is the journal's, and none that of a table which changes without it.
    private readonly FrozenDictionary<string, string?> _kinds = model
        .GetEntityTypes()
        .Where(t => t.GetTableName() is not null)
        .GroupBy(t => t.GetTableName()!)
        .ToFrozenDictionary(
            g => g.Key,
            g =>
                g.All(t => t.ClrType.IsSubclassOf(typeof(Record))) ? g.First().ClrType.Name
                : g.All(t => OfTheJournal.Contains(t.ClrType)) ? ""
                : null,
            StringComparer.Ordinal
        );

    // A record of these moves without an entry, such as a resource that a source tells of again.
    private readonly FrozenSet<string> _moving = model
        .GetEntityTypes()
        .Where(t => t.ClrType.GetProperties().Any(p => p.IsDefined(typeof(NotProvedAttribute), inherit: true)))
        .Select(t => t.GetTableName()!)
        .ToFrozenSet(StringComparer.Ordinal);

    private readonly ConcurrentDictionary<string, WhatWasRead> _known = new(StringComparer.Ordinal);

    /// <summary>The kinds that a statement reads.</summary>
    public WhatWasRead Of(string statement)
    {
        if (_known.TryGetValue(statement, out var known))
            return known;
        if (_known.Count >= MostStatements)
            _known.Clear();
        return _known[statement] = Read(statement);
    }

    private WhatWasRead Read(string statement)
    {
        var tables = Words().Matches(statement).Select(m => m.Value).Where(_kinds.ContainsKey).ToHashSet();
        var unknown = Tables()
            .Matches(statement)
            .Select(m => m.Groups[1].Value)
            .Any(t => !_kinds.ContainsKey(t) && !Functions.Contains(t));
        var outside = unknown || tables.Any(t => _kinds[t] is null);
        return new WhatWasRead(
            tables.Select(t => _kinds[t]).Where(k => k is { Length: > 0 }).ToFrozenSet(StringComparer.Ordinal)!,
            Everything: outside || tables.Any(t => _kinds[t] is ""),
            Ages: outside || tables.Overlaps(_moving)
        );
    }

    [GeneratedRegex("[a-z_][a-z0-9_]*")]
    private static partial Regex Words();

    [GeneratedRegex(@"\b(?:FROM|JOIN)\s+""?([A-Za-z_][A-Za-z0-9_]*)", RegexOptions.IgnoreCase)]
    private static partial Regex Tables();
}
