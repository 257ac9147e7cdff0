using System.Text.Json.Nodes;
using Moat.Isms.Audits;
using Moat.Isms.Kernel;
using Moat.Isms.People;

namespace Moat.Cli.Demo;

/// <summary>The programme of audits, and the first internal one.</summary>
internal sealed partial class DemoStory
{
    private const string FirstAudit = "AUD-1";
    private const string SecondAudit = "AUD-2";

    private static readonly int[] LastOfSample = [8];

    /// <summary>
    /// A cycle of three years; what the internal auditor is a party to moves to the second audit, for somebody from
    /// outside.
    /// </summary>
    private async Task AdoptProgramme(CancellationToken ct)
    {
        await cast.Do(
            "jonas",
            "audits.propose",
            new
            {
                startsOn = Date(180),
                years = 3,
                auditsAYear = 2,
            },
            ct
        );
        var first = (AuditView)await cast.Do("jonas", "audits.get", new { @ref = FirstAudit }, ct);
        var second = (AuditView)await cast.Do("jonas", "audits.get", new { @ref = SecondAudit }, ct);
        var emil = (IndependenceView)
            await cast.Do(
                "jonas",
                "audits.independence",
                new { person = cast.People["emil"], requirements = first.Requirements },
                ct
            );
        var party = emil.Conflicts.Select(c => c.Requirement).ToList();
        await cast.Do(
            "jonas",
            "audits.edit",
            new { @ref = SecondAudit, requirements = second.Requirements.Concat(party) },
            ct
        );
        await cast.Do(
            "jonas",
            "audits.edit",
            new
            {
                @ref = FirstAudit,
                title = "Internal audit before certification: management, people, suppliers",
                extent = "The whole company: management, people, suppliers, and how decisions about models and data are taken. Training and serving follow in the second audit.",
                requirements = first.Requirements.Except(party),
                lead = cast.People["emil"],
            },
            ct
        );
        await cast.Do("mara", "audits.adopt", new { @ref = "PROG-1" }, ct);
    }

    /// <summary>Two days of looking, with a sample; three findings, answered by the manager.</summary>
    private async Task HoldAudit(CancellationToken ct)
    {
        await SeatAuditor(ct);
        await cast.Do("emil", "audits.start", new { @ref = FirstAudit }, ct);
        var sample = await DrawSample(ct);
        await Look(sample, ct);
        await RaiseFindings(sample, ct);
        await cast.Do(
            "emil",
            "audits.conclude",
            new
            {
                @ref = FirstAudit,
                conclusion = "The ISMS does what it says in the parts that were looked at: decisions have owners, numbers are taken and read, suppliers are known. It is good at people who arrive and weak at people who move. What was left out for want of independence comes in the second audit.",
            },
            ct
        );
        await AcceptFindings(ct);
        await cast.Do("jonas", "audits.close", new { @ref = FirstAudit }, ct);
        await FollowFinding(ct);
    }

    private async Task SeatAuditor(CancellationToken ct)
    {
        var seat = ((AccessList)await cast.Do("mara", "access.list", new JsonObject(), ct)).Members.Single(m =>
            m.Email == DemoCast.Email("emil")
        );
        await cast.Do(
            "mara",
            "access.edit",
            new
            {
                @ref = seat.Ref,
                role = "auditor",
                until = Date(Days + 60),
            },
            ct
        );
        await cast.Enter("emil", ct);
    }

    private async Task<string> DrawSample(CancellationToken ct)
    {
        var sample = (Done)
            await cast.Do(
                "emil",
                "samples.draw",
                new
                {
                    audit = FirstAudit,
                    requirement = "7.3",
                    population = "training-assignments",
                    size = 8,
                    seed = "corvid spring",
                },
                ct
            );
        await cast.Do(
            "emil",
            "samples.record",
            new
            {
                @ref = sample.Ref,
                positions = Enumerable.Range(1, 7),
                result = "conforms",
                note = "Assigned because of the role, passed with the named score.",
            },
            ct
        );
        await cast.Do(
            "emil",
            "samples.record",
            new
            {
                @ref = sample.Ref,
                positions = LastOfSample,
                result = "deviates",
                note = "Passed, but the work changed since: nobody looked whether the course still fits.",
                conclusion = "Seven of eight fit. The eighth shows that a change of team leads to no new look at courses.",
            },
            ct
        );
        return sample.Ref;
    }

    private async Task RaiseFindings(string sample, CancellationToken ct)
    {
        await On(_day + 1, ct: ct);
        await cast.Do(
            "emil",
            "findings.raise",
            new
            {
                audit = FirstAudit,
                requirement = "7.3",
                grade = "minor",
                title = "Who changes teams is not given the courses of the new work",
                seen = $"{sample}, eighth member: passed the course of the work they came for, tests releases since spring, was never assigned the course for it. Three people changed teams this year; none was looked at again.",
                statement = "Your own rule asks for courses by role from the first day of a role. It works for joiners and is not asked again when somebody moves.",
                records = new[] { sample },
            },
            ct
        );
        await cast.Do(
            "emil",
            "findings.raise",
            new
            {
                audit = FirstAudit,
                requirement = "7.4",
                grade = "observation",
                title = "Hospitals hear of a changed model from three people",
                seen = "Messages about release 1.8 came from the clinical lead, from customer success and from the duty desk, two of them on different days.",
                statement = "The plan names one sender. Nothing contradicted itself this time.",
            },
            ct
        );
        await cast.Do(
            "emil",
            "findings.raise",
            new
            {
                audit = FirstAudit,
                requirement = "6.2",
                grade = "opportunity",
                title = "Show objectives beside the crown jewels that they protect",
                seen = "Eight objectives with numbers, and a list of crown jewels on another page; management asked which number belongs to which.",
                statement = "One table would let management see which crown jewel has no number at all.",
            },
            ct
        );
    }

    private async Task AcceptFindings(CancellationToken ct)
    {
        await On(_day + 4, ct: ct);
        await cast.Do(
            "jonas",
            "findings.accept",
            new
            {
                @ref = "FIND-1",
                owner = cast.People["tomas"],
                reason = "True, and it is the same gap that access reviews showed.",
            },
            ct
        );
        await cast.Do(
            "jonas",
            "findings.accept",
            new { @ref = "FIND-2", reason = "Customer success sends from now on; the plan already says so." },
            ct
        );
        await cast.Do(
            "jonas",
            "findings.accept",
            new
            {
                @ref = "FIND-3",
                owner = cast.People["jonas"],
                improve = true,
            },
            ct
        );
    }

    /// <summary>
    /// Goes through the checklist. What has nothing to look at yet is left for the next audit, and the report says so.
    /// </summary>
    private async Task Look(string sample, CancellationToken ct)
    {
        var checklist = (AuditChecklistView)await cast.Do("emil", "audits.checklist", new { @ref = FirstAudit }, ct);
        foreach (var entry in checklist.Entries)
        {
            var missing = entry.Rules.FirstOrDefault(r => !r.Holds && r.Dimension == "operating");
            var seen = entry.Documents.Take(1).Concat(entry.Records.Take(2)).Select(r => r.Ref).ToList();
            await cast.Do(
                "emil",
                "audits.examine",
                new
                {
                    @ref = FirstAudit,
                    requirement = entry.Requirement,
                    result = missing is null ? "conforms" : "not-examined",
                    note = missing is null
                        ? $"{string.Join(". ", entry.Rules.Where(r => r.Holds).Select(r => r.Because).Take(3))}. Compared with what the owner showed on the screen."
                        : $"{missing.Because}. There is too little to judge yet; it comes in the next audit.",
                    records = entry.Requirement == "7.3" ? [.. seen, sample] : seen,
                },
                ct
            );
        }
    }
}
