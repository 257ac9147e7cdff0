using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Controls;
using Moat.Isms.Evidence.Grades;
using Moat.Isms.Kernel;
using Moat.Isms.People.Responsibilities;
using Moat.Isms.Work;

namespace Moat.Isms.Evidence.Drills;

/// <summary>
/// Keeps what restore drills showed (A.8.13). One that passed is evidence. One that failed is kept with its report,
/// counts for nothing and leaves a task: nobody has to hide it, and it makes nothing green.
/// </summary>
[Process(EvidenceProcess.Name, EvidenceProcess.Summary)]
public sealed class DrillProcess(MoatDb db, EvidenceKeeper keeper, WorkList work)
{
    private const string BackupControl = "A.8.13";
    private const string EvidenceClause = "9.1";
    private const int DaysToRepair = 7;

    /// <summary>
    /// Keeps the report of a drill that the installation ran itself. No door takes one: what a drill found is not for
    /// anybody to say.
    /// </summary>
    [Operation("record-restore-drill", Permission.System, "Keep what a restore drill of a backup showed, for A.8.13")]
    public async Task<DrillRecorded> Record(RestoreDrill input, CancellationToken ct)
    {
        var control = await db.Set<Control>().FirstOrDefaultAsync(c => c.Code == BackupControl, ct);
        var (passed, day) = (input.Findings.Count == 0, DateOnly.FromDateTime(input.BeganAt));
        if (day > db.Today)
            throw new InputInvalid("beganAt", "A drill that has not begun shows nothing.");
        var title = string.Create(
            CultureInfo.InvariantCulture,
            $"Restore drill of {day:yyyy-MM-dd}: {(passed ? "passed" : "FAILED")}"
        );
        var content = new EvidenceContent(
            title,
            EvidenceKind.File,
            EvidenceKeeper.Bytes(DrillReport.Write(input)),
            FileName: string.Create(CultureInfo.InvariantCulture, $"restore-drill-{day:yyyy-MM-dd}.md"),
            CollectedBy: input.By,
            Origin: EvidenceOrigin.Moat
        );
        var item = await keeper.Keep(
            content,
            new DrillFrame
            {
                Controls = control is null ? [] : [BackupControl],
                Clauses = control is null ? [EvidenceClause] : [],
                PeriodFrom = day,
                PeriodTo = day,
                Population = "the records of the management system, in Moat; no models and no datasets",
                Complete = true,
                As = EvidenceForm.Record,
            },
            ct
        );
        if (!passed)
            await Fail(item, input, control, ct);
        return new DrillRecorded(item.Ref, passed, control?.Code);
    }

    private async Task Fail(EvidenceItem item, RestoreDrill drill, Control? control, CancellationToken ct)
    {
        var why = $"The drill failed: {drill.Findings[0]}".Cut(1000);
        item.Withdraw(why, db.Now);
        if (control is null)
            return;
        var manager = await db.Set<RoleAssignment>()
            .Where(r => r.Key == "isms-manager" && r.PersonId != null)
            .Select(r => r.PersonId)
            .FirstOrDefaultAsync(ct);
        var title = $"Repair the backup and drill again: {drill.Backup}".Cut(300);
        await work.Open(
            control,
            new NewWork("action", title, why, control.OwnerId ?? manager, db.Today.AddDays(DaysToRepair)),
            ct
        );
    }

    private sealed record DrillFrame : EvidenceFrame;
}
