using System.Xml;

namespace Moat.Isms.Evidence.Reports;

/// <summary>How a test ended, the worst last.</summary>
internal enum JUnitOutcome
{
    Passed,
    Skipped,
    Unread,
    Error,
    Failure,
}

/// <summary>
/// How one test of a JUnit report ended. Runners say it by a child element, by the attribute <c>status</c> or
/// <c>result</c>, or by several of these; the worst of them counts, and a word that is not understood is no pass.
/// </summary>
internal static class JUnitCase
{
    private static readonly string[] Told = ["status", "result"];

    private static readonly Dictionary<string, JUnitOutcome> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["run"] = JUnitOutcome.Passed,
        ["completed"] = JUnitOutcome.Passed,
        ["passed"] = JUnitOutcome.Passed,
        ["pass"] = JUnitOutcome.Passed,
        ["success"] = JUnitOutcome.Passed,
        ["successful"] = JUnitOutcome.Passed,
        ["ok"] = JUnitOutcome.Passed,
        ["notrun"] = JUnitOutcome.Skipped,
        ["not run"] = JUnitOutcome.Skipped,
        ["not_run"] = JUnitOutcome.Skipped,
        ["disabled"] = JUnitOutcome.Skipped,
        ["suppressed"] = JUnitOutcome.Skipped,
        ["skipped"] = JUnitOutcome.Skipped,
        ["skip"] = JUnitOutcome.Skipped,
        ["ignored"] = JUnitOutcome.Skipped,
        ["pending"] = JUnitOutcome.Skipped,
        ["untested"] = JUnitOutcome.Skipped,
        ["error"] = JUnitOutcome.Error,
        ["errored"] = JUnitOutcome.Error,
        ["broken"] = JUnitOutcome.Error,
        ["crashed"] = JUnitOutcome.Error,
        ["aborted"] = JUnitOutcome.Error,
        ["timeout"] = JUnitOutcome.Error,
        ["undefined"] = JUnitOutcome.Error,
        ["failed"] = JUnitOutcome.Failure,
        ["failure"] = JUnitOutcome.Failure,
        ["fail"] = JUnitOutcome.Failure,
    };

    /// <summary>What the attributes of a <c>testcase</c> say.</summary>
    public static JUnitOutcome Of(XmlReader test, JUnitDoubts doubts)
    {
        foreach (var name in Told.Where(name => Word(test.GetAttribute(name)) == JUnitOutcome.Unread))
            doubts.Attribute(test, name, JUnitDoubts.Owner("testcase", test.GetAttribute("name")));
        return Told.Max(name => Word(test.GetAttribute(name)));
    }

    /// <summary>
    /// What an element in a test, or beside the tests of a suite, says. A test that failed first and passed when it was
    /// run again is a pass, as Surefire writes it (flakyFailure, flakyError); one that failed again (rerunFailure,
    /// rerunError) is none. What is not known may be a failure.
    /// </summary>
    public static JUnitOutcome Child(string element) =>
        element switch
        {
            "failure" => JUnitOutcome.Failure,
            "error" or "rerunFailure" or "rerunError" => JUnitOutcome.Error,
            "skipped" or "disabled" => JUnitOutcome.Skipped,
            "system-out" or "system-err" or "properties" or "flakyFailure" or "flakyError" => JUnitOutcome.Passed,
            _ => JUnitOutcome.Unread,
        };

    private static JUnitOutcome Word(string? word) =>
        string.IsNullOrWhiteSpace(word)
            ? JUnitOutcome.Passed
            : Words.GetValueOrDefault(word.Trim(), JUnitOutcome.Unread);
}
