using System.IO.Compression;
using System.Text.Json.Nodes;

namespace Moat.Tests;

/// <summary>
/// What the example company can show by its records alone, and that its figures agree with each other.
/// </summary>
public sealed class ExampleRecordsTests(DemoSite site)
{
    /// <summary>Of what operates, in per cent: some things are late on purpose, as anywhere.</summary>
    private const int LeastOperating = 60;

    [Fact]
    public async Task Support_is_documented_and_operating()
    {
        var told = JsonNode.Parse(
            await MoatProgram.Do("readiness", "--data", site.Data, "--org", "corvid", "--format", "json")
        )!;
        var requirements = (told as JsonArray ?? told["requirements"]!.AsArray()).ToDictionary(r => (string)r!["id"]!);
        foreach (var clause in new[] { "5.2", "7.2", "7.3" })
        foreach (var degree in new[] { "documented", "operating" })
            Assert.True(
                (int)requirements[clause]!["doi"]![degree]!["percent"]! == 100,
                $"{clause} is not {degree}: {requirements[clause]!["rules"]}"
            );
        // What the records lack is said by name: a role that nobody holds, documents without readers or without an
        // approval.
        Assert.Contains(
            "12 of 13 adopted roles",
            requirements["5.3"]!["rules"]!.ToJsonString(),
            StringComparison.Ordinal
        );
        foreach (var clause in new[] { "7.5.1", "7.5.2", "7.5.3" })
            Assert.True(
                (int)requirements[clause]!["doi"]!["documented"]!["percent"]! == 50,
                $"{clause}: {requirements[clause]!["rules"]}"
            );
    }

    [Fact]
    public async Task Operation_checking_and_improvement_are_documented_and_operate_by_records_only()
    {
        var requirements = (await Read("readiness"))["requirements"]!.AsArray().ToDictionary(r => (string)r!["id"]!);
        foreach (var clause in new[] { "8.1", "9.2.1", "9.2.2", "9.3.1", "9.3.2", "9.3.3", "10.1", "10.2" })
        {
            Assert.True(
                Percent(requirements[clause]!, "documented") == 100,
                $"{clause} is not documented: {requirements[clause]!["rules"]}"
            );
            Assert.True(
                Percent(requirements[clause]!, "operating") >= LeastOperating,
                $"{clause} does not operate: {requirements[clause]!["rules"]}"
            );
        }
    }

    [Fact]
    public async Task What_is_quiet_says_what_would_make_it_flow_and_4_4_does_not_hold_while_something_is_broken()
    {
        var map = await Read("processes", "map");
        var interactions = map["interactions"]!.AsArray();
        Assert.All(
            interactions.Where(i => (string)i!["state"]! == "quiet"),
            i => Assert.Contains("It flows when ", (string)i!["quiet"]!, StringComparison.Ordinal)
        );
        Assert.All(interactions.Where(i => (string)i!["state"]! != "quiet"), i => Assert.Null(i!["quiet"]));
        Assert.All(map["breaks"]!.AsArray(), b => Assert.NotEmpty(b!["records"]!.AsArray()));
        Assert.True((int)map["alive"]! >= 35, $"{map["alive"]} alive, {map["quiet"]} quiet, {map["broken"]} broken");
        var requirements = (await Read("readiness"))["requirements"]!.AsArray().ToDictionary(r => (string)r!["id"]!);
        Assert.Equal((int)map["broken"]! == 0, Percent(requirements["4.4"]!, "operating") == 100);
    }

    [Fact]
    public async Task A_control_that_an_action_or_improvement_updated_really_changed_after_it()
    {
        foreach (
            var (control, cause) in new[]
            {
                ("A.5.18", "IMP-"),
                ("A.8.32", "ACT-"),
                ("A.5.23", "CHG-"),
                ("A.8.28", "ACT-"),
            }
        )
        {
            var reference = (string)(await Read("controls", "get", "--ref", control))["ref"]!;
            var thread = await Read("thread", "get", "--ref", reference);
            var learned = thread["links"]!
                .AsArray()
                .First(l =>
                    (string)l!["type"]! == "learned-from"
                    && ((string)l["ref"]!).StartsWith(cause, StringComparison.Ordinal)
                )!;
            Assert.Null(learned["claimedBy"]);
            Assert.Contains(
                thread["events"]!.AsArray(),
                e =>
                    (string)e!["operation"]! == "controls.edit"
                    && (string)e["at"]! == (string)learned["since"]!
                    && e["fields"]!.AsArray().Any(f => (string)f!["field"]! == "HowDone")
            );
        }
    }

    [Fact]
    public async Task The_longest_thread_has_a_check_that_passes_now_and_a_risk_that_was_assessed_again()
    {
        var walk = await Read("thread", "walk", "--ref", "ALERT-2");
        var steps = walk["steps"]!.AsArray();
        Assert.True(
            steps.Count >= 8 && walk["processes"]!.AsArray().Count >= 6,
            $"{steps.Count} records over {walk["processes"]!.AsArray().Count} processes"
        );
        foreach (var kind in new[] { "INC-", "LES-", "ACT-", "DOC-", "TRN-", "EVD-" })
            Assert.Contains(steps, s => ((string)s!["ref"]!).StartsWith(kind, StringComparison.Ordinal));
        Assert.Contains(
            steps,
            s =>
                ((string)s!["ref"]!).StartsWith("RES-", StringComparison.Ordinal)
                && Stands(s).Contains("failed from", StringComparison.Ordinal)
                && Stands(s).Contains("passes since", StringComparison.Ordinal)
        );
        Assert.Contains(
            steps,
            s =>
                ((string)s!["ref"]!).StartsWith("RISK-", StringComparison.Ordinal)
                && Stands(s).StartsWith("Assessed again on", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Numbers_of_objectives_come_from_a_source_checks_and_records_and_agree_with_them()
    {
        var goals = (await Read("objectives", "list")).AsArray();
        Assert.Superset(
            new HashSet<string> { "prometheus", "check", "records" },
            goals.Select(g => (string)g!["takenFrom"]!).ToHashSet()
        );
        foreach (var (goal, number) in await Numbers(goals))
            if ((string)goal["unit"]! == "%")
                Assert.InRange(number, 0, 100);
        var containment = goals.Single(g => (string?)g!["query"] == "incident-hours-to-contain")!;
        Assert.Equal(
            (decimal)(await Read("incidents", "measures"))["hoursToContain"]!,
            (decimal)containment["lastValue"]!
        );
        Assert.Contains(
            goals,
            g =>
                (string)g!["title"]! == "Nobody enters the training environments without a valid grant"
                && (string)g["takenFrom"]! == "check"
        );
    }

    [Fact]
    public async Task What_a_review_concludes_agrees_with_the_figures_before_it()
    {
        foreach (var review in new[] { "MREV-1", "MREV-2" })
        {
            var topics = (await Read("reviews", "get", "--ref", review))["topics"]!
                .AsArray()
                .ToDictionary(t => (string)t!["key"]!);
            var (objectives, said) = (
                topics["objectives"]!["input"]!["rows"]!.AsArray(),
                (string)topics["objectives"]!["conclusion"]!
            );
            var off = objectives
                .Where(r => ((string)r!["says"]!).Split(':')[0] is "missed" or "at risk")
                .Select(r => (string)r!["ref"]!)
                .ToList();
            Assert.All(off, o => Assert.Contains(o, said, StringComparison.Ordinal));
            Assert.Equal(
                off.Count == 0,
                said.StartsWith("Every objective that has a number is on track", StringComparison.Ordinal)
            );
            var overdue = topics["risks"]!["input"]!["figures"]!
                .AsArray()
                .Single(f => (string)f!["name"]! == "Actions overdue")!;
            if ((string)overdue["value"]! != "0")
                Assert.DoesNotContain("on time", (string)topics["risks"]!["conclusion"]!, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Sources_have_run_logs_and_one_could_not_read_everything()
    {
        var sources = (await Read("collectors", "list")).AsArray();
        Assert.True(sources.Count(s => (string?)s!["lastOutcome"] == "complete") >= 2, sources.ToJsonString());
        Assert.Contains(sources, s => (string?)s!["lastOutcome"] == "partial");
        // Journeys add sources of their own to the same example.
        Assert.All(
            sources.Where(s => (string?)s!["ref"] is "SRC-1" or "SRC-2" or "SRC-3"),
            s => Assert.NotNull(s!["pausedAt"])
        );
    }

    [Fact]
    public async Task The_pack_has_the_approved_documents_the_confirmations_and_the_competence_records()
    {
        using var folder = new TemporaryFolder();
        await MoatProgram.Do("pack", "--data", site.Data, "--org", "corvid", "--out", folder.Of("pack.zip"));
        Assert.Contains("OK:", await MoatProgram.Do("verify", folder.Of("pack.zip")), StringComparison.Ordinal);
        using var pack = ZipFile.OpenRead(folder.Of("pack.zip"));
        Assert.True(
            pack.Entries.Count(e => e.FullName.StartsWith("documents/approved/", StringComparison.Ordinal)) >= 36
        );
        Assert.True(pack.Entries.Count(e => e.FullName.EndsWith(".docx", StringComparison.Ordinal)) >= 36);
        Assert.True(
            Register(pack, "documents")["Acknowledgement"]!
                .AsArray()
                .Count(a => (string?)a!["Confirmed at"] is not null) >= 36
        );
        Assert.True(Register(pack, "competence")["CompetenceProof"]!.AsArray().Count >= 20);
        Assert.True(
            Register(pack, "training")["CourseAssignment"]!.AsArray().Count(a => (string?)a!["Passed at"] is not null)
                >= 20
        );
    }

    private async Task<JsonNode> Read(params string[] command) =>
        JsonNode.Parse(await MoatProgram.Do([.. command, "--data", site.Data, "--org", "corvid", "--format", "json"]))!;

    private async Task<List<(JsonNode Goal, decimal Number)>> Numbers(JsonArray goals)
    {
        var numbers = new List<(JsonNode, decimal)>();
        foreach (var goal in goals)
            numbers.AddRange(
                (await Read("objectives", "get", "--ref", (string)goal!["ref"]!))["measurements"]!
                    .AsArray()
                    .Select(m => (goal!, (decimal)m!["value"]!))
            );
        return numbers;
    }

    private static int Percent(JsonNode requirement, string degree) => (int)requirement["doi"]![degree]!["percent"]!;

    private static string Stands(JsonNode? step) => (string?)step!["stands"] ?? "";

    private static JsonObject Register(ZipArchive pack, string name)
    {
        using var file = pack.GetEntry($"registers/{name}.json")!.Open();
        return JsonNode.Parse(file)!.AsObject();
    }
}
