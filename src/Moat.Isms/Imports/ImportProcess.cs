using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;

namespace Moat.Isms.Imports;

/// <summary>
/// What files brought in, and how it is taken back. An import is one entry of the journal, which knows all that it
/// entered.
/// </summary>
[Process(
    "imports",
    "What was read in from files, by whom, and how it is taken back as long as nothing was built on it."
)]
public sealed class ImportProcess(MoatDb db, ImportUndo undo)
{
    private const int Most = 200;

    /// <summary>The operations whose entry can be taken back as a whole.</summary>
    public static IReadOnlyList<string> Operations { get; } =
    [
        "assets.import-table",
        "assets.import-bom",
        "collectors.import-bill",
        "risks.import-table",
        "people.import-table",
        "requests.import-table",
        "directory.import",
        "frameworks.import",
    ];

    /// <summary>The imports, the latest first.</summary>
    [Query(
        "list",
        Permission.ReadIsms,
        "List what was imported: who, when, which file, how many records, and whether it was taken back"
    )]
    public async Task<IReadOnlyList<ImportRow>> List(Nothing input, CancellationToken ct)
    {
        var entries = await db
            .Journal.Where(e => Operations.Contains(e.Operation))
            .OrderByDescending(e => e.Sequence)
            .Take(Most)
            .ToListAsync(ct);
        var undone = await undo.Undone(ct);
        return [.. entries.Select(e => ImportedChanges.Of(e).Row(undone))];
    }

    /// <summary>What taking an import back would do.</summary>
    [Query(
        "preview-undo",
        Permission.ReadIsms,
        "Show what taking an import back would remove and set back, and what stays and why; stores nothing"
    )]
    public async Task<UndoView> Preview(OneImport input, CancellationToken ct)
    {
        var import = await Find(input.Entry, ct);
        return (await undo.Plan(import, ct)).View(import.Row(await undo.Undone(ct)));
    }

    /// <summary>Takes an import back: as a new entry of the journal, and never what somebody built on it.</summary>
    [Operation(
        "undo",
        Permission.Adopt,
        "Take an import back; records that were changed or used since stay and are named"
    )]
    public async Task<UndoView> Undo(UndoImport input, CancellationToken ct)
    {
        var import = await Find(input.Entry, ct);
        var undone = await undo.Undone(ct);
        if (undone.TryGetValue(import.Entry, out var by))
            throw new RuleBroken("imports.undo.once", $"Import {import.Entry} was taken back already, in entry {by}.");
        var plan = await undo.Plan(import, ct);
        if (plan.IsEmpty)
            throw new RuleBroken(
                "imports.undo.nothing",
                $"Nothing of import {import.Entry} can be taken back: all of it was changed or used since."
            );
        await undo.Apply(plan, import, input.Reason, ct);
        return plan.View(import.Row(undone));
    }

    private async Task<ImportedChanges> Find(long entry, CancellationToken ct) =>
        await db.Journal.FirstOrDefaultAsync(e => e.Sequence == entry && Operations.Contains(e.Operation), ct)
            is { } found
            ? ImportedChanges.Of(found)
            : throw new NotFound($"import {entry}");
}
