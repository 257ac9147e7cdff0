using Microsoft.EntityFrameworkCore;
using Moat.Isms.Audits;
using Moat.Isms.Improvement;
using Moat.Isms.Incidents.Intake;
using Moat.Isms.Kernel;
using Moat.Isms.Reviews;

namespace Moat.Isms.Work.Absences;

/// <summary>Who stands in for whom today, and what only a person itself can do.</summary>
public sealed class Deputies(MoatDb db)
{
    private const int LongestChain = 4;

    /// <summary>
    /// Purposes of tasks that are never delegated: what one reads, learns and shows oneself, and decisions that the standard or the company
    /// lays on a named person, such as accepting a risk (6.1.3 f). So does what somebody was chosen for because of who they are not: who holds an
    /// audit is no party to it (9.2.2 c), who sees an effect did not bring it about (10.2 d), who approves minutes was there, and whoever reported
    /// without a name trusted one role.
    /// </summary>
    public static IReadOnlySet<string> Personal { get; } = new HashSet<string>
    {
        "acknowledge", "course", "competence", "review", "renew", "agree", "treat", "approve", AuditProcess.Hold, ActionDesk.Verifying, ReviewMeeting.ApproveTask, TriageDesk.OfUnnamed,
    };

    private Dictionary<Guid, Guid>? _standingIn;

    /// <summary>Whether tasks of this purpose stay with the person. Access reviews name theirs in the purpose.</summary>
    public static bool IsPersonal(string purpose) => Personal.Contains(purpose) || purpose.StartsWith("access:", StringComparison.Ordinal);

    /// <summary>Who has a task of this purpose today, and for whom.</summary>
    public async Task<(Guid? Owner, Guid? For)> Of(Guid? ownerId, string purpose, CancellationToken ct)
    {
        if (ownerId is not { } owner || IsPersonal(purpose)) return (ownerId, null);
        _standingIn ??= await Read(ct);
        var doing = owner;
        for (var hops = 0; _standingIn.TryGetValue(doing, out var deputy); hops++)
        {
            // Deputies who are away as well and stand in for each other help nobody: the task stays where it belongs.
            if (deputy == owner || hops == LongestChain) return (owner, null);
            doing = deputy;
        }
        return doing == owner ? (owner, null) : (doing, owner);
    }

    /// <summary>
    /// Whether somebody may sign for another today: only who is named in an absence that a person recorded and not they themselves, and never the
    /// deputy of a deputy.
    /// </summary>
    public async Task<bool> StandsIn(Guid person, Guid forWhom, CancellationToken ct)
    {
        var today = db.Today;
        return await db.Set<Absence>().AnyAsync(a => a.PersonId == forWhom && a.DeputyId == person && a.RecordedById != null && a.RecordedById != person && a.EndedAt == null && a.From <= today && a.Until >= today, ct);
    }

    /// <summary>Forgets what was read, because an absence began or ended.</summary>
    public void Changed() => _standingIn = null;

    private async Task<Dictionary<Guid, Guid>> Read(CancellationToken ct)
    {
        var today = db.Today;
        var stored = await db.Set<Absence>().Where(a => a.EndedAt == null && a.From <= today && a.Until >= today).ToListAsync(ct);
        return stored.Concat(db.Set<Absence>().Local).Where(a => a.EndedAt is null && a.From <= today && a.Until >= today)
            .DistinctBy(a => a.PersonId).ToDictionary(a => a.PersonId, a => a.DeputyId);
    }
}
