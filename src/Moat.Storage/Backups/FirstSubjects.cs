using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore.Metadata;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Journal;

namespace Moat.Storage.Backups;

/// <summary>
/// What a backup from before the journal had an index of records lacks: made of its entries while they are put in, as
/// the migration does it.
/// </summary>
internal sealed class FirstSubjects(MoatDb db)
{
    /// <summary>The table that such a backup does not have.</summary>
    public IEntityType Table { get; } = db.Model.FindEntityType(typeof(JournalSubject))!;

    /// <summary>The rows that belong to a row of a table: none but of an entry.</summary>
    public static IEnumerable<JsonObject> Of(IEntityType table, JsonObject row) =>
        table.ClrType != typeof(JournalEntry)
            ? []
            : JournalSubject
                .In(JsonNode.Parse((string)row[nameof(JournalEntry.Changes)]!)!.AsArray())
                .Select(subject => new JsonObject
                {
                    [nameof(JournalSubject.OrganizationId)] = row[nameof(JournalEntry.OrganizationId)]!.DeepClone(),
                    [nameof(JournalSubject.Subject)] = subject,
                    [nameof(JournalSubject.Sequence)] = row[nameof(JournalEntry.Sequence)]!.DeepClone(),
                });
}
