using System.Text.Json.Nodes;
using Moat.Isms.Kernel.Journal;

namespace Moat.Isms.Imports;

/// <summary>One record that an import entered or changed, as the journal tells it.</summary>
internal sealed record ImportedChange(string Kind, Guid Id, string? Ref, string Change, JsonObject Fields)
{
    /// <summary>Whether the import entered it.</summary>
    public bool Entered => Change == "entered";
}

/// <summary>An import, read from its entry in the journal.</summary>
internal sealed record ImportedChanges(JournalEntry Journal, IReadOnlyList<ImportedChange> All)
{
    /// <summary>Its sequence number.</summary>
    public long Entry => Journal.Sequence;

    /// <summary>Reads the changes of an entry.</summary>
    public static ImportedChanges Of(JournalEntry entry) =>
        new(
            entry,
            [
                .. JsonNode
                    .Parse(entry.Changes)!
                    .AsArray()
                    .Select(c => new ImportedChange(
                        (string)c!["kind"]!,
                        Guid.Parse((string)c["id"]!),
                        (string?)c["ref"],
                        (string)c["change"]!,
                        c["fields"]!.AsObject()
                    )),
            ]
        );

    /// <summary>The import as a line of a list.</summary>
    public ImportRow Row(IReadOnlyDictionary<long, long> undone) =>
        new(
            Entry,
            Journal.Operation,
            Journal.Reason,
            Journal.Actor,
            Journal.At,
            All.Count(c => c.Entered && c.Ref is not null),
            All.Count(c => c.Change == "changed" && c.Ref is not null && c.Fields.Count > 0),
            undone.TryGetValue(Entry, out var by) ? by : null
        )
        {
            Unrelated = All.Count(RelationUndo.IsTakenAway),
        };
}
