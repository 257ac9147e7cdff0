using Microsoft.EntityFrameworkCore;
using Moat.Isms.Changes;
using Moat.Isms.Kernel;
using Moat.Isms.Work;

namespace Moat.Isms.Improvement;

/// <inheritdoc cref="ILearnedChanges" />
public sealed class LearnedChanges(MoatDb db) : ILearnedChanges
{
    private const string Prefix = "news:";

    /// <summary>What a task that threat news asked for is known by.</summary>
    public static string Purpose(ThreatNews news) => Prefix + news.Ref;

    /// <inheritdoc />
    public async Task Because(Referenced changed, Referenced cause, string meaning, CancellationToken ct)
    {
        await db.Connect(changed, meaning, cause, ct);
        if (cause is CorrectiveAction or Improvement or IsmsChange)
            await db.Connect(cause, LinkTypes.Updates, changed, ct);
    }

    /// <inheritdoc />
    public async Task Answered(Referenced record, bool changed, CancellationToken ct)
    {
        var open = await db.Set<WorkItem>()
            .Where(t => t.SubjectId == record.Id && t.State == WorkState.Open && t.Purpose.StartsWith(Prefix))
            .ToListAsync(ct);
        foreach (var task in open)
        {
            task.Close(WorkState.Done, changed ? "It changed." : "Looked at; nothing had to change.", db.Now);
            if (changed)
                await db.Connect(
                    record,
                    LinkTypes.LearnedFrom,
                    await db.One<ThreatNews>(task.Purpose[Prefix.Length..], ct),
                    ct
                );
        }
    }
}
