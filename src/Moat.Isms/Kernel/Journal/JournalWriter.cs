using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel.Remembering;

namespace Moat.Isms.Kernel.Journal;

/// <summary>
/// Writes what an operation changed into the journal, in the operation's transaction, and signs the new state.
/// </summary>
public sealed class JournalWriter(MoatDb db, JournalKeys keys)
{
    /// <summary>The operation that an entry carries which tells that the clock was set back.</summary>
    public const string ClockWentBack = "journal.clock-went-back";

    /// <summary>Writes the entry of what changed. An operation that changed no record leaves none.</summary>
    public async Task Write(Caller caller, Operation operation, string? reason, CancellationToken ct)
    {
        var now = db.Flushed.At ?? db.Now;
        var changes = ChangeRecorder.Stamp(db, caller.Name, now);
        if (changes.Count == 0)
            return;
        var head = await db.Queries.Head(db, ct);
        if (head is null)
            db.Add(head = new JournalHead { OrganizationId = caller.OrganizationId });
        var size = head.Size;
        var signers = await Signers(head, ct);
        var before = await TimeBefore(head, ct);
        Append(head, JournalEntry.Write(caller, head.Size, now, operation.Name, reason, changes), signers);
        if (before is { } last && JournalReading.SetBack(last, now) is not null)
            Append(head, ClockEntry(caller, head.Size, last, now), signers);
        db.Written = WrittenEntries.Of(head, size, operation, changes);
    }

    // The entry before is found by its key, so a journal of any length costs the same.
    private async Task<DateTime?> TimeBefore(JournalHead head, CancellationToken ct) =>
        head.Size == 0 ? null : await db.Queries.EntryAt(db, head.Size - 1, ct);

    /// <summary>
    /// Who signs from here on: the key that signed last, and where this operation names its successor, that one too.
    /// </summary>
    private async Task<IReadOnlyList<NoteSigner>> Signers(JournalHead head, CancellationToken ct)
    {
        if (head.VerifierKey.Length == 0)
            return [keys.ForNewJournal(await db.Organizations.AnyAsync(o => o.Id != head.OrganizationId, ct))];
        var successor = db.Set<SigningKey>().Local.FirstOrDefault(k => k.Replaces == head.VerifierKey)?.VerifierKey;
        return successor is null ? [keys.Of(head.VerifierKey)] : [keys.Of(head.VerifierKey), keys.Of(successor)];
    }

    private void Append(JournalHead head, JournalEntry entry, IReadOnlyList<NoteSigner> signers)
    {
        db.Add(entry);
        db.AddRange(JournalSubject.Of(entry));
        head.Append(entry.Leaf, signers);
    }

    private static JournalEntry ClockEntry(Caller caller, long sequence, DateTime before, DateTime now)
    {
        var says = string.Create(
            CultureInfo.InvariantCulture,
            $"The clock was set back by {JournalReading.Words(before - now)}: entry {sequence - 2} is from {before:yyyy-MM-dd HH:mm:ss} UTC, "
                + $"entry {sequence - 1} from {now:yyyy-MM-dd HH:mm:ss} UTC."
        );
        return JournalEntry.Write(
            Caller.System(caller.OrganizationId, caller.Organization),
            sequence,
            now,
            ClockWentBack,
            says,
            []
        );
    }
}
