using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Isms.Work;

namespace Moat.Isms.Communication;

/// <summary>An entry of the plan as people read it.</summary>
public sealed record CommunicationView(
    string Ref,
    int Version,
    string What,
    string When,
    int? EveryDays,
    string WithWhom,
    string OwnerRole,
    string? OwnerRef,
    string? Owner,
    string How,
    DateOnly? LastOn,
    DateOnly? NextOn,
    Standing Standing,
    string? WhyProposed,
    IReadOnlyList<SentView> Sent
);

/// <summary>Something that was said.</summary>
public sealed record SentView(string Ref, string What, string ToWhom, DateOnly On, string By, string? Address);

/// <summary>An entry of the plan.</summary>
public sealed record PlanCommunication
{
    /// <summary>What is said.</summary>
    [MinLength(5), MaxLength(500)]
    public required string What { get; init; }

    /// <summary>When, or on which occasion.</summary>
    [MinLength(3), MaxLength(500)]
    public required string When { get; init; }

    /// <summary>Days between two times; left out where an occasion decides.</summary>
    [Range(1, 1095)]
    public int? EveryDays { get; init; }

    /// <summary>With whom.</summary>
    [MinLength(2), MaxLength(500)]
    public required string WithWhom { get; init; }

    /// <summary>Who does it, such as PER-2.</summary>
    [MaxLength(80)]
    public string? Owner { get; init; }

    /// <summary>How.</summary>
    [MinLength(2), MaxLength(1000)]
    public required string How { get; init; }
}

/// <summary>Changes to an entry; a changed proposal is adopted.</summary>
public sealed record EditCommunication : ChangeRecord
{
    /// <summary>What is said.</summary>
    [MinLength(5), MaxLength(500)]
    public string? What { get; init; }

    /// <summary>When, or on which occasion.</summary>
    [MinLength(3), MaxLength(500)]
    public string? When { get; init; }

    /// <summary>Days between two times.</summary>
    [Range(1, 1095)]
    public int? EveryDays { get; init; }

    /// <summary>With whom.</summary>
    [MinLength(2), MaxLength(500)]
    public string? WithWhom { get; init; }

    /// <summary>Who does it.</summary>
    [MaxLength(80)]
    public string? Owner { get; init; }

    /// <summary>How.</summary>
    [MinLength(2), MaxLength(1000)]
    public string? How { get; init; }
}

/// <summary>That it was done.</summary>
public sealed record SendCommunication : OneRecord
{
    /// <summary>What was said, in a sentence.</summary>
    [MinLength(5), MaxLength(2000)]
    public required string What { get; init; }

    /// <summary>To whom; as planned when left out.</summary>
    [MaxLength(500)]
    public string? ToWhom { get; init; }

    /// <summary>When; today when left out.</summary>
    public DateOnly? On { get; init; }

    /// <summary>Where it can be seen; an https address.</summary>
    [MaxLength(1000), RegularExpression("https://.+", ErrorMessage = "An https address is needed.")]
    public string? Address { get; init; }
}

/// <summary>The communication plan (clause 7.4).</summary>
[Process(
    "communication",
    "What is communicated about security: when, with whom, by whom, how, and what was sent (7.4)."
)]
public sealed class CommunicationProcess(MoatDb db, CurrentCaller caller, WorkList work)
{
    private const int SentShown = 10;

    /// <summary>The plan with what was sent.</summary>
    [Query("list", Permission.ReadIsms, "Read the communication plan and what was sent")]
    public async Task<IReadOnlyList<CommunicationView>> List(ListContext input, CancellationToken ct)
    {
        var entries = await db.Set<CommunicationEntry>()
            .Of(input.Standing)
            .OrderBy(e => e.Number)
            .Take(200)
            .ToListAsync(ct);
        var owners = await db.Set<Person>()
            .Where(p => entries.Select(e => e.OwnerId).Contains(p.Id))
            .ToDictionaryAsync(p => p.Id, ct);
        var sent = (await db.Set<CommunicationSent>().OrderByDescending(s => s.On).Take(1000).ToListAsync(ct)).ToLookup(
            s => s.EntryId
        );
        return
        [
            .. entries.Select(e =>
            {
                var owner = e.OwnerId is { } id ? owners.GetValueOrDefault(id) : null;
                return new CommunicationView(
                    e.Ref,
                    e.Version,
                    e.What,
                    e.When,
                    e.EveryDays,
                    e.WithWhom,
                    e.OwnerRole,
                    owner?.Ref,
                    owner?.Name,
                    e.How,
                    e.LastOn,
                    e.NextOn,
                    e.Standing,
                    e.WhyProposed,
                    [
                        .. sent[e.Id]
                            .Take(SentShown)
                            .Select(s => new SentView(s.Ref, s.What, s.ToWhom, s.On, s.By, s.Address)),
                    ]
                );
            }),
        ];
    }

    /// <summary>Adds an entry.</summary>
    [Operation("create", Permission.EditContext, "Add an entry to the communication plan")]
    public async Task<Done> Create(PlanCommunication input, CancellationToken ct)
    {
        var entry = await db.Enter(
            new CommunicationEntry
            {
                What = input.What,
                When = input.When,
                EveryDays = input.EveryDays,
                WithWhom = input.WithWhom,
                OwnerId = await db.OwnerId(input.Owner, ct),
                OwnerRole = "isms-manager",
                How = input.How,
            },
            ct
        );
        await Plan(entry, ct);
        return new Done(entry);
    }

    /// <summary>Changes an entry.</summary>
    [Operation(
        "edit",
        Permission.EditContext,
        "Change an entry of the communication plan; a changed proposal is adopted"
    )]
    public async Task<Done> Edit(EditCommunication input, CancellationToken ct)
    {
        var entry = await db.One<CommunicationEntry>(input, ct);
        entry.What = input.What ?? entry.What;
        entry.When = input.When ?? entry.When;
        entry.EveryDays = input.EveryDays ?? entry.EveryDays;
        entry.WithWhom = input.WithWhom ?? entry.WithWhom;
        entry.How = input.How ?? entry.How;
        if (input.Owner is not null)
            entry.OwnerId = await db.OwnerId(input.Owner, ct);
        entry.Adopt();
        await Plan(entry, ct);
        return new Done(entry);
    }

    /// <summary>Keeps that it was said.</summary>
    [Operation(
        "send",
        Permission.EditContext,
        "Keep that something planned was communicated, to whom and where it can be seen"
    )]
    public async Task<Done> Send(SendCommunication input, CancellationToken ct)
    {
        var entry = await db.One<CommunicationEntry>(input.Ref, ct);
        var on = input.On ?? db.Today;
        if (on > db.Today)
            throw new InputInvalid("on", "That day is still to come.");
        var sent = await db.Enter(
            new CommunicationSent
            {
                EntryId = entry.Id,
                What = input.What,
                ToWhom = input.ToWhom ?? entry.WithWhom,
                On = on,
                By = caller.Value.Name,
                Address = input.Address,
            },
            ct
        );
        entry.Send(on);
        entry.Adopt();
        await db.Connect(sent, LinkTypes.Serves, entry, ct);
        await work.Settle(entry, "communicate", input.What.Cut(500), ct);
        await Remind(entry, ct);
        return new Done(sent);
    }

    private async Task Plan(CommunicationEntry entry, CancellationToken ct)
    {
        if (entry.NextOn is null)
            entry.Plan(entry.LastOn ?? db.Today);
        await Remind(entry, ct);
    }

    private async Task Remind(CommunicationEntry entry, CancellationToken ct)
    {
        if (entry.NextOn is { } next)
            await work.Ensure(
                entry,
                "communicate",
                entry.What.Cut(200),
                $"{entry.When}, with {entry.WithWhom} (7.4).".Cut(1000),
                entry.OwnerId,
                next,
                ct
            );
    }
}
