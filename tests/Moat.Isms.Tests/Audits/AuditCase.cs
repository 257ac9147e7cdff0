using Moat.Isms.Audits;
using Moat.Isms.Kernel;
using Moat.Isms.People;

namespace Moat.Tests;

/// <summary>
/// Audits of a company whose controls are decided and owned by Ada, by an auditor who does no other work.
/// </summary>
internal static class AuditCase
{
    /// <summary>Somebody with a role and an account, so that the journal knows who acted.</summary>
    public static async Task<Caller> With(Company company, Role role, string name)
    {
        var caller = await company.As(role, name);
        var email = $"{name.Replace(' ', '.')}@acme.test".ToLowerInvariant();
        var made = await company.Run<AccessProcess, InvitePerson, MadeInvitation>(
            p => p.Invite,
            new InvitePerson
            {
                Email = email,
                Name = name,
                Role = role,
            }
        );
        await company.Run<AccessProcess, TakeInvitation, Done>(
            p => p.Join,
            new TakeInvitation
            {
                Secret = made.Link.Split('/')[^1],
                UserId = caller.ActorId!.Value,
                Email = email,
            },
            Caller.System(company.Owner.OrganizationId, "acme")
        );
        return caller;
    }

    public static Task<string> RefOf(Company company, Caller caller) =>
        company.Read(async db => (await db.One<Person>($"{caller.PersonId}", CancellationToken.None)).Ref);

    public static async Task<string> Plan(Company company, Caller? lead, params string[] requirements) =>
        (await company.Run<AuditProcess, PlanAudit, Done>(p => p.Plan, await Input(company, lead, requirements))).Ref;

    public static async Task<PlanAudit> Input(Company company, Caller? lead, params string[] requirements) =>
        new()
        {
            Title = "Training and release",
            Extent = "Training pipelines and what leaves them",
            Requirements = [.. requirements],
            StartsOn = new DateOnly(2026, 3, 9),
            EndsOn = new DateOnly(2026, 3, 11),
            Lead = lead is null ? null : await RefOf(company, lead),
        };

    /// <summary>A running audit.</summary>
    public static async Task<string> Running(Company company, Caller lead, params string[] requirements)
    {
        var audit = await Plan(company, lead, requirements);
        await company.Run<AuditFieldwork, ChangeRecord, Done>(p => p.Start, new ChangeRecord { Ref = audit }, lead);
        return audit;
    }

    public static Task<Done> Examine(
        Company company,
        Caller by,
        string audit,
        string requirement,
        ExamineResult result = ExamineResult.Conforms,
        params string[] records
    ) =>
        company.Run<AuditFieldwork, ExamineRequirement, Done>(
            p => p.Examine,
            new ExamineRequirement
            {
                Ref = audit,
                Requirement = requirement,
                Result = result,
                Note = "Looked at five cases, all as described.",
                Records = [.. records],
            },
            by
        );

    public static async Task<string> Find(
        Company company,
        Caller by,
        string audit,
        string requirement,
        FindingGrade grade = FindingGrade.Minor
    ) =>
        (
            await company.Run<FindingProcess, RaiseFinding, Done>(
                p => p.Raise,
                new RaiseFinding
                {
                    Audit = audit,
                    Requirement = requirement,
                    Grade = grade,
                    Title = $"Two of five cases of {requirement} lack approval",
                    Seen = "TRN-1 and TRN-4, seen on 9 March",
                    Statement = "Your own rule asks for approval before use.",
                },
                by
            )
        ).Ref;

    public static Task<Done> Conclude(Company company, Caller by, string audit) =>
        company.Run<AuditFieldwork, ConcludeAudit, Done>(
            p => p.Conclude,
            new ConcludeAudit { Ref = audit, Conclusion = "What was looked at works; approvals lag behind." },
            by
        );

    public static Task<AuditView> Get(Company company, string audit) =>
        company.Run<AuditProcess, OneRecord, AuditView>(p => p.Get, new OneRecord { Ref = audit });

    public static async Task<string> Broken(string rule, Func<Task> act)
    {
        var broken = await Assert.ThrowsAsync<RuleBroken>(act);
        Assert.Equal(rule, broken.RuleId);
        return broken.Message;
    }

    public static async Task<string> Invalid(string field, Func<Task> act)
    {
        var error = (await Assert.ThrowsAsync<InputInvalid>(act)).Errors[0];
        Assert.Equal(field, error.Field);
        return error.Message;
    }
}
