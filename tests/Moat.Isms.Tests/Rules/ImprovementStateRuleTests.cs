using Moat.Isms.Audits;
using Moat.Isms.Improvement;
using Moat.Isms.Kernel;
using static Moat.Tests.BrokenRule;

namespace Moat.Tests;

/// <summary>What is not done with findings, nonconformities and their actions in the state that they are in.</summary>
public sealed class ImprovementStateRuleTests
{
    private const string Seen = "s3-no-public-policy";
    private const string Versioned = "s3-versioned";

    [Fact]
    public async Task A_closed_nonconformity_gets_no_action()
    {
        await using var company = await Company.Found("sqlite");
        await Analysed(company, NonconformityGrade.Minor);
        await company.Do(
            "nonconformities.close",
            new { @ref = "NC-1", reason = "One lapse during a migration that is over." }
        );
        await Broken("nonconformities.plan-action.open", () => NonconformityTests.Plan(company, "PER-1"));
        await Broken(
            "nonconformities.close.open",
            () => company.Do("nonconformities.close", new { @ref = "NC-1", reason = "It is over, and closed twice." })
        );
    }

    [Fact]
    public async Task Nothing_about_a_verified_action_changes()
    {
        await using var company = await Company.Found("sqlite");
        var max = await company.As(Role.IsmsManager, "Max Manager");
        await Analysed(company, NonconformityGrade.Major);
        await NonconformityTests.Plan(company, "PER-1");
        var edit = new { @ref = "ACT-1", owner = "PER-1" };
        await company.Do("actions.edit", edit);
        await NonconformityTests.Complete(company, company.Owner);
        company.Clock.Advance(TimeSpan.FromDays(50));
        await NonconformityTests.Verify(company, max, effective: true, file: true);
        await Broken("actions.edit.open", () => company.Do("actions.edit", edit));
    }

    [Fact]
    public async Task One_check_speaks_for_an_action_on_a_resource()
    {
        await using var company = await RuleTests.Drafted("sqlite");
        await Analysed(company, NonconformityGrade.Major);
        await NonconformityTests.Plan(company, "PER-1");
        await FactTests.Tell(
            company,
            FactTests.Event(company, """{"name":"w","publicByPolicy":false,"versioning":true}""")
        );
        Task<object> Name(string check) =>
            company.Do(
                "actions.name-check",
                new
                {
                    @ref = "ACT-1",
                    check,
                    resource = "RES-1",
                }
            );
        await Name(Seen);
        await Broken("actions.name-check.one", () => Name(Versioned));
        await company.Do("actions.take-back-check", new { @ref = "ACT-1", check = Seen });
        await Name(Versioned);
    }

    [Fact]
    public async Task Only_an_accepted_finding_is_followed()
    {
        await using var company = await RuleTests.Completed("sqlite");
        var auditor = await AuditCase.With(company, Role.Auditor, "Aud Itor");
        var audit = await AuditCase.Running(company, auditor, "A.8.4");
        var finding = await AuditCase.Find(company, auditor, audit, "A.8.4");
        Task Follow() => company.Do("findings.follow", new { @ref = finding });
        await Broken("findings.follow.accepted", Follow);
        await company.Run<FindingProcess, AcceptFinding, Done>(
            p => p.Accept,
            new AcceptFinding { Ref = finding, WithoutNonconformity = true }
        );
        await Follow();
    }

    private static async Task Analysed(Company company, NonconformityGrade grade)
    {
        await NonconformityTests.Raise(company, NonconformityTests.OptOut with { Grade = grade });
        await company.Do("nonconformities.correct", new { @ref = "NC-1", correction = "Version 9 withdrawn" });
        await company.Run<NonconformityProcess, AnalyseNonconformity, Done>(p => p.Analyse, NonconformityTests.Joined);
    }
}
