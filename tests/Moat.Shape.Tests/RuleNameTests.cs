using System.Text.RegularExpressions;
using Moat.Isms.Kernel;

namespace Moat.Tests;

/// <summary>A rule that no test breaks may be gone tomorrow, and nobody sees it.</summary>
public sealed partial class RuleNameTests
{
    private const string ThisFile = "RuleNameTests.cs";

    /// <summary>Rules that no operation can break, each with what stands before it.</summary>
    private static readonly Dictionary<string, string> Unreachable = new()
    {
        ["draft.reject.adopted"] = "draft.reject leaves out what is adopted before it decides",
        ["frameworks.remove.once"] = "frameworks.remove refuses what was removed by frameworks.removed",
        ["suppliers.answer.expired"] = "a link that has expired is not found any more",
        ["tasks.close.open"] = "every operation closes only tasks that it read as open",
        ["training.quiz.course"] = "only an older version could have assigned a course that is not part of this one",
    };

    private static readonly HashSet<string> Rules =
    [
        .. SourceTree.Read("src", ".cs").SelectMany(s => Rule().Matches(s.Text)).Select(m => m.Groups[1].Value),
    ];

    private static readonly HashSet<string> Named =
    [
        .. SourceTree
            .Read("tests", ".cs")
            .Where(s => Path.GetFileName(s.Path) != ThisFile)
            .SelectMany(s => Text().Matches(s.Text))
            .Select(m => m.Groups[1].Value),
    ];

    [Fact]
    public void Every_rule_is_named_by_a_test()
    {
        Assert.True(Rules.Count > 200, $"{Rules.Count} rules were found: the search for them is broken.");
        var unnamed = Rules.Where(r => !IsNamed(r)).Except(Unreachable.Keys).Order(StringComparer.Ordinal).ToList();
        if (unnamed.Count > 0)
            Assert.Fail($"No test names {string.Join(", ", unnamed)}.");
    }

    [Fact]
    public void What_is_said_to_be_unreachable_is_a_rule_that_no_test_names() =>
        Assert.DoesNotContain(Unreachable.Keys, r => !Rules.Contains(r) || IsNamed(r));

    /// <summary>Asked of a token only where a person's word would turn a duty off.</summary>
    private const string OfSomeAnswers = "incidents.assess.person";

    [Fact]
    public void An_operation_that_refuses_whoever_is_no_person_is_offered_to_no_token()
    {
        var ofPeople = Rules.Where(r => r.EndsWith(".person", StringComparison.Ordinal)).ToList();
        Assert.Contains("versions.withdraw.person", ofPeople);
        Assert.DoesNotContain(
            ofPeople.Except([OfSomeAnswers]),
            r => OperationCatalog.Whole.Find(r[..^".person".Length]) is not { RefusesTokens: true }
        );
    }

    // A rule with a hole, such as changes.{verb}.state, is named by a test of any of its verbs.
    private static bool IsNamed(string rule) =>
        rule.Contains('{', StringComparison.Ordinal)
            ? Named.Any(n => Regex.IsMatch(n, $"^{Hole().Replace(rule, "[a-z-]+")}$"))
            : Named.Contains(rule);

    /// <summary>The first text that is given to a new RuleBroken, or to a method Must… that throws one.</summary>
    [GeneratedRegex(
        @"(?:\bRuleBroken|\bMust\w*|\bRuleBroken \w+\([^)]*\) => new)\([^"";()]*?"
            + @"\$?""([a-z-]+(?:\.(?:[a-z-]|\{[^}]+\})+)+)"""
    )]
    private static partial Regex Rule();

    [GeneratedRegex(@"""([a-z-]+(?:\.[a-z-]+)+)""")]
    private static partial Regex Text();

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Hole();
}
