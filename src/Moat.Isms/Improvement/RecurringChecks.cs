using Microsoft.EntityFrameworkCore;
using Moat.Isms.Evidence.Checks;
using Moat.Isms.Evidence.Facts;
using Moat.Isms.Kernel;
using Moat.Isms.Work;

namespace Moat.Isms.Improvement;

/// <summary>Turns the question that a check asks when it keeps failing into a nonconformity.</summary>
public sealed class RecurringChecks(MoatDb db, CheckBook book)
{
    /// <summary>
    /// The resource and what is not right about it. The same check on the same resource is the same again.
    /// </summary>
    public async Task<(Resource Source, RaisedNonconformity What)> Asked(
        WorkItem task,
        NonconformityGrade grade,
        Guid? owner,
        CancellationToken ct
    )
    {
        var resource =
            task.Purpose == CheckAlarm.Recurs
                ? await db.Set<Resource>().FirstOrDefaultAsync(r => r.Id == task.SubjectId, ct)
                : null;
        if (resource is null)
            throw new RuleBroken(
                "nonconformities.from-task.check",
                $"{task.Ref} is not about a check that keeps failing. Raise a nonconformity with its own words instead."
            );
        var check = (await book.All(ct)).FirstOrDefault(c => CheckAlarm.Question(c, resource) == task.Title);
        return (
            resource,
            new RaisedNonconformity(
                check is null
                    ? $"A check on {resource.Name} keeps failing"
                    : $"{check.Title}: {resource.Name}, again and again",
                $"{task.Why}{(check is null ? "" : $" {check.Why}")}",
                NonconformityOrigin.Check,
                grade,
                check is null ? null : string.Join(", ", check.Controls.Concat(check.Clauses).Take(6)),
                owner
            )
            {
                SameWhen = $"{resource.Ref} {check?.Id ?? "check"}",
            }
        );
    }
}
