using Moat.Isms.Kernel;
using Moat.Isms.Leadership;

namespace Moat.Tests;

/// <summary>Management's commitment is given in the first person (5.1).</summary>
public sealed class CommitmentTests
{
    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory, MemberData(nameof(Databases))]
    public async Task Only_who_holds_the_role_of_top_management_commits_and_only_for_themselves(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        var commitment = new
        {
            statement = "We protect what customers entrust to us.",
            path = "toolkit",
            budgetEur = 1000,
            days = 10,
        };
        Assert.Equal(
            "leadership.commit.top-management",
            (await Assert.ThrowsAsync<RuleBroken>(() => company.Do("leadership.commit", commitment))).RuleId
        );
        var manager = await ReviewTests.Manager(company);
        Assert.Equal(
            "leadership.commit.top-management",
            (await Assert.ThrowsAsync<RuleBroken>(() => company.Do("leadership.commit", commitment, manager))).RuleId
        );
        await Assert.ThrowsAsync<InputInvalid>(() =>
            company.Do(
                "leadership.commit",
                new
                {
                    commitment.statement,
                    commitment.path,
                    commitment.budgetEur,
                    commitment.days,
                    givenBy = "Ada Acme",
                }
            )
        );
        await company.Do("leadership.commit", commitment);
        Assert.Equal(
            "Ada Acme",
            Assert.Single((IReadOnlyList<CommitmentView>)await company.Do("leadership.list", new { })).GivenBy
        );
        Assert.True(((Committers)await company.Do("leadership.committers", new { })).Reader);
        Assert.False(((Committers)await company.Do("leadership.committers", new { }, manager)).Reader);
    }
}
