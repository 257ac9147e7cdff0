using System.ComponentModel.DataAnnotations;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Isms.Suppliers;
using Moat.Isms.Work;

namespace Moat.Isms.Changes;

/// <summary>Which of the outsourced ones to list.</summary>
public sealed record ListOutsourced : ListInput
{
    /// <summary>Also those that ended.</summary>
    public bool Ended { get; init; }
}

/// <summary>Something that somebody outside does for the ISMS.</summary>
public sealed record CreateOutsourced
{
    /// <summary>What is done outside, in a line.</summary>
    [MinLength(5), MaxLength(300)]
    public required string Title { get; init; }

    /// <summary>process, product or service.</summary>
    public required OutsourcedKind Kind { get; init; }

    /// <summary>Who does it, such as SUP-3.</summary>
    [MaxLength(80)]
    public required string Supplier { get; init; }

    /// <summary>What must be true before its result is used.</summary>
    [MinLength(10), MaxLength(2000)]
    public required string Criteria { get; init; }

    /// <summary>What we do to keep it under control.</summary>
    [MinLength(10), MaxLength(2000)]
    public required string ControlExercised { get; init; }

    /// <summary>How we see that it is done so.</summary>
    [MinLength(10), MaxLength(2000)]
    public required string MonitoredBy { get; init; }

    /// <summary>Who answers for it here, such as PER-2.</summary>
    [MaxLength(80)]
    public required string Owner { get; init; }

    /// <summary>Days between looks at it, 30 to 730.</summary>
    [Range(30, 730)]
    public int ReviewDays { get; init; } = 180;
}

/// <summary>Changes to what is done outside.</summary>
public sealed record EditOutsourced : ChangeRecord
{
    /// <summary>What is done outside, in a line.</summary>
    [MinLength(5), MaxLength(300)]
    public string? Title { get; init; }

    /// <summary>What must be true before its result is used.</summary>
    [MinLength(10), MaxLength(2000)]
    public string? Criteria { get; init; }

    /// <summary>What we do to keep it under control.</summary>
    [MinLength(10), MaxLength(2000)]
    public string? ControlExercised { get; init; }

    /// <summary>How we see that it is done so.</summary>
    [MinLength(10), MaxLength(2000)]
    public string? MonitoredBy { get; init; }

    /// <summary>Who answers for it here.</summary>
    [MaxLength(80)]
    public string? Owner { get; init; }

    /// <summary>Days between looks at it.</summary>
    [Range(30, 730)]
    public int? ReviewDays { get; init; }
}

/// <summary>A look at whether it is done as agreed.</summary>
public sealed record ReviewOutsourced : ChangeRecord
{
    /// <summary>What was looked at and what was found.</summary>
    [MinLength(10), MaxLength(4000)]
    public required string Finding { get; init; }
}

/// <summary>Nobody outside does it any more.</summary>
public sealed record EndOutsourced : ChangeRecord
{
    /// <summary>Why, and who does it now.</summary>
    [MinLength(5), MaxLength(2000)]
    public required string Reason { get; init; }
}

/// <summary>What is done outside, as people read it.</summary>
public sealed record OutsourcedView(
    string Ref,
    int Version,
    string Title,
    OutsourcedKind Kind,
    string SupplierRef,
    string Supplier,
    string Criteria,
    string ControlExercised,
    string MonitoredBy,
    string? OwnerRef,
    string? Owner,
    int ReviewDays,
    DateOnly? ReviewedOn,
    string? Finding,
    DateOnly NextReviewOn,
    DateOnly? EndedOn
);

/// <summary>Processes, products and services from outside, and how they are kept under control (8.1).</summary>
[Process(Name, Summary)]
public sealed class OutsourcedRegister(MoatDb db, WorkList work)
{
    internal const string Name = "outsourced";
    internal const string Summary =
        "What others do for the ISMS: what must be true of it, how it is kept under control, and when somebody last looked (8.1).";
    private const string Look = "review";
    private static readonly Pager<OutsourcedProcess> Pages = new(
        new SortKey<OutsourcedProcess>("next", o => o.NextReviewOn)
    );

    /// <summary>A page of what is done outside.</summary>
    [Query(
        "list",
        Permission.ReadIsms,
        "List outsourced processes, products and services with the control that is exercised"
    )]
    public Task<Page<OutsourcedView>> List(ListOutsourced input, CancellationToken ct)
    {
        var query = input.Ended
            ? db.Set<OutsourcedProcess>()
            : db.Set<OutsourcedProcess>().Where(o => o.EndedOn == null);
        var (people, suppliers) = (db.Set<Person>(), db.Set<Supplier>());
        return Pages.Page(
            db,
            query,
            input with
            {
                Sort = input.Sort ?? "next",
            },
            o => new OutsourcedView(
                "OUT-" + o.Number,
                o.Version,
                o.Title,
                o.Kind,
                "SUP-" + suppliers.Where(s => s.Id == o.SupplierId).Select(s => s.Number).FirstOrDefault(),
                suppliers.Where(s => s.Id == o.SupplierId).Select(s => s.Name).FirstOrDefault() ?? "",
                o.Criteria,
                o.ControlExercised,
                o.MonitoredBy,
                people.Where(p => p.Id == o.OwnerId).Select(p => "PER-" + p.Number).FirstOrDefault(),
                people.Where(p => p.Id == o.OwnerId).Select(p => p.Name).FirstOrDefault(),
                o.ReviewDays,
                o.ReviewedOn,
                o.Finding,
                o.NextReviewOn,
                o.EndedOn
            ),
            ct
        );
    }

    /// <summary>Enters something that is done outside.</summary>
    [Operation(
        "create",
        Permission.PlanChanges,
        "Enter a process, product or service from outside and how it is kept under control"
    )]
    public async Task<Done> Create(CreateOutsourced input, CancellationToken ct)
    {
        var supplier = await db.One<Supplier>(input.Supplier, ct);
        var outsourced = await db.Enter(
            new OutsourcedProcess
            {
                Title = input.Title,
                Kind = input.Kind,
                SupplierId = supplier.Id,
                Criteria = input.Criteria,
                ControlExercised = input.ControlExercised,
                MonitoredBy = input.MonitoredBy,
                OwnerId = await db.OwnerId(input.Owner, ct),
                ReviewDays = input.ReviewDays,
                NextReviewOn = db.Today.AddDays(input.ReviewDays),
            },
            ct
        );
        await db.Connect(outsourced, LinkTypes.SuppliedBy, supplier, ct);
        await AskForLook(outsourced, ct);
        return new Done(outsourced);
    }

    /// <summary>Changes how it is kept under control.</summary>
    [Operation("edit", Permission.PlanChanges, "Change how something from outside is kept under control")]
    public async Task<Done> Edit(EditOutsourced input, CancellationToken ct)
    {
        var o = await db.One<OutsourcedProcess>(input, ct);
        (o.Title, o.Criteria) = (input.Title ?? o.Title, input.Criteria ?? o.Criteria);
        (o.ControlExercised, o.MonitoredBy) = (
            input.ControlExercised ?? o.ControlExercised,
            input.MonitoredBy ?? o.MonitoredBy
        );
        if (input.Owner is not null)
            o.OwnerId = await db.OwnerId(input.Owner, ct);
        if (input.ReviewDays is { } days)
            (o.ReviewDays, o.NextReviewOn) = (days, (o.ReviewedOn ?? db.Today).AddDays(days));
        if (o.EndedOn is null)
            await AskForLook(o, ct);
        return new Done(o);
    }

    /// <summary>Keeps what a look at it found.</summary>
    [Operation(
        "review",
        Permission.PlanChanges,
        "Keep what a look at something from outside found; the next one is planned"
    )]
    public async Task<Done> Review(ReviewOutsourced input, CancellationToken ct)
    {
        var o = await db.One<OutsourcedProcess>(input, ct);
        o.Review(input.Finding, db.Today);
        await work.Settle(o, Look, "Looked at.", ct);
        await AskForLook(o, ct);
        return new Done(o);
    }

    /// <summary>Nobody outside does it any more.</summary>
    [Operation("end", Permission.PlanChanges, "Say that nobody outside does it any more")]
    public async Task<Done> End(EndOutsourced input, CancellationToken ct)
    {
        var o = await db.One<OutsourcedProcess>(input, ct);
        o.End(db.Today);
        await work.Settle(o, Look, "It ended.", ct);
        return new Done(o);
    }

    private Task AskForLook(OutsourcedProcess o, CancellationToken ct) =>
        work.Ensure(
            o,
            Look,
            $"Look at {o.Ref}: {o.Title}".Cut(300),
            $"Others do it, you answer for it (8.1). Look at: {o.MonitoredBy}".Cut(1000),
            o.OwnerId,
            o.NextReviewOn,
            ct
        );
}
