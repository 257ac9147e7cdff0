using System.Globalization;
using Moat.Isms.Evidence.Counting;

namespace Moat.Cli.Demo;

/// <summary>
/// What owners write down each quarter to show their controls, and what they say of them after a year.
/// </summary>
internal sealed partial class DemoStory
{
    /// <summary>One quarterly record: who writes it, for which control, and what stands in it.</summary>
    private sealed record QuarterlyRecord(
        string Who,
        string Control,
        string Title,
        string File,
        Func<int, string> Text
    );

    private static readonly QuarterlyRecord[] Quarterly =
    [
        new(
            "jonas",
            "A.5.8",
            "Security questions of the projects that began",
            "project-briefs.csv",
            q =>
                $"project,data,question,answer,decided by\nnight-shift model,triage notes since 2024,may the hospital's notes be used,yes by annex {q},Sofia Lindqvist\nretrieval {q}.0,guidelines only,does it read patient data,no,Nadia Haddad\n"
        ),
        new(
            "jonas",
            "A.5.11",
            "Returns of people whose contract ended",
            "returns.csv",
            q =>
                $"person,item,returned,checked by\nannotator {q}a,tablet {300 + q},same day,Tomas Varga\nannotator {q}b,access card {40 + q},same day,Tomas Varga\nannotator {q}b,notebook volume,deleted after export,Ivo Petrov\n"
        ),
        new(
            "ivo",
            "A.5.14",
            "Bulk transfers of datasets and weights",
            "transfers.csv",
            q =>
                $"from,to,what,sha256 compared,approved by\nhospital north,staging bucket,{1200 + 40 * q} notes,equal,Dana Ortiz\ntraining account,second region,weights 1.{q},equal,Ivo Petrov\n"
        ),
        new(
            "jonas",
            "A.5.16",
            "Last leavers: time until every identity was off",
            "leavers.csv",
            q =>
                $"person,left at,last identity off,hours\ncontractor {q},2 days before the quarter ended,the same evening,{1 + q}\nservice account of job {q},project ended,by its end date,0\n"
        ),
        new(
            "jonas",
            "A.5.36",
            "Sampled training runs and releases against the rules",
            "rule-check.csv",
            q =>
                $"run,rule,kept,why not,mended\nrun {4100 + 17 * q},two approvals,yes,,\nrun {4100 + 17 * q + 3},approved dataset,yes,,\nrelease 1.{q},evaluation gate,yes,,\nrun {4100 + 17 * q + 9},owner named,no,new template,owner added\n"
        ),
        new(
            "jonas",
            "A.7.7",
            "Evening walk through the office: desks, boards, screens",
            "walk-round.csv",
            q =>
                $"room,found,done\nannotation room,{q} printouts of notes,shredded the same evening\nmeeting room,hospital's name on the board,wiped\nopen space,all screens locked,nothing\n"
        ),
        new(
            "jonas",
            "A.7.10",
            "Disks that may leave the office",
            "disks.csv",
            q =>
                $"disk,holder,content,encrypted,back on\nD-0{q},Ben Ito,evaluation set of the coding model,yes,the next Monday\nD-1{q},Ivo Petrov,empty,yes,in the drawer\n"
        ),
        new(
            "ivo",
            "A.8.7",
            "Outside models and datasets that were let in",
            "imports.csv",
            q =>
                $"what,source,sha256 noted,scanned by,result\nbase model revision {q},model hub,yes,picklescan and modelscan,clean\nguideline corpus {2024 + q % 2},publisher,yes,clamav,clean\n"
        ),
        new(
            "ivo",
            "A.8.11",
            "Miss rate of the masking step on five hundred labelled notes",
            "masking.csv",
            q =>
                $"kind of identifier,notes,missed\nname,500,{q % 2}\ndate of birth,500,0\nplace,500,{(q + 1) % 3}\nphone,500,0\n"
        ),
        new(
            "ivo",
            "A.8.20",
            "Port scan from outside",
            "port-scan.csv",
            q =>
                $"host,port,expected,done\ninference.corvid.example,443,yes,\nbuild.corvid.example,22,no,closed within {q} hours\n"
        ),
        new(
            "ivo",
            "A.8.22",
            "Connections that must not work, tried",
            "zone-test.csv",
            q =>
                $"from,to,result\nnotebook {q},weights bucket of production,refused\nagent sandbox,patient index,refused\ntraining job,internet without the proxy,refused\n"
        ),
        new(
            "ivo",
            "A.8.23",
            "Blocked requests and exceptions looked through",
            "web-review.csv",
            q =>
                $"what,count,decision\nunknown file shares,{30 + q},stay blocked\nmodel hub mirror,{4 + q},allowed for the build account only\n"
        ),
        new(
            "ivo",
            "A.8.26",
            "Requirements of a release traced to tests",
            "requirements.csv",
            q =>
                $"requirement,release,test,result\nno notes of another hospital in an answer,1.{q},tenant probe,passed\nprompt of the user cannot call a tool,1.{q},injection suite,passed\nanswer names its source,1.{q},retrieval check,passed\n"
        ),
        new(
            "ivo",
            "A.8.27",
            "Design reviews against the principles",
            "design-reviews.csv",
            q =>
                $"design,principle,kept,deviation\nretrieval index per hospital,separate tenants,yes,\nnight-shift training,least data,yes,\nbatch interface {q},deny by default,no,accepted until the next release by Mara Keller\n"
        ),
        new(
            "dana",
            "A.8.33",
            "Copies of hospital data for tests, and their deletion",
            "test-copies.csv",
            q =>
                $"set,source,approved by,deleted on\nevaluation {q}-a,triage notes 2.{q},Dana Ortiz,after the release\nload test {q},synthetic only,not needed,\n"
        ),
    ];

    /// <summary>
    /// Controls whose records began before anybody called them implemented, and how each is done by then.
    /// </summary>
    private static readonly Dictionary<string, string> TakenUp = new()
    {
        ["A.5.12"] =
            "Four classes since the first interview; buckets, datasets and registered models carry theirs as a tag that the collectors read.",
        ["A.5.14"] =
            "Bulk transfers run through two paths only, the hospital's upload and the copy to the second region; each compares hashes and is logged.",
        ["A.5.19"] =
            "Tomas keeps the register; whoever gets data of class three or more is assessed before the contract and in its cycle.",
        ["A.5.20"] =
            "Contracts with the GPU cloud, the model API and the annotators name training use, retention, region and notice of incidents.",
        ["A.5.21"] =
            "Each release carries a bill of materials with base model, datasets and packages, and the register shows what changed.",
        ["A.5.26"] =
            "Ben leads by the playbook of the kind; weights can be cut off by any member of the platform group, and notices follow the clocks.",
        ["A.5.27"] =
            "Every incident and exercise ends in a review within thirty days; its lessons become actions, improvements or a reason for nothing.",
        ["A.6.3"] =
            "Everybody passes the course on prompts, unsafe model files and secrets in notebooks in the first month, and again each year.",
        ["A.7.10"] =
            "Laptops refuse removable storage by profile; two encrypted disks may leave, with a name and a day of return.",
        ["A.8.2"] =
            "Administrator rights of cloud, code host and cluster belong to a group of three; each elevation is logged and reviewed.",
        ["A.8.9"] =
            "Infrastructure and serving are code in one repository with review; a nightly comparison shows drift, deviations have an end.",
        ["A.8.11"] =
            "Names, dates and places are masked before annotation; Nadia measures the miss rate on five hundred notes each quarter.",
        ["A.8.23"] =
            "Laptops and the build account resolve through the filtering resolver; agents browse through an allow-list only.",
        ["A.8.32"] =
            "Production branches need review and passing checks, for administrators too; a release names its way back.",
    };

    /// <summary>Why owners leave as it is what a year of evidence shows; each looked at what it names.</summary>
    private static readonly Dictionary<string, string> LookedAt = new()
    {
        ["A.5.3"] =
            "Went through the branch rules and the one conflict of the year, Ivo's emergency merge in March: two people saw it within an hour. The split of duties stays.",
        ["A.5.8"] =
            "Read the briefs of the year's projects: each was answered before data moved. The two questions are enough for our size.",
        ["A.5.9"] =
            "Compared the register with what the collectors found: two buckets were new and were taken in the same week. Nothing to change.",
        ["A.5.11"] =
            "Read the four lists of returns: everything came back within a day, and Ivo deleted the volumes. It stays as it is.",
        ["A.5.14"] =
            "Looked at all bulk transfers of the year: every hash was compared, no path was used that is not on the list.",
        ["A.5.15"] =
            "Looked at public endpoints and at the matrix: no store was open for a day, and the matrix matched at both reviews.",
        ["A.5.16"] =
            "Leavers were off within a day, service accounts by their end date. The time limit is right, no change.",
        ["A.5.18"] =
            "Both reviews took rights back, three of thirty-one at the last. The quarterly look finds what it should; it stays.",
        ["A.5.36"] =
            "Read the sampled runs: one missing owner in the year, mended by the template. The sample of four is enough.",
        ["A.5.37"] = "Followed the rollback runbook with Nadia without asking its author: it worked in one pass.",
        ["A.7.7"] =
            "Four evening walks found paper twice and nothing on screens. The shredder next to the printer was the right measure.",
        ["A.7.10"] = "All disks came back and all were encrypted; the drawer list suffices for two disks.",
        ["A.8.4"] =
            "Went through write rights and branch protection of the year: one required approval was never bypassed.",
        ["A.8.7"] =
            "Every import of the year was scanned and its hash noted; no scanner found anything, and the sandbox load caught one bad config.",
        ["A.8.8"] =
            "Looked at open findings against their deadlines: none overdue since the image is rebuilt each week.",
        ["A.8.11"] =
            "The miss rate stayed under half a per cent in all four samples; the threshold that would change the step is one per cent.",
        ["A.8.12"] =
            "The egress alert rang twice, both times our own copy to the second region. The threshold of 5 GB stays.",
        ["A.8.13"] =
            "Each restore of the year was equal to its source and under forty minutes. Two regions are enough.",
        ["A.8.15"] = "Object logs were on for every bucket all year, and nobody could delete them. Nothing to change.",
        ["A.8.16"] =
            "Alerts reached the person on call within six minutes all year; the drift alert was tuned in June and stays.",
        ["A.8.19"] = "All workloads ran signed images by digest; the one refused image was a test of ours.",
        ["A.8.20"] = "Four scans found one open port, closed within hours. The approved list stays as it is.",
        ["A.8.22"] = "Tried the refused paths each quarter, all refused. The plan has the three zones that we need.",
        ["A.8.23"] =
            "Looked through blocked requests: nothing that anybody needed. The one exception for the build account stays.",
        ["A.8.26"] =
            "All releases traced their requirements to tests; the tenant probe was added in spring and covers what we sell.",
        ["A.8.27"] =
            "Read the design reviews: one deviation in the year, accepted with an end date. The principles fit.",
        ["A.8.31"] = "Compared accounts and credentials of the three stages: nothing shared all year.",
        ["A.5.12"] =
            "Compared the tags with the register: two buckets had none in spring, and the check found them within a day. Four classes are enough.",
        ["A.5.20"] =
            "Read the three contracts against the list: notice of incidents was added at renewal, nothing else is open.",
        ["A.5.21"] =
            "Compared the two bills of the year: the new base model and its dataset were seen before release. It stays.",
        ["A.8.2"] =
            "Three administrators all year, one elevation a month, each with a reason. The group stays at three.",
        ["A.8.9"] =
            "The nightly comparison found six drifts in the year, all mended within two days. It stays as it is.",
        ["A.8.32"] =
            "Looked at merges to production of the year: none without review, one emergency with the review next morning.",
        ["A.8.33"] =
            "Every copy with hospital data was approved and deleted after its release; two sets could be synthetic and are now.",
    };

    private async Task QuarterlyRecords(int month, CancellationToken ct)
    {
        if (month % 3 != 0 && month != 14)
            return;
        var quarter = month / 3;
        foreach (var record in Quarterly)
        {
            var title = string.Create(CultureInfo.InvariantCulture, $"{record.Title}, quarter {quarter}");
            await Evidence(
                record.Who,
                title,
                [record.Control],
                Date(_day - 90),
                Date(_day - 1),
                record.File,
                record.Text(quarter),
                ct,
                "record"
            );
        }
    }

    private async Task TakeUpControls(CancellationToken ct)
    {
        foreach (var (code, how) in TakenUp)
            await cast.Do(
                code.StartsWith("A.8", StringComparison.Ordinal) ? "ivo" : "jonas",
                "controls.edit",
                new
                {
                    @ref = code,
                    implementation = "implemented",
                    howDone = how,
                },
                ct
            );
    }

    /// <summary>
    /// Owners say of what a year of evidence shows that it works; what it shows over time and needs no change is kept
    /// so.
    /// </summary>
    private async Task LookAtControls(CancellationToken ct)
    {
        var standings = (IReadOnlyList<ControlStanding>)await cast.Do("jonas", "controls.standing", new { }, ct);
        foreach (var standing in standings.Where(s => s.HasEvidence && LookedAt.ContainsKey(s.Code)))
            await cast.Do(
                standing.Code.StartsWith("A.8", StringComparison.Ordinal) ? "ivo" : "jonas",
                "controls.evaluate",
                new { @ref = standing.Code, reason = LookedAt[standing.Code] },
                ct
            );
    }
}
