using System.Text;
using System.Text.Json.Nodes;
using Moat.Isms.Audits;
using Moat.Isms.Kernel;
using Moat.Isms.People;

namespace Moat.Cli.Demo;

/// <summary>What the example company audits, and what the certification body asks for before it comes.</summary>
internal sealed partial class DemoStory
{
    private const string FirstAudit = "AUD-1";
    private const string SecondAudit = "AUD-2";
    private const string RequestList = """
        No;Requested evidence;ISO 27001 reference;Due date;Responsible
        1;Report of the last internal audit with its findings and what followed;Clause 9.2;{soon};Jonas Weber
        2;Access review of the bucket with model weights, with population and decisions;A.5.18;{soon};Ivo Petrov
        3;Training records of everybody who joined in the last twelve months;7.3;{soon};Tomas Varga
        4;Agreement with the annotation supplier and its last assessment;A.5.20;{later};Carla Rossi
        5;Two releases of the triage model with all gate results;A.8.29;{later};Ivo Petrov
        6;Floor plan of the data centre;A.7.1;{later};Tomas Varga
        """;

    private static readonly string[] NobodyTold =
    [
        "Nobody assigned the courses when people moved",
        "Nobody told those who assign",
        "The lead of a team thinks it is the people lead's, and the other way round",
        "No checklist names it",
    ];

    private static readonly int[] LastOfSample = [8];
    private static readonly string[] AccessReviewShown = ["ARV-1"];
    private static readonly string[] StageOneCriteria =
    [
        "4.3",
        "5.2",
        "6.1.2",
        "6.1.3",
        "7.5.1",
        "9.2.1",
        "9.2.2",
        "9.3.1",
    ];

    private string _raised = "";

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
    private async Task HoldAudit(string password, CancellationToken ct)
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
        await cast.Do("emil", "audits.start", new { @ref = FirstAudit }, ct);
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
        await Look(sample.Ref, ct);
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
                seen = $"{sample.Ref}, eighth member: passed the course of the work they came for, tests releases since spring, was never assigned the course for it. Three people changed teams this year; none was looked at again.",
                statement = "Your own rule asks for courses by role from the first day of a role. It works for joiners and is not asked again when somebody moves.",
                records = new[] { sample.Ref },
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
        await cast.Do("jonas", "audits.close", new { @ref = FirstAudit }, ct);
        await FollowFinding(password, ct);
    }

    /// <summary>From the accepted finding to its cause, and to an action that changes the rule.</summary>
    private async Task FollowFinding(string password, CancellationToken ct)
    {
        _raised = ((FindingView)await cast.Do("jonas", "findings.get", new { @ref = "FIND-1" }, ct))
            .Row
            .NonconformityRef!;
        await cast.Do(
            "jonas",
            "nonconformities.correct",
            new
            {
                @ref = _raised,
                correction = "The three people who moved have the courses of their new work since today.",
            },
            ct
        );
        await cast.Do(
            "jonas",
            "nonconformities.analyse",
            new
            {
                @ref = _raised,
                whys = NobodyTold,
                cause = "Moving is no event: the checklists know joining and leaving only.",
                lookedElsewhere = "Accesses and acknowledgements of the same three people, and of two who moved last year.",
                foundElsewhere = "One kept write access to the training repository; the review of accesses has it.",
            },
            ct
        );
        await cast.Do(
            "jonas",
            "nonconformities.plan-action",
            new
            {
                @ref = _raised,
                title = "Moving to another team asks for courses and accesses like joining does",
                effectSeenBy = "The next three who move have their courses within a week",
                owner = cast.People["tomas"],
                dueOn = Date(_day + 14),
                verifyFrom = Date(_day + 20),
            },
            ct
        );
        var action = await ActionOf(_raised, ct);
        await On(_day + 3, ct: ct);
        await Revise(
            "competence-and-awareness",
            "After the internal audit: whoever moves to another team gets the courses of the new work within a week, like a joiner.",
            major: false,
            action,
            password,
            ct,
            confirm: false
        );
        var rule = (await Documents(ct)).Single(d => d.Key == "competence-and-awareness");
        await cast.Do(
            "tomas",
            "actions.complete",
            new
            {
                @ref = action,
                outcome = "The rule has a paragraph for those who move, and I go through the list of teams on the first of each month.",
                updates = new[] { rule.Ref },
            },
            ct
        );
    }

    /// <summary>Seen by somebody else, when there was something to see.</summary>
    private async Task VerifyFollowed(CancellationToken ct) =>
        await cast.Do(
            "dana",
            "actions.verify",
            new
            {
                @ref = await ActionOf(_raised, ct),
                effective = true,
                seen = "Two people moved since: Emil to evaluation, and one annotator to the data team. Both had their courses on the second day.",
                file = new
                {
                    name = "moves.csv",
                    content = Convert.ToBase64String(
                        Encoding.UTF8.GetBytes(
                            "person,from,to,moved,courses assigned\nEmil Novak,training,evaluation,day 1,day 2\n"
                        )
                    ),
                },
            },
            ct
        );

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

    /// <summary>
    /// The certification body plans stage 1 and sends its list; most of it is answered, one thing is returned.
    /// </summary>
    private async Task ReceiveRequests(CancellationToken ct)
    {
        await cast.Do(
            "jonas",
            "audits.plan",
            new
            {
                title = "Certification, stage 1",
                kind = "stage-one",
                extent = "Documents of the ISMS: scope, risks, Statement of Applicability, internal audit, management review.",
                requirements = StageOneCriteria,
                startsOn = Date(Days + 12),
                endsOn = Date(Days + 13),
                lead = (await cast.Person("paul", ct)).Ref,
                body = "A certification body",
            },
            ct
        );
        var list = RequestList
            .Replace("{soon}", $"{Date(Days - 2):yyyy-MM-dd}", StringComparison.Ordinal)
            .Replace("{later}", $"{Date(Days + 7):yyyy-MM-dd}", StringComparison.Ordinal);
        await cast.Do(
            "paul",
            "requests.import-table",
            new
            {
                file = new
                {
                    name = "request-list.csv",
                    content = Convert.ToBase64String(Encoding.UTF8.GetBytes(list)),
                },
            },
            ct
        );
    }

    private async Task AnswerRequests(CancellationToken ct)
    {
        var audit = (AuditView)await cast.Do("jonas", "audits.get", new { @ref = FirstAudit }, ct);
        await cast.Do(
            "jonas",
            "requests.answer",
            new
            {
                @ref = "REQ-1",
                text = "The report, as it was kept on the day; the three findings and what followed are linked from it.",
                shown = new[] { audit.EvidenceRef!, "FIND-1" },
            },
            ct
        );
        await cast.Do(
            "ivo",
            "requests.answer",
            new
            {
                @ref = "REQ-2",
                text = "Population, decisions and the right that was reduced afterwards.",
                shown = new[]
                {
                    (
                        (Moat.Isms.AccessReviews.AccessReviewView)
                            await cast.Do("ivo", "access-reviews.get", new { @ref = "ARV-1" }, ct)
                    )
                        .Row
                        .EvidenceRef!,
                    "ARV-1",
                },
            },
            ct
        );
        await cast.Do(
            "tomas",
            "requests.answer",
            new
            {
                @ref = "REQ-3",
                text = "One person joined: Greta Lund, data engineer, two weeks ago. She has confirmed the policies; her courses are assigned, and the record of each shows by when she passes.",
            },
            ct
        );
        await cast.Do(
            "tomas",
            "requests.answer",
            new
            {
                @ref = "REQ-6",
                text = "We have no data centre: training and serving run in two clouds, and the office keeps no servers. The Statement of Applicability says why.",
            },
            ct
        );
        await cast.Do("paul", "requests.accept", new { @ref = "REQ-1" }, ct);
        await cast.Do(
            "paul",
            "requests.return",
            new { @ref = "REQ-2", text = "Please add who looked at the accounts of ivo himself." },
            ct
        );
        await cast.Do(
            "paul",
            "requests.accept",
            new { @ref = "REQ-6", text = "Understood; I will look at the two clouds instead." },
            ct
        );
        await cast.Do(
            "ivo",
            "requests.answer",
            new
            {
                @ref = "REQ-2",
                text = "Dana decided about mine: she is the deputy of that review, see its line for admin.",
                shown = AccessReviewShown,
            },
            ct
        );
    }
}
