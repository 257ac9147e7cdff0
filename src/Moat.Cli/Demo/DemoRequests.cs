using System.Text;
using Moat.Isms.Audits;

namespace Moat.Cli.Demo;

/// <summary>What the certification body asks for before it comes, and what it is shown.</summary>
internal sealed partial class DemoStory
{
    private const string RequestList = """
        No;Requested evidence;ISO 27001 reference;Due date;Responsible
        1;Report of the last internal audit with its findings and what followed;Clause 9.2;{soon};Jonas Weber
        2;Access review of the bucket with model weights, with population and decisions;A.5.18;{soon};Ivo Petrov
        3;Training records of everybody who joined in the last twelve months;7.3;{soon};Tomas Varga
        4;Agreement with the annotation supplier and its last assessment;A.5.20;{later};Carla Rossi
        5;Two releases of the triage model with all gate results;A.8.29;{later};Ivo Petrov
        6;Floor plan of the data centre;A.7.1;{later};Tomas Varga
        """;

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
        await AuditorReads(ct);
    }

    private async Task AuditorReads(CancellationToken ct)
    {
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
