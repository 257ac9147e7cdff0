using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;

namespace Moat.Isms.Audits;

/// <summary>The lines of a running audit's checklist: who may write on one, and what is kept there.</summary>
public sealed class AuditLines(MoatDb db, CurrentCaller caller, AuditTeam teams, RecordFinder records)
{
    /// <summary>A line of a running audit that the caller may write on. Throws when they may not.</summary>
    public async Task<AuditItem> Line(Audit audit, string requirement, CancellationToken ct)
    {
        audit.Must(AuditState.Running, "audits.examine.running", "auditors look while it runs");
        await teams.Auditor(audit, requirement, ct);
        return await db.Set<AuditItem>().FirstAsync(i => i.AuditId == audit.Id && i.Requirement == requirement, ct);
    }

    /// <summary>Keeps a look and connects the audit with what was looked at.</summary>
    public async Task Note(
        Audit audit,
        AuditItem item,
        ExamineResult result,
        string note,
        IReadOnlyCollection<string> examined,
        CancellationToken ct
    )
    {
        var seen = examined.Count == 0 ? [] : await records.All(examined, ct);
        foreach (var record in seen)
            await db.Connect(audit, LinkTypes.Examines, record, ct, source: item.Requirement);
        item.Examine(result, note, seen.Select(r => r.Ref), caller.Value.Name, db.Now);
    }
}
