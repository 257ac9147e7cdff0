using Microsoft.EntityFrameworkCore;
using Moat.Isms.Assets;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Isms.People.Responsibilities;
using Moat.Isms.Work;

namespace Moat.Isms.Incidents.Intake;

/// <summary>Decides what becomes of reports and alerts (A.5.25), inside their operations.</summary>
public sealed class TriageDesk(MoatDb db, CurrentCaller caller, WorkList work, IncidentDesk desk)
{
    internal const string OfUnnamed = "triage-unnamed";
    private const string Purpose = "triage";
    private const string LeadRole = "incident-lead";

    /// <summary>Asks the incident lead to decide about it.</summary>
    public async Task Ask(Signal signal, CancellationToken ct)
    {
        var lead = await db.Set<RoleAssignment>()
            .Where(r => r.Key == LeadRole && r.Standing == Standing.Adopted)
            .Select(r => r.PersonId)
            .FirstOrDefaultAsync(ct);
        await work.Ensure(
            signal,
            PurposeOf(signal),
            $"Incident or not? {signal.Caption}".Cut(300),
            "Somebody decides about everything that is reported, and says why (A.5.25).",
            lead,
            db.Today.AddDays(1),
            ct
        );
    }

    /// <summary>Decides about signals that belong together; the first is the one that was looked at.</summary>
    public async Task<Triaged> Decide(
        Triage input,
        IReadOnlyList<Signal> signals,
        string what,
        DateTime detectedAt,
        IReadOnlyList<Referenced> touched,
        CancellationToken ct
    )
    {
        var incident =
            !input.Incident ? null
            : input.BelongsTo is { } known ? await Existing(known, ct)
            : await New(input, signals[0], what, detectedAt, touched, ct);
        foreach (var signal in signals)
        {
            if (incident is null)
                signal.Dismiss(input.Reason, caller.Value.Name, db.Now);
            else
                await Join(signal, incident, input.Reason, ct);
            await work.Settle(signal, Purpose, input.Reason.Cut(500), ct);
            if (PurposeOf(signal) != Purpose)
                await work.Settle(signal, PurposeOf(signal), input.Reason.Cut(500), ct);
        }
        return new Triaged(signals[0].Ref, incident?.Ref, signals.Count);
    }

    /// <summary>A signal belongs to an incident.</summary>
    public async Task Join(Signal signal, Incident incident, string reason, CancellationToken ct)
    {
        signal.Join(incident, reason, caller.Value.Name, db.Now);
        await db.Connect(incident, LinkTypes.CausedBy, signal, ct);
        var at =
            signal is Alert alert ? alert.StartsAt
            : signal.CreatedAt == default ? db.Now
            : signal.CreatedAt;
        await desk.Note(incident, at, TimelineKind.Signal, $"{signal.Ref}: {signal.Caption}", ct);
    }

    private static string PurposeOf(Signal signal) => signal is ReportedEvent { Unnamed: true } ? OfUnnamed : Purpose;

    private async Task<Incident> Existing(string reference, CancellationToken ct)
    {
        var incident = await db.One<Incident>(reference, ct);
        return incident.State == IncidentState.Closed
            ? throw new RuleBroken("incidents.triage.open", $"{incident.Ref} is closed. Reopen it, or open a new one.")
            : incident;
    }

    private async Task<Incident> New(
        Triage input,
        Signal signal,
        string what,
        DateTime detectedAt,
        IReadOnlyList<Referenced> touched,
        CancellationToken ct
    )
    {
        var aware = input.AwareAt is { } told ? IncidentDesk.Utc(told) : db.Now;
        DateTime? occurred = input.OccurredAt is { } began ? IncidentDesk.Utc(began) : null;
        // A person may have known before the first alert: the earlier moment is the first sign.
        var detected = aware < detectedAt ? aware : detectedAt;
        return await desk.Open(
            new NewIncident(
                input.Title ?? signal.Caption,
                what,
                occurred,
                detected,
                aware,
                await db.OwnerId(input.Lead, ct),
                Assessed: true
            ),
            touched,
            ct
        );
    }
}

/// <summary>Finds the assets that words name.</summary>
internal static class NamedAssets
{
    /// <summary>Assets whose reference, name or outside id is one of the words.</summary>
    public static async Task<List<Asset>> Named(this MoatDb db, IReadOnlyCollection<string> words, CancellationToken ct)
    {
        var numbers = words
            .Select(RecordKind.Parse)
            .Where(p => p?.Kind.Type == typeof(Asset))
            .Select(p => p!.Value.Number)
            .ToList();
        return words.Count == 0
            ? []
            : await db.Set<Asset>()
                .Where(a =>
                    a.Standing == Standing.Adopted
                    && (
                        numbers.Contains(a.Number)
                        || words.Contains(a.Name)
                        || (a.ExternalId != null && words.Contains(a.ExternalId))
                    )
                )
                .OrderBy(a => a.Number)
                .Take(50)
                .ToListAsync(ct);
    }
}
