using System.Text.Json;
using System.Text.Json.Nodes;
using Moat.Isms.Kernel.Journal;

namespace Moat.Isms.Kernel.Remembering;

/// <summary>What an operation entered into the journal.</summary>
/// <param name="Size">The journal's size with it.</param>
/// <param name="Entries">How many entries it made.</param>
/// <param name="Sources">The kinds of records that it changed, its act and its process.</param>
public sealed record WrittenEntries(long Size, long Entries, IReadOnlyList<string> Sources)
{
    /// <summary>What these changes of an operation are.</summary>
    public static WrittenEntries Of(JournalHead head, long before, Operation operation, JsonArray changes) =>
        new(head.Size, head.Size - before, [.. SourcesOf(operation.Name, changes)]);

    /// <summary>
    /// What entries that somebody else wrote are, up to a size of the journal; null where one was spoiled, which a
    /// verification tells and a reader need not suffer from.
    /// </summary>
    public static WrittenEntries? Of(long size, IReadOnlyList<JournalledChanges> entries)
    {
        try
        {
            return new WrittenEntries(
                size,
                entries.Count,
                [.. entries.SelectMany(e => SourcesOf(e.Operation, Parsed(e.Changes))).Distinct()]
            );
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static IEnumerable<string> SourcesOf(string operation, JsonArray changes) =>
        changes
            .Select(c => (string?)c?["kind"] ?? throw new JsonException("A change names no kind."))
            .Distinct()
            .Append(WhatWasRead.Act(operation))
            .Append(WhatWasRead.Process(operation[..operation.LastIndexOf('.')]));

    private static JsonArray Parsed(string changes) =>
        JsonNode.Parse(changes) as JsonArray ?? throw new JsonException("An entry has no changes.");
}
