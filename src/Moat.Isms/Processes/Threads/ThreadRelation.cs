using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Communication;
using Moat.Isms.Documents;
using Moat.Isms.Kernel;
using Moat.Isms.Risks;
using Moat.Isms.Suppliers;
using Moat.Isms.Training;
using Moat.Isms.Work;

namespace Moat.Isms.Processes.Threads;

/// <summary>A step from the earlier record to the later one.</summary>
/// <param name="Earlier">The kind and id of what came first.</param>
/// <param name="Later">The kind and id of what came of it.</param>
/// <param name="Says">How the later one stands to the earlier, such as "lesson of".</param>
/// <param name="At">When they were connected.</param>
/// <param name="By">Who connected them; null where a record says so by itself.</param>
/// <param name="ToldAfterwards">Whether the later one may have changed before they were connected: an action names what
/// it updated when it is done.</param>
/// <param name="Link">The link that says so; null where it is a field of a record.</param>
public sealed record ThreadStride(
    (string Kind, Guid Id) Earlier,
    (string Kind, Guid Id) Later,
    string Says,
    DateTime At,
    string? By,
    bool ToldAfterwards = false,
    Guid? Link = null
);

/// <summary>
/// A relation that is a field of a record and no link: a version belongs to its document. Kinds are given so that a
/// walk asks only where there can be an answer.
/// </summary>
public abstract class ThreadRelation
{
    /// <summary>Every relation.</summary>
    public static IReadOnlyList<ThreadRelation> All { get; } =
    [
        new PartOf<DocumentVersion>("version of", "DOC", v => v.DocumentId),
        new PartOf<Acknowledgement>("asks to confirm", "VER", a => a.VersionId),
        new PartOf<RiskAcceptance>("acceptance of", "RISK", a => a.RiskId),
        new PartOf<QuizAttempt>("quiz of", "TRN", q => q.AssignmentId),
        new PartOf<CommunicationSent>("sent for", "COMM", s => s.EntryId),
        new PartOf<SupplierCertificate>("certificate of", "SUP", c => c.SupplierId),
        new TaskOf(),
    ];

    /// <summary>Whether a record of this kind can be the later one.</summary>
    public abstract bool IsLater(string kind);

    /// <summary>Whether a record of this kind can be the earlier one.</summary>
    public abstract bool IsEarlier(string kind);

    /// <summary>The steps whose later end is one of these records.</summary>
    public abstract Task<List<ThreadStride>> Before(MoatDb db, IReadOnlyCollection<Guid> later, CancellationToken ct);

    /// <summary>The steps whose earlier end is one of these records, the first of them in time.</summary>
    public abstract Task<List<ThreadStride>> After(
        MoatDb db,
        IReadOnlyCollection<Guid> earlier,
        int most,
        CancellationToken ct
    );
}

internal sealed class PartOf<T>(string says, string wholeKind, Expression<Func<T, Guid>> whole) : ThreadRelation
    where T : Referenced
{
    private static readonly string Kind = RecordKind.Of(typeof(T)).Prefix;

    private readonly Expression<Func<T, PartOfWhole>> _projection = Expression.Lambda<Func<T, PartOfWhole>>(
        Expression.MemberInit(
            Expression.New(typeof(PartOfWhole)),
            Bind(nameof(PartOfWhole.Part), Expression.Property(whole.Parameters[0], nameof(Record.Id))),
            Bind(nameof(PartOfWhole.Whole), whole.Body),
            Bind(nameof(PartOfWhole.At), Expression.Property(whole.Parameters[0], nameof(Record.CreatedAt)))
        ),
        whole.Parameters
    );

    public override bool IsLater(string kind) => kind == Kind;

    public override bool IsEarlier(string kind) => kind == wholeKind;

    public override Task<List<ThreadStride>> Before(MoatDb db, IReadOnlyCollection<Guid> later, CancellationToken ct) =>
        Strides(db.Set<T>().Where(part => later.Contains(part.Id)), int.MaxValue, ct);

    public override Task<List<ThreadStride>> After(
        MoatDb db,
        IReadOnlyCollection<Guid> earlier,
        int most,
        CancellationToken ct
    )
    {
        // As a captured variable the ids are a parameter; as a constant each list of them would be a statement of its
        // own, compiled and thrown away.
        Expression<Func<IEnumerable<Guid>>> among = () => earlier;
        var isAmong = Expression.Call(
            typeof(Enumerable),
            nameof(Enumerable.Contains),
            [typeof(Guid)],
            among.Body,
            whole.Body
        );
        return Strides(db.Set<T>().Where(Expression.Lambda<Func<T, bool>>(isAmong, whole.Parameters)), most, ct);
    }

    private async Task<List<ThreadStride>> Strides(IQueryable<T> parts, int most, CancellationToken ct)
    {
        var found = await parts
            .OrderBy(p => p.CreatedAt)
            .ThenBy(p => p.Number)
            .Take(most)
            .Select(_projection)
            .ToListAsync(ct);
        return [.. found.Select(f => new ThreadStride((wholeKind, f.Whole), (Kind, f.Part), says, f.At, null))];
    }

    private static MemberAssignment Bind(string name, Expression value) =>
        Expression.Bind(typeof(PartOfWhole).GetProperty(name)!, value);
}

internal sealed class PartOfWhole
{
    public Guid Part { get; init; }

    public Guid Whole { get; init; }

    public DateTime At { get; init; }
}

/// <summary>A task comes from the record that called for it, whatever that is.</summary>
internal sealed class TaskOf : ThreadRelation
{
    private const string Kind = "TASK";

    public override bool IsLater(string kind) => kind == Kind;

    public override bool IsEarlier(string kind) => kind != Kind;

    public override Task<List<ThreadStride>> Before(MoatDb db, IReadOnlyCollection<Guid> later, CancellationToken ct) =>
        Strides(db.Set<WorkItem>().Where(t => later.Contains(t.Id)), int.MaxValue, ct);

    public override Task<List<ThreadStride>> After(
        MoatDb db,
        IReadOnlyCollection<Guid> earlier,
        int most,
        CancellationToken ct
    ) => Strides(db.Set<WorkItem>().Where(t => earlier.Contains(t.SubjectId)), most, ct);

    private static async Task<List<ThreadStride>> Strides(IQueryable<WorkItem> tasks, int most, CancellationToken ct)
    {
        var found = await tasks
            .OrderBy(t => t.CreatedAt)
            .ThenBy(t => t.Number)
            .Take(most)
            .Select(t => new
            {
                t.Id,
                t.SubjectId,
                t.SubjectRef,
                t.CreatedAt,
            })
            .ToListAsync(ct);
        return
        [
            .. found.Select(t => new ThreadStride(
                (t.SubjectRef.Split('-')[0], t.SubjectId),
                (Kind, t.Id),
                "task for",
                t.CreatedAt,
                null
            )),
        ];
    }
}
