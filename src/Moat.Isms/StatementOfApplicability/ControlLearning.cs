using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Controls;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Rules;

namespace Moat.Isms.StatementOfApplicability;

/// <summary>What improved a control, or who looked and found nothing to improve.</summary>
/// <param name="Because">What the journal shows.</param>
/// <param name="At">When.</param>
public sealed record Learned(string Because, DateTime At);

/// <summary>
/// Reads for each control what it learned within a year: a change that the journal shows, or a person's look at its
/// evidence that found nothing to change. Either counts from thirty days after the control came to be: before that, it
/// was being put in place.
/// </summary>
public sealed class ControlLearning(MoatDb db, IProvenChanges changes)
{
    private const int DaysOfACycle = 365;
    private const int DaysToSettle = 30;

    /// <summary>The latest of each control, by code.</summary>
    public async Task<IReadOnlyDictionary<string, Learned>> Read(CancellationToken ct)
    {
        var proven = (
            await changes.Since(db.Today.AddDays(-DaysOfACycle).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc), ct)
        ).ToLookup(c => c.RecordId);
        var controls = await db.Set<Control>()
            .AsNoTracking()
            .Where(c => c.Standing == Standing.Adopted)
            .Select(c => new
            {
                c.Id,
                c.Code,
                c.CreatedAt,
            })
            .ToListAsync(ct);
        return (
            from control in controls
            let last = proven[control.Id].Where(c => c.At >= control.CreatedAt.AddDays(DaysToSettle)).MaxBy(c => c.At)
            where last is not null
            select (control.Code, Learned: new Learned(Words(last), last.At))
        ).ToDictionary(c => c.Code, c => c.Learned);
    }

    private static string Words(ProvenChange change) =>
        change.What == ProvenChange.NoChange
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"Looked at on {change.At:yyyy-MM-dd}, and nothing had to change (entry {change.Entry})"
            )
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{change.What} on {change.At:yyyy-MM-dd} because of {change.CauseRef} (entry {change.Entry})"
            );
}
