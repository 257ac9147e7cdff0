using System.Security.Cryptography;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Audits;
using Moat.Isms.Incidents;
using Moat.Isms.Kernel;
using Moat.Isms.People;

namespace Moat.Tests;

/// <summary>Samples: frozen, seeded, fair, and drawn again by anybody.</summary>
public sealed class SampleTests
{
    public static TheoryData<string> Databases => [.. Company.Databases];

    [Fact]
    public void A_sample_is_the_same_in_any_order_of_the_population_and_has_no_member_twice() =>
        Prop.ForAll<NonEmptyString, PositiveInt, PositiveInt>(
                (seed, count, size) =>
                {
                    var population = Enumerable.Range(1, count.Get).Select(i => $"TRN-{i}").ToList();
                    var chosen = SampleSelection.Choose(population, seed.Get, size.Get);
                    return chosen.Count == Math.Min(count.Get, size.Get)
                        && chosen.Distinct().Count() == chosen.Count
                        && chosen.All(population.Contains)
                        && chosen.SequenceEqual(
                            SampleSelection.Choose(population.AsEnumerable().Reverse(), seed.Get, size.Get)
                        )
                        && SampleSelection.HashOf(population)
                            == SampleSelection.HashOf(population.AsEnumerable().Reverse());
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Every_member_has_the_same_chance()
    {
        var population = Enumerable.Range(1, 40).Select(i => $"REF-{i}").ToList();
        var times = population.ToDictionary(r => r, _ => 0);
        foreach (var seed in Enumerable.Range(0, 4000))
        foreach (var chosen in SampleSelection.Choose(population, $"seed {seed}", 5))
            times[chosen]++;
        // Expected 500 each; chi-square with 39 degrees of freedom stays below 90 unless something is wrong (p <
        // 0.00001).
        Assert.True(times.Values.Sum(t => (t - 500.0) * (t - 500.0) / 500.0) < 90, string.Join(' ', times.Values));
    }

    [Fact]
    public void The_documented_method_gives_the_same_by_hand()
    {
        var population = new[] { "TRN-1", "TRN-2", "TRN-3", "TRN-10" };
        var byHand = population
            .OrderBy(
                r => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("autumn\n" + r))),
                StringComparer.Ordinal
            )
            .Take(2);
        Assert.Equal(byHand, SampleSelection.Choose(population, "autumn", 2));
        Assert.Equal(
            Convert.ToHexStringLower(SHA256.HashData("TRN-1\nTRN-10\nTRN-2\nTRN-3\n"u8)),
            SampleSelection.HashOf(population)
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_population_is_frozen_and_the_sample_is_drawn_again_from_it(string database)
    {
        await using var company = await RuleTests.Completed(database);
        for (var i = 0; i < 12; i++)
            await company.Run<PeopleProcess, CreatePerson, Done>(
                p => p.Create,
                new CreatePerson
                {
                    Name = $"Joiner {i}",
                    Email = $"joiner{i}@acme.test",
                    JoinedOn = new DateOnly(2026, 2, 1 + i),
                }
            );
        var auditor = await AuditCase.With(company, Role.Auditor, "Emil Auditor");
        var audit = await AuditCase.Running(company, auditor, "7.3", "A.8.28");
        var draw = new DrawSample
        {
            Audit = audit,
            Requirement = "7.3",
            Population = PopulationKind.Joiners,
            Size = 4,
            Seed = "first of autumn",
        };
        await AuditCase.Broken("audits.team", () => Draw(company, company.Owner, draw));
        await AuditCase.Invalid(
            "population",
            () => Draw(company, auditor, draw with { Population = PopulationKind.Leavers })
        );
        await AuditCase.Invalid(
            "of",
            () => Draw(company, auditor, draw with { Population = PopulationKind.JournalEntries })
        );
        Assert.Equal("SMP-1", (await Draw(company, auditor, draw)).Ref);
        var sample = await Get(company, "SMP-1");
        Assert.Equal((12, 4, "Emil Auditor"), (sample.Row.PopulationSize, sample.Items.Count, sample.DrawnBy));

        // Whoever joins later changes nothing, and the same seed chooses the same.
        await company.Run<PeopleProcess, CreatePerson, Done>(
            p => p.Create,
            new CreatePerson
            {
                Name = "Late Joiner",
                Email = "late@acme.test",
                JoinedOn = new DateOnly(2026, 2, 20),
            }
        );
        var again = await company.Run<SampleReperformance, OneRecord, ReperformedSample>(
            p => p.Reperform,
            new OneRecord { Ref = "SMP-1" }
        );
        Assert.True(again.Same && again.PopulationIntact);
        Assert.Equal(sample.Items.Select(i => i.Reference), again.Chosen);
        Assert.Equal((12, SampleSelection.HashOf(again.Population)), (again.Population.Count, again.PopulationSha256));

        await Draw(company, auditor, draw with { Seed = "another seed" });
        Assert.NotEqual(
            sample.Items.Select(i => i.Reference),
            (await Get(company, "SMP-2")).Items.Select(i => i.Reference)
        );
        await Draw(company, auditor, draw with { Seed = null });
        Assert.Equal(32, (await Get(company, "SMP-3")).Seed.Length);

        await AuditCase.Invalid("note", () => Record(company, auditor, SampleResult.Deviates, null, 1));
        await AuditCase.Invalid("positions", () => Record(company, auditor, SampleResult.Conforms, null, 5));
        await Record(company, auditor, SampleResult.Conforms, null, 1, 2, 3);
        await Record(
            company,
            auditor,
            SampleResult.Deviates,
            "The course was passed eleven weeks after the first day",
            4
        );
        Assert.Equal((0, 1), ((await Get(company, "SMP-1")).Row.Open, (await Get(company, "SMP-1")).Row.Deviating));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Incidents_are_a_population_that_an_auditor_draws_from_reads_and_draws_again(string database)
    {
        await using var company = await RuleTests.Completed(database);
        var auditor = await AuditCase.With(company, Role.Auditor, "Emil Auditor");
        var audit = await AuditCase.Running(company, auditor, "A.5.26");
        for (var i = 0; i < 9; i++)
            await IncidentTests.Open(company);
        await company.Do("playbook-runs.start", new { playbook = "leaked-credential" });
        company.Clock.Advance(TimeSpan.FromDays(3));
        await IncidentTests.Open(company);
        var draw = new DrawSample
        {
            Audit = audit,
            Requirement = "A.5.26",
            Population = PopulationKind.Incidents,
            To = new DateOnly(2026, 3, 2),
            Size = 4,
            Seed = "incidents of spring",
        };
        await Draw(company, auditor, draw);
        var sample = await Get(company, "SMP-1");
        // Nine incidents of the period; neither the exercise nor what came later.
        Assert.Equal((9, 4), (sample.Row.PopulationSize, sample.Items.Count));
        Assert.Equal(
            SampleSelection.Choose(Enumerable.Range(1, 9).Select(i => $"INC-{i}"), "incidents of spring", 4),
            sample.Items.Select(i => i.Reference)
        );
        Assert.All(sample.Items, i => Assert.Equal("A token leaked", i.Title));
        foreach (var item in sample.Items)
        {
            var incident = (IncidentView)await company.Do("incidents.get", new { @ref = item.Reference }, auditor);
            Assert.NotEmpty(incident.Timeline);
        }
        // Its incidents live on; the population does not.
        await IncidentTests.Assess(company, sample.Items[0].Reference);
        var again = await company.Run<SampleReperformance, OneRecord, ReperformedSample>(
            p => p.Reperform,
            new OneRecord { Ref = "SMP-1" }
        );
        Assert.True(again.Same && again.PopulationIntact);
        await Record(company, auditor, SampleResult.Conforms, null, 1, 2, 3);
        await Record(
            company,
            auditor,
            SampleResult.Deviates,
            "Contained on the second day, though the playbook asks for an hour",
            4
        );
        Assert.Equal((0, 1), ((await Get(company, "SMP-1")).Row.Open, (await Get(company, "SMP-1")).Row.Deviating));
        await Draw(company, auditor, draw with { To = null, Size = 200 });
        Assert.Equal(10, (await Get(company, "SMP-2")).Items.Count);
        await AuditCase.Invalid(
            "population",
            () => Draw(company, auditor, draw with { From = new DateOnly(2026, 3, 3), To = new DateOnly(2026, 3, 4) })
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Every_kind_of_population_can_be_read(string database)
    {
        await using var company = await RuleTests.Completed(database);
        foreach (var kind in Enum.GetValues<PopulationKind>())
        {
            var of = kind switch
            {
                PopulationKind.Evidence => "A.8.28",
                PopulationKind.JournalEntries => "draft.adopt",
                PopulationKind.Resources => "s3.bucket",
                _ => null,
            };
            var members = await Read(company, kind, of);
            Assert.Equal(members.Count, members.Select(m => m.Reference).Distinct().Count());
            if (kind is PopulationKind.JournalEntries or PopulationKind.Tasks)
                Assert.NotEmpty(members);
        }
    }

    private static async Task<IReadOnlyList<PopulationMember>> Read(Company company, PopulationKind kind, string? of) =>
        await company.Read(db =>
            new SamplePopulation(db).Read(
                kind,
                of,
                new DateOnly(2026, 1, 1),
                new DateOnly(2026, 12, 31),
                CancellationToken.None
            )
        );

    private static Task<Done> Draw(Company company, Caller by, DrawSample input) =>
        company.Run<SampleProcess, DrawSample, Done>(p => p.Draw, input, by);

    private static Task<SampleView> Get(Company company, string sample) =>
        company.Run<SampleProcess, OneRecord, SampleView>(p => p.Get, new OneRecord { Ref = sample });

    private static Task<Done> Record(
        Company company,
        Caller by,
        SampleResult result,
        string? note,
        params int[] positions
    ) =>
        company.Run<SampleProcess, RecordSample, Done>(
            p => p.Record,
            new RecordSample
            {
                Ref = "SMP-1",
                Positions = [.. positions],
                Result = result,
                Note = note,
            },
            by
        );
}
