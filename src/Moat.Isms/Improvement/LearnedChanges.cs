using Microsoft.EntityFrameworkCore;
using Moat.Isms.Changes;
using Moat.Isms.Kernel;
using Moat.Isms.Work;

namespace Moat.Isms.Improvement;

/// <summary>
/// Keeps, from the side of a record that changed, what it learned from: the lesson, the action or the news that asked for it. Used inside the
/// operations that change risks, documents and training.
/// </summary>
public sealed class LearnedChanges(MoatDb db)
{
    private const string Prefix = "news:";

    /// <summary>What a task that threat news asked for is known by.</summary>
    public static string Purpose(ThreatNews news) => Prefix + news.Ref;

    /// <summary>Whether something can be learned from a record of this kind.</summary>
    public static bool Teaches(Referenced cause) => Teachers.Contains(RecordKind.Of(cause.GetType()).Prefix);

    /// <summary>The kinds of records that teach: what was done, found, decided or heard.</summary>
    public static IReadOnlyList<string> Teachers { get; } = ["ACT", "IMP", "LES", "FIND", "MREV", "INC", "NEWS", "NC", "RUN", "CHG"];

    /// <summary>A record changed because of another. When that one is an action, an improvement or a change, it altered the record.</summary>
    public async Task Because(Referenced changed, Referenced cause, string meaning, CancellationToken ct)
    {
        await db.Connect(changed, meaning, cause, ct);
        if (cause is CorrectiveAction or Improvement or IsmsChange) await db.Connect(cause, LinkTypes.Updates, changed, ct);
    }

    /// <summary>A risk was assessed again, or a document was revised or looked at: what threat news asked for is done.</summary>
    public async Task Answered(Referenced record, bool changed, CancellationToken ct)
    {
        var open = await db.Set<WorkItem>().Where(t => t.SubjectId == record.Id && t.State == WorkState.Open && t.Purpose.StartsWith(Prefix)).ToListAsync(ct);
        foreach (var task in open)
        {
            task.Close(WorkState.Done, changed ? "It changed." : "Looked at; nothing had to change.", db.Now);
            if (changed) await db.Connect(record, LinkTypes.LearnedFrom, await db.One<ThreatNews>(task.Purpose[Prefix.Length..], ct), ct);
        }
    }
}
