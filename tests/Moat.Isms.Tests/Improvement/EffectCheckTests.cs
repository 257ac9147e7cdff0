using Moat.Isms.Improvement;
using Moat.Isms.Kernel;
using Moat.Isms.Processes.Threads;
using Moat.Knowledge.Checks;

namespace Moat.Tests;

/// <summary>
/// A check that shows whether a corrective action works: named for it, told with its outcome, and part of the thread.
/// </summary>
public sealed class EffectCheckTests
{
    private const string Check = "s3-no-public-policy";

    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory, MemberData(nameof(Databases))]
    public async Task An_action_is_seen_by_a_check_that_fails_and_passes_later_and_the_thread_says_so(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        await Action(company);
        Assert.Equal(
            "check",
            (await Refused(company, new { @ref = "ACT-1", check = "no-such-check" })).Errors[0].Field
        );
        Assert.Equal("resource", (await Refused(company, new { @ref = "ACT-1", check = Check })).Errors[0].Field);
        await Told(company, isPublic: true, "acme-weights");
        await company.Do("actions.name-check", new { @ref = "ACT-1", check = Check });
        await company.Do("actions.name-check", new { @ref = "ACT-1", check = Check });
        Assert.Equal(CheckOutcome.Failing, Assert.Single((await Get(company)).Checks).Outcome);
        var failed = company.Clock.GetUtcNow().UtcDateTime;
        company.Clock.Advance(TimeSpan.FromDays(2));
        await Told(company, isPublic: false, "acme-weights");
        company.Clock.Advance(TimeSpan.FromHours(1));
        var seen = Assert.Single((await Get(company)).Checks);
        Assert.Equal((CheckOutcome.Passing, "RES-1"), (seen.Outcome!.Value, seen.ResourceRef));
        Assert.Equal(failed.Date, seen.FailedFrom!.Value.Date);
        Assert.Equal(2, (seen.Since!.Value - seen.FailedFrom.Value).Days);
        var walk = (ThreadWalk)await company.Do("thread.walk", new { @ref = "NC-1" });
        var step = walk.Steps.Single(s => s.Ref == "RES-1");
        Assert.Equal(("shows the effect of", "ACT-1", seen.Words), (step.Says, step.Next, step.Stands));
        Assert.Contains("passes since", step.Stands, StringComparison.Ordinal);
        company.Clock.Advance(TimeSpan.FromDays(10));
        Assert.Equal(CheckOutcome.Unknown, Assert.Single((await Get(company)).Checks).Outcome);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Where_a_check_looks_at_several_resources_one_is_named_and_a_name_can_be_taken_back(
        string database
    )
    {
        await using var company = await RuleTests.Drafted(database);
        await Action(company);
        await Told(company, isPublic: false, "acme-weights", "acme-data");
        Assert.Equal("resource", (await Refused(company, new { @ref = "ACT-1", check = Check })).Errors[0].Field);
        Assert.Equal("resource", (
                await Refused(
                    company,
                    new
                    {
                        @ref = "ACT-1",
                        check = "github-review-required",
                        resource = "RES-2",
                    }
                )
            ).Errors[0].Field);
        await company.Do(
            "actions.name-check",
            new
            {
                @ref = "ACT-1",
                check = Check,
                resource = "RES-2",
            }
        );
        Assert.Equal("RES-2", Assert.Single((await Get(company)).Checks).ResourceRef);
        await company.Do("actions.take-back-check", new { @ref = "ACT-1", check = Check });
        Assert.Empty((await Get(company)).Checks);
        await Assert.ThrowsAsync<InputInvalid>(() =>
            company.Do("actions.take-back-check", new { @ref = "ACT-1", check = Check })
        );
    }

    private static async Task Action(Company company)
    {
        await NonconformityTests.Raise(company, NonconformityTests.OptOut);
        await company.Do(
            "nonconformities.correct",
            new { @ref = "NC-1", correction = "The records are out of the set again." }
        );
        await company.Run<NonconformityProcess, AnalyseNonconformity, Done>(p => p.Analyse, NonconformityTests.Joined);
        await NonconformityTests.Plan(company, "PER-1");
        company.Clock.Advance(TimeSpan.FromMinutes(1));
    }

    private static Task Told(Company company, bool isPublic, params string[] buckets) =>
        FactTests.Tell(
            company,
            [
                .. buckets.Select(b =>
                    FactTests.Event(company, $$"""{"publicByPolicy":{{(isPublic ? "true" : "false")}}}""", name: b)
                ),
            ]
        );

    private static Task<InputInvalid> Refused(Company company, object input) =>
        Assert.ThrowsAsync<InputInvalid>(() => company.Do("actions.name-check", input));

    private static Task<CorrectiveActionView> Get(Company company) =>
        company.Run<ActionProcess, OneRecord, CorrectiveActionView>(p => p.Get, new OneRecord { Ref = "ACT-1" });
}
