using Moat.Isms.Kernel;

namespace Moat.Tests;

/// <summary>An honest "still true" is a review: by a person, with a reason, and not on the first day.</summary>
public sealed class LookTests
{
    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory, MemberData(nameof(Databases))]
    public async Task A_scope_is_reviewed_when_a_person_says_a_month_later_why_it_is_still_true(string database)
    {
        await using var company = await Company.Found(database);
        await ReviewTests.ScopeApproved(company, await company.As(Role.IsmsManager, "Max Manager"));
        Assert.True(await NonconformityTests.Holds(company, "4.3", "scope-approved"));
        var look = new
        {
            refs = new[] { "SCP-1" },
            because = "Compared with the asset list and the contracts of this month; nothing came that it does not name.",
        };
        await company.Do("looks.record", look);
        Assert.False(await NonconformityTests.Holds(company, "4.3", "scope-reviewed"));

        company.Clock.Advance(TimeSpan.FromDays(31));
        var token = company.Owner with { PersonId = null, Door = "rest", ActorId = Guid.CreateVersion7() };
        await NonconformityTests.Broken("looks.record.person", () => company.Do("looks.record", look, token));
        Assert.Equal(
            "because",
            (
                await Assert.ThrowsAsync<InputInvalid>(() =>
                    company.Do("looks.record", new { look.refs, because = new string('x', 40) })
                )
            )
                .Errors[0]
                .Field
        );
        Assert.Equal(
            "refs",
            (
                await Assert.ThrowsAsync<InputInvalid>(() =>
                    company.Do("looks.record", new { refs = new[] { "PER-1" }, look.because })
                )
            )
                .Errors[0]
                .Field
        );
        Assert.False(await NonconformityTests.Holds(company, "4.3", "scope-reviewed"));
        await company.Do("looks.record", look);
        Assert.True(await NonconformityTests.Holds(company, "4.3", "scope-reviewed"));
        company.Clock.Advance(TimeSpan.FromDays(366));
        Assert.False(await NonconformityTests.Holds(company, "4.3", "scope-reviewed"));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_risk_changed_by_learning_only_when_the_assessment_itself_named_the_cause_and_came_after_another(
        string database
    )
    {
        await using var company = await Company.Found(database);
        await company.Do(
            "risks.create",
            new
            {
                title = "Weights leave",
                cause = "Broad rights on the bucket",
                consequence = "The lead of a year is lost",
                owner = "PER-1",
                harms = new[] { "confidentiality" },
            }
        );
        await company.Do(
            "lessons.create",
            new
            {
                title = "Rights outlive projects",
                text = "Six people could read the weights a year after their project ended",
                source = "RISK-1",
            }
        );
        await company.Do(
            "thread.connect",
            new
            {
                from = "RISK-1",
                type = "learned-from",
                to = "LES-1",
            }
        );
        await Assess(company, becauseOf: null);
        Assert.False(await NonconformityTests.Holds(company, "8.2", "risk-changed-by-learning"));
        company.Clock.Advance(TimeSpan.FromDays(29));
        await Assess(company, becauseOf: null);
        Assert.False(await NonconformityTests.Holds(company, "8.2", "risks-reassessed"));
        company.Clock.Advance(TimeSpan.FromDays(2));
        await company.Do(
            "lessons.create",
            new
            {
                title = "A second one",
                text = "Tokens of the pipeline could read the weights as well",
                source = "RISK-1",
            }
        );
        await Assess(company, "LES-2");
        Assert.True(await NonconformityTests.Holds(company, "8.2", "risks-reassessed"));
        // Its values are what they were: somebody looked, and nothing changed.
        Assert.False(await NonconformityTests.Holds(company, "8.2", "risk-changed-by-learning"));
        await company.Do(
            "lessons.create",
            new
            {
                title = "A third one",
                text = "A partner's account could read the weights as well",
                source = "RISK-1",
            }
        );
        company.Clock.Advance(TimeSpan.FromDays(1));
        await Assess(company, "LES-3", currentLikelihood: 4);
        Assert.True(await NonconformityTests.Holds(company, "8.2", "risk-changed-by-learning"));
    }

    private static Task<object> Assess(Company company, string? becauseOf, int currentLikelihood = 3) =>
        company.Do(
            "risks.assess",
            new
            {
                @ref = "RISK-1",
                inherentLikelihood = 4,
                inherentImpact = 4,
                currentLikelihood,
                currentImpact = 4,
                residualLikelihood = 2,
                residualImpact = 3,
                rationale = "Six people can read the bucket and none of them needs it",
                becauseOf,
            }
        );
}
