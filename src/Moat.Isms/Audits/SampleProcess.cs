using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;

namespace Moat.Isms.Audits;

/// <summary>A sample to draw.</summary>
public sealed record DrawSample
{
    /// <summary>The running audit, such as AUD-2.</summary>
    [MaxLength(80)]
    public required string Audit { get; init; }

    /// <summary>The sub-clause or control it is about.</summary>
    [MaxLength(20)]
    public required string Requirement { get; init; }

    /// <summary>What it is drawn from.</summary>
    public required PopulationKind Population { get; init; }

    /// <summary>The control for evidence, the operation for journal entries, the kind for resources.</summary>
    [MaxLength(200)]
    public string? Of { get; init; }

    /// <summary>First day of the period; that of the audit when left out.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last day of the period; today when left out.</summary>
    public DateOnly? To { get; init; }

    /// <summary>How many, 1 to 200; all of a smaller population.</summary>
    [Range(1, 200)]
    public required int Size { get; init; }

    /// <summary>The seed; a random one when left out.</summary>
    [MinLength(4), MaxLength(100)]
    public string? Seed { get; init; }
}

/// <summary>What a look at members of a sample showed.</summary>
public sealed record RecordSample : ChangeRecord
{
    /// <summary>Places in the sample that showed the same.</summary>
    [MinLength(1), MaxLength(200)]
    public required List<int> Positions { get; init; }

    /// <summary>conforms, deviates or not-available.</summary>
    public required SampleResult Result { get; init; }

    /// <summary>What was seen; needed unless it conforms.</summary>
    [MaxLength(4000)]
    public string? Note { get; init; }

    /// <summary>What the whole sample tells, once everything was looked at.</summary>
    [MaxLength(4000)]
    public string? Conclusion { get; init; }
}

/// <summary>Samples: a frozen population, a seed, a result for each member.</summary>
[Process(
    "samples",
    "Samples of an audit: a frozen population, a seed that anybody can use again, a result for each member (9.2)."
)]
public sealed class SampleProcess(
    MoatDb db,
    CurrentCaller caller,
    SamplePopulation population,
    AuditLines lines,
    AuditTeam teams,
    AuditReading reading
)
{
    /// <summary>The samples of all audits.</summary>
    [Query("list", Permission.ReadIsms, "List samples")]
    public Task<IReadOnlyList<SampleRow>> List(Nothing input, CancellationToken ct) =>
        reading.Samples(db.Set<Sample>(), ct);

    /// <summary>A sample with how it was chosen and what was seen.</summary>
    [Query("get", Permission.ReadIsms, "Read a sample: how it was chosen and what was seen")]
    public async Task<SampleView> Get(OneRecord input, CancellationToken ct)
    {
        var sample = await db.One<Sample>(input.Ref, ct);
        var audit = await db.Set<Audit>().FirstAsync(a => a.Id == sample.AuditId, ct);
        var items = await db.Set<SampleItem>()
            .Where(i => i.SampleId == sample.Id)
            .OrderBy(i => i.Position)
            .ToListAsync(ct);
        var drawn = await db.EntriesOf(sample.Ref)
            .Where(e => e.Operation == "samples.draw")
            .OrderBy(e => e.Sequence)
            .Select(e => e.Actor)
            .FirstOrDefaultAsync(ct);
        return new SampleView(
            (await reading.Samples(db.Set<Sample>().Where(s => s.Id == sample.Id), ct))[0],
            sample.Kind,
            sample.Of,
            sample.PeriodFrom,
            sample.PeriodTo,
            sample.Seed,
            sample.PopulationSha256,
            sample.CreatedAt,
            drawn ?? "",
            sample.Conclusion,
            [
                .. items.Select(i => new SampleItemView(
                    i.Position,
                    i.Reference,
                    i.Title,
                    i.Result,
                    i.Note,
                    i.ExaminedBy,
                    i.ExaminedAt
                )),
            ],
            audit.State == AuditState.Running && (await teams.Of(audit, ct)).Any(p => p.Id == caller.Value.PersonId)
        );
    }

    /// <summary>Freezes a population and chooses from it.</summary>
    [Operation("draw", Permission.RaiseFindings, "Freeze a population and draw a seeded random sample from it")]
    public async Task<Done> Draw(DrawSample input, CancellationToken ct)
    {
        var audit = await db.One<Audit>(input.Audit, ct);
        await lines.Line(audit, input.Requirement, ct);
        var (from, to) = (input.From ?? audit.PeriodFrom, input.To ?? db.Today);
        if (to < from)
            throw new InputInvalid("to", "The period ends before it begins.");
        var members = await population.Read(input.Population, input.Of, from, to, ct);
        if (members.Count == 0)
            throw new InputInvalid(
                "population",
                "There is nothing of this kind in the period. That is worth a note, but no sample."
            );
        if (members.Count >= SamplePopulation.Most)
            throw new InputInvalid(
                "population",
                $"More than {SamplePopulation.Most:N0} are one population too many. Choose a shorter period."
            );
        var seed = input.Seed ?? SampleSelection.NewSeed();
        var all = members.Select(m => m.Reference).ToList();
        var chosen = SampleSelection.Choose(all, seed, input.Size);
        var sample = await db.Enter(
            new Sample
            {
                AuditId = audit.Id,
                Requirement = input.Requirement,
                Kind = input.Population,
                Of = input.Of,
                PeriodFrom = from,
                PeriodTo = to,
                Seed = seed,
                Population = [.. all.Order(StringComparer.Ordinal)],
                PopulationSize = all.Count,
                PopulationSha256 = SampleSelection.HashOf(all),
                Size = chosen.Count,
            },
            ct
        );
        var titles = members.ToDictionary(m => m.Reference, m => m.Title);
        foreach (var (index, reference) in chosen.Index())
            await db.Enter(
                new SampleItem
                {
                    SampleId = sample.Id,
                    Position = index + 1,
                    Reference = reference,
                    Title = titles[reference],
                },
                ct
            );
        await db.Connect(sample, LinkTypes.FoundIn, audit, ct);
        return new Done(sample);
    }

    /// <summary>Keeps what was seen at members of a sample.</summary>
    [Operation("record", Permission.RaiseFindings, "Keep what a look at members of a sample showed")]
    public async Task<Done> Record(RecordSample input, CancellationToken ct)
    {
        var sample = await db.One<Sample>(input, ct);
        var audit = await db.Set<Audit>().FirstAsync(a => a.Id == sample.AuditId, ct);
        await lines.Line(audit, sample.Requirement, ct);
        if (input.Result == SampleResult.Open)
            throw new InputInvalid("result", "conforms, deviates or not-available.");
        if (input.Result != SampleResult.Conforms && string.IsNullOrWhiteSpace(input.Note))
            throw new InputInvalid("note", "Say what was seen.");
        var items = await db.Set<SampleItem>().Where(i => i.SampleId == sample.Id).ToListAsync(ct);
        if (input.Positions.Except(items.Select(i => i.Position)).FirstOrDefault() is var missing and > 0)
            throw new InputInvalid("positions", $"{sample.Ref} has no member {missing}.");
        foreach (var item in items.Where(i => input.Positions.Contains(i.Position)))
            item.Examine(input.Result, input.Note, caller.Value.Name, db.Now);
        sample.Conclusion = input.Conclusion ?? sample.Conclusion;
        return new Done(sample);
    }
}

/// <summary>Drawing samples again, for whoever doubts them.</summary>
[Process(ProgrammeProcess.Name, ProgrammeProcess.Summary)]
public sealed class SampleReperformance(MoatDb db)
{
    /// <summary>Chooses again from the frozen population with the same seed.</summary>
    [Query(
        "re-perform",
        Permission.ReadIsms,
        "Draw a sample again from its frozen population with its seed, and compare"
    )]
    public async Task<ReperformedSample> Reperform(OneRecord input, CancellationToken ct)
    {
        var sample = await db.One<Sample>(input.Ref, ct);
        var kept = await db.Set<SampleItem>()
            .Where(i => i.SampleId == sample.Id)
            .OrderBy(i => i.Position)
            .Select(i => i.Reference)
            .ToListAsync(ct);
        var chosen = SampleSelection.Choose(sample.Population, sample.Seed, sample.Size);
        return new ReperformedSample(
            sample.Ref,
            SampleSelection.Method,
            sample.Seed,
            sample.PopulationSize,
            sample.PopulationSha256,
            SampleSelection.HashOf(sample.Population) == sample.PopulationSha256
                && sample.Population.Count == sample.PopulationSize,
            chosen.SequenceEqual(kept),
            chosen,
            sample.Population
        );
    }
}
