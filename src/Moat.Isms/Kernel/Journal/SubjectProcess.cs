using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;

namespace Moat.Isms.Kernel.Journal;

/// <summary>What was put right in the index by which entries are found.</summary>
/// <param name="Entries">How many entries were read.</param>
/// <param name="Added">How many rows were missing.</param>
/// <param name="TakenOut">How many rows said what no entry says.</param>
public sealed record RebuiltSubjects(long Entries, int Added, int TakenOut);

/// <summary>The index by which the entries of a record are found, compared with the journal and made again.</summary>
[Process(JournalProcess.Name, JournalProcess.Summary)]
public sealed class SubjectProcess(MoatDb db)
{
    /// <summary>
    /// Makes the index of records again from the entries. It states nothing that the journal does not, so that no entry
    /// tells of it.
    /// </summary>
    [Operation(
        "rebuild-subjects",
        Permission.ManageAccess,
        "Make the index by which a record's entries are found again from the journal, where verify finds fault with it"
    )]
    public async Task<RebuiltSubjects> Rebuild(Nothing input, CancellationToken ct)
    {
        var (told, entries) = (new HashSet<(string, long)>(), 0L);
        await foreach (
            var entry in db
                .Journal.AsNoTracking()
                .Select(e => new { e.Sequence, e.Changes })
                .AsAsyncEnumerable()
                .WithCancellation(ct)
        )
        {
            entries++;
            told.UnionWith(
                JournalSubject.In(JsonNode.Parse(entry.Changes)!.AsArray()).Select(s => (s, entry.Sequence))
            );
        }
        var wrong = await Wrong(db, told, ct);
        db.RemoveRange(wrong);
        db.AddRange(
            told.Select(t => new JournalSubject
            {
                OrganizationId = db.Tenant,
                Subject = t.Item1,
                Sequence = t.Item2,
            })
        );
        return new RebuiltSubjects(entries, told.Count, wrong.Count);
    }

    /// <summary>How the index differs from what the entries tell, in sentences.</summary>
    internal static async Task<IEnumerable<string>> Faults(
        MoatDb db,
        HashSet<(string Subject, long Sequence)> told,
        CancellationToken ct
    )
    {
        const string WhatToDo = "Make the index again with journal.rebuild-subjects.";
        var wrong = await Wrong(db, told, ct);
        return wrong
            .Select(w => $"The index of records says that entry {w.Sequence} changed {w.Subject}, which it did not.")
            .Concat(told.Select(t => $"The index of records lacks that entry {t.Sequence} changed {t.Subject}."))
            .Select(fault => $"{fault} {WhatToDo}");
    }

    // What the index rightly says is taken out of what is told, so that what it lacks is left.
    private static async Task<List<JournalSubject>> Wrong(
        MoatDb db,
        HashSet<(string Subject, long Sequence)> told,
        CancellationToken ct
    )
    {
        var wrong = new List<JournalSubject>();
        await foreach (var row in db.Set<JournalSubject>().AsNoTracking().AsAsyncEnumerable().WithCancellation(ct))
            if (!told.Remove((row.Subject, row.Sequence)))
                wrong.Add(row);
        return wrong;
    }
}
