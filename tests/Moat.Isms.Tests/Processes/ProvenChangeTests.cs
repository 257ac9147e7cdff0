using Microsoft.Extensions.DependencyInjection;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Rules;
using Moat.Isms.Processes;

namespace Moat.Tests;

/// <summary>Improving means a change that the journal shows, after what taught it came to be (10.1, 10.2).</summary>
public sealed class ProvenChangeTests
{
    private static readonly DateTime Year = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory, MemberData(nameof(Databases))]
    public async Task A_control_that_changed_because_of_a_lesson_is_proven_by_that_entry(string database)
    {
        await using var company = await Taught(database);
        Assert.Empty(await Proven(company));
        await company.Do(
            "controls.edit",
            new
            {
                @ref = "A.8.4",
                howDone = "Only named packages are allowed since the lesson.",
                because = "LES-1",
            }
        );
        var proven = Assert.Single(await Proven(company));
        Assert.Equal(("LES-1", "how done changed"), (proven.CauseRef, proven.What));
        var entry = await company.Read(db => Task.FromResult(db.Journal.Single(e => e.Sequence == proven.Entry)));
        Assert.Equal(("controls.edit", proven.At), (entry.Operation, entry.At));
        Assert.Empty(await Proven(company, company.Clock.GetUtcNow().UtcDateTime.AddDays(1)));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_cause_without_a_change_is_refused_and_so_is_one_that_teaches_nothing(string database)
    {
        await using var company = await Taught(database);
        await NonconformityTests.Broken(
            "controls.edit.because",
            () =>
                company.Do(
                    "controls.edit",
                    new
                    {
                        @ref = "A.8.4",
                        owner = "PER-1",
                        because = "LES-1",
                    }
                )
        );
        var wrong = await Assert.ThrowsAsync<InputInvalid>(() =>
            company.Do(
                "controls.edit",
                new
                {
                    @ref = "A.8.4",
                    howDone = "Something else.",
                    because = "PER-1",
                }
            )
        );
        Assert.Equal("because", wrong.Errors[0].Field);
        Assert.Empty(await Proven(company));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_link_tied_by_hand_proves_nothing_even_when_the_record_changes_afterwards(string database)
    {
        await using var company = await Taught(database);
        var control = await company.Read(db =>
            Task.FromResult(db.Set<Moat.Isms.Controls.Control>().First(c => c.Code == "A.8.4").Ref)
        );
        await company.Do(
            "thread.connect",
            new
            {
                from = control,
                type = "learned-from",
                to = "LES-1",
            }
        );
        company.Clock.Advance(TimeSpan.FromDays(1));
        await company.Do("controls.edit", new { @ref = "A.8.4", howDone = "Changed for another reason." });
        Assert.Empty(await Proven(company));
        // What an operation connects takes the place of the claim.
        company.Clock.Advance(TimeSpan.FromDays(1));
        await company.Do(
            "controls.edit",
            new
            {
                @ref = "A.8.4",
                howDone = "Changed because of the lesson, which the entry names.",
                because = "LES-1",
            }
        );
        Assert.Equal("LES-1", Assert.Single(await Proven(company)).CauseRef);
        var thread = (ThreadView)await company.Do("thread.get", new { @ref = control });
        Assert.Null(Assert.Single(thread.Links, l => l.Type == "learned-from").ClaimedBy);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_action_that_names_what_it_updated_is_proven_only_when_that_really_changed(string database)
    {
        await using var company = await Taught(database);
        await company.Do(
            "controls.edit",
            new { @ref = "A.8.7", howDone = "As it was before anybody learned anything." }
        );
        company.Clock.Advance(TimeSpan.FromDays(1));
        await company.Do(
            "lessons.plan-action",
            new
            {
                @ref = "LES-1",
                title = "Allow named packages only",
                effectSeenBy = "A guessed name fails the build",
                owner = "PER-1",
                dueOn = "2026-04-01",
            }
        );
        company.Clock.Advance(TimeSpan.FromDays(2));
        await company.Do("controls.edit", new { @ref = "A.8.4", howDone = "A proxy hands out named packages only." });
        company.Clock.Advance(TimeSpan.FromDays(1));
        await company.Do("controls.assign", new { codes = new[] { "A.8.7" }, owner = "PER-1" });
        await company.Do(
            "actions.complete",
            new
            {
                @ref = "ACT-1",
                outcome = "The proxy refuses what is not named.",
                updates = new[] { "A.8.4", "A.8.7" },
            }
        );
        var proven = Assert.Single(await Proven(company));
        Assert.Equal("ACT-1", proven.CauseRef);
        Assert.Equal(
            "A.8.4",
            await company.Read(db =>
                Task.FromResult(db.Set<Moat.Isms.Controls.Control>().First(c => c.Id == proven.RecordId).Code)
            )
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_risk_assessed_because_of_something_is_proven_when_its_values_moved_and_else_counts_as_a_look(
        string database
    )
    {
        await using var company = await Taught(database);
        await company.Do("draft.adopt", new { refs = new[] { "RISK-1" } });
        await Assess(company, 3, null);
        company.Clock.Advance(TimeSpan.FromDays(1));
        await Assess(company, 3, "LES-1");
        var looked = Assert.Single(await Proven(company));
        Assert.Equal(("RISK-1", "RISK-1", ProvenChange.NoChange), (looked.RecordRef, looked.CauseRef, looked.What));
        company.Clock.Advance(TimeSpan.FromDays(1));
        await Assess(company, 4, null);
        Assert.Equal([ProvenChange.NoChange], (await Proven(company)).Select(p => p.What));
        await company.Do(
            "lessons.create",
            new
            {
                title = "Names are guessed again",
                text = "It happened once more, elsewhere.",
                source = "AST-1",
            }
        );
        company.Clock.Advance(TimeSpan.FromDays(1));
        await Assess(company, 5, "LES-2");
        Assert.Contains(
            await Proven(company),
            p => p is { RecordRef: "RISK-1", CauseRef: "LES-2", What: "current likelihood changed" }
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_person_says_that_a_control_needs_no_change_and_a_program_cannot(string database)
    {
        await using var company = await Taught(database);
        var look = new
        {
            @ref = "A.8.4",
            reason = "We looked at the three incidents of the year; none passed by this control.",
        };
        await NonconformityTests.Broken(
            "controls.evaluate.person",
            () => company.Do("controls.evaluate", look, company.Owner with { PersonId = null })
        );
        Assert.Equal(
            "reason",
            (
                await Assert.ThrowsAsync<InputInvalid>(() =>
                    company.Do("controls.evaluate", new { @ref = "A.8.4", reason = "x" })
                )
            )
                .Errors[0]
                .Field
        );
        await company.Do("controls.evaluate", look);
        company.Clock.Advance(TimeSpan.FromDays(1));
        await company.Do("controls.evaluate", look);
        var proven = Assert.Single(await Proven(company));
        Assert.Equal((proven.RecordRef, ProvenChange.NoChange), (proven.CauseRef, proven.What));
        var drafted = await company.Read(db =>
            Task.FromResult(
                db.Set<Moat.Isms.Controls.Control>().FirstOrDefault(c => c.Standing == Standing.Proposed)?.Code
            )
        );
        await NonconformityTests.Broken(
            "controls.evaluate.adopted",
            () => company.Do("controls.evaluate", look with { @ref = drafted! })
        );
    }

    private static async Task<Company> Taught(string database)
    {
        var company = await RuleTests.Drafted(database);
        await company.Do("controls.edit", new { @ref = "A.8.4", howDone = "Two people look at each merge." });
        await company.Do(
            "assets.create",
            new
            {
                name = "Weights bucket",
                kind = "model",
                owner = "PER-1",
            }
        );
        await company.Do(
            "lessons.create",
            new
            {
                title = "Names of packages are guessed",
                text = "A model named a package that nobody had published.",
                source = "AST-1",
            }
        );
        company.Clock.Advance(TimeSpan.FromDays(1));
        return company;
    }

    private static Task<object> Assess(Company company, int likelihood, string? because) =>
        company.Do(
            "risks.assess",
            new
            {
                @ref = "RISK-1",
                inherentLikelihood = 5,
                inherentImpact = 4,
                currentLikelihood = likelihood,
                currentImpact = 4,
                rationale = $"Seen on {company.Clock.GetUtcNow():O}.",
                becauseOf = because,
            }
        );

    private static async Task<IReadOnlyList<ProvenChange>> Proven(Company company, DateTime? since = null)
    {
        await using var scope = company.Scope(company.Owner);
        var db = scope.ServiceProvider.GetRequiredService<MoatDb>();
        await using var reading = await scope
            .ServiceProvider.GetRequiredService<ITransactions>()
            .BeginRead(db, company.Owner.OrganizationId, CancellationToken.None);
        return await scope
            .ServiceProvider.GetRequiredService<IProvenChanges>()
            .Since(since ?? Year, CancellationToken.None);
    }
}
