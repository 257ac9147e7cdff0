using System.Text.RegularExpressions;
using Moat.Knowledge;
using Moat.Knowledge.Playbooks;

namespace Moat.Tests;

/// <summary>
/// Commands in playbooks are typed at night under pressure: what can be checked of them without the tools is checked
/// here, against the tools' documentation.
/// </summary>
public sealed partial class PlaybookCommandTests
{
    // gh 2.x, `gh <command> --json` without fields lists them.
    private static readonly Dictionary<string, string> JsonFields = new()
    {
        ["run list"] =
            "attempt conclusion createdAt databaseId displayTitle event headBranch headSha name number startedAt status updatedAt url workflowDatabaseId workflowName",
        ["run view"] =
            "attempt conclusion createdAt databaseId displayTitle event headBranch headSha jobs name number startedAt status updatedAt url workflowDatabaseId workflowName",
        ["cache list"] = "createdAt id key lastAccessedAt ref sizeInBytes version",
    };

    private static readonly Dictionary<string, string> Subcommands = new()
    {
        ["gh"] = "api|run list|run view|cache list|cache delete|attestation verify",
        ["kubectl"] = "label|cordon|describe|logs|get|patch|rollout history",
        ["aws"] =
            "s3 cp|s3 sync|s3api list-object-versions|sts get-access-key-info|iam update-access-key|iam get-account-authorization-details|ec2 create-snapshot|ec2 create-snapshots|cloudtrail lookup-events",
        ["git"] = "show|filter-repo",
        ["dvc"] = "list|diff",
        ["oras"] = "copy|cp",
        ["mlflow"] = "runs describe",
        ["cosign"] = "verify|verify-attestation",
        ["gitleaks"] = "git",
        ["trufflehog"] = "docker",
        ["hf"] = "download",
        ["npm"] = "ci",
        ["crictl"] = "ps",
    };

    /// <summary>What a command refuses to run without.</summary>
    private static readonly Dictionary<string, string> Needs = new()
    {
        ["aws sts get-access-key-info"] = "--access-key-id",
        ["aws iam update-access-key"] = "--access-key-id --status",
        ["aws ec2 create-snapshot"] = "--volume-id",
        ["aws ec2 create-snapshots"] = "--instance-specification",
        ["aws s3api list-object-versions"] = "--bucket",
        ["mlflow runs describe"] = "--run-id",
        ["trufflehog docker"] = "--image",
    };

    // Options that want a value, which is easily left out in a sentence.
    private static readonly string[] WithValue =
    [
        "--rdb",
        "--replace-text",
        "--access-key-id",
        "--volume-id",
        "--status",
        "--run-id",
        "--image",
        "--bucket",
        "--json",
        "--created",
        "--limit",
    ];

    // `dvc diff --json` prints JSON and takes no value.
    private static readonly string[] JsonSwitches = ["dvc"];

    public static TheoryData<string, string> Commands
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var playbook in KnowledgeBase.Shipped.Playbooks)
            foreach (
                var command in Texts(playbook)
                    .SelectMany(t => Code().Matches(t).Select(m => m.Groups[1].Value))
                    .Where(IsCommand)
                    .Distinct()
            )
                data.Add(playbook.Id, command);
            return data;
        }
    }

    [Theory, MemberData(nameof(Commands))]
    public void Each_command_exists_with_what_it_needs(string playbook, string command)
    {
        var words = Words(command);
        var known = Subcommands.TryGetValue(words[0], out var list)
            ? list.Split('|')
                .Where(s => $"{command} ".StartsWith($"{words[0]} {s} ", StringComparison.Ordinal))
                .MaxBy(s => s.Length)
            : "";
        Assert.True(known is not null, $"{playbook}: '{command}' is no subcommand that we know to exist.");
        foreach (
            var (start, options) in Needs.Where(n => $"{command} ".StartsWith($"{n.Key} ", StringComparison.Ordinal))
        )
            Assert.All(options.Split(' '), o => Assert.True(words.Contains(o), $"{playbook}: '{start}' needs {o}."));
        foreach (
            var (at, word) in words
                .Index()
                .Where(w => WithValue.Contains(w.Item) && !(w.Item == "--json" && JsonSwitches.Contains(words[0])))
        )
            Assert.True(
                at + 1 < words.Count && !words[at + 1].StartsWith("--", StringComparison.Ordinal),
                $"{playbook}: {word} in '{command}' has no value."
            );
        if (words[0] == "gh" && words.IndexOf("--json") is var json and > 0)
            Assert.Empty(words[json + 1].Split(',').Except(JsonFields[known!].Split(' ')));
    }

    [Fact]
    public void There_are_commands_to_check_and_a_wrong_one_would_be_seen()
    {
        Assert.True(Commands.Count >= 25, $"{Commands.Count} commands");
        foreach (
            var wrong in new[]
            {
                "gh run list --json databaseId,actor",
                "gh runs list",
                "aws sts get-access-key-info",
                "redis-cli --rdb",
                "kubectl isolate node",
            }
        )
            Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => Each_command_exists_with_what_it_needs("test", wrong));
    }

    private static IEnumerable<string> Texts(PlaybookEntry playbook) =>
        [
            playbook.Body,
            .. playbook.Preserve.SelectMany(p => new[] { p.What, p.How }),
            .. playbook.Containment.SelectMany(c => new[] { c.Do, c.Cost, c.Undo }),
            .. playbook.Steps.SelectMany(s => new[] { s.Do, s.Capture }),
        ];

    private static bool IsCommand(string text) =>
        text.Contains(' ', StringComparison.Ordinal)
        && (Subcommands.ContainsKey(text.Split(' ')[0]) || text.StartsWith("redis-cli ", StringComparison.Ordinal));

    private static List<string> Words(string command) => [.. Word().Matches(command).Select(m => m.Value)];

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();

    [GeneratedRegex("'[^']*'|\"[^\"]*\"|[^\\s]+")]
    private static partial Regex Word();
}
