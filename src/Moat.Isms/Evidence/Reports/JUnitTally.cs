using System.Globalization;
using System.Xml;
using Moat.Isms.Kernel.Reading;

namespace Moat.Isms.Evidence.Reports;

/// <summary>Counts the tests of a JUnit report while it is read, once, however its suites are nested.</summary>
internal sealed class JUnitTally
{
    private static readonly string[] Skips = ["skipped", "disabled", "ignored"];

    private readonly List<Suite> _open = [];
    private readonly int[] _cases = new int[(int)JUnitOutcome.Failure + 1];
    private readonly int[] _beside = new int[(int)JUnitOutcome.Failure + 1];
    private readonly List<(string? Name, JUnitOutcome Outcome)> _bad = [];
    private (int Depth, string? Name, JUnitOutcome Outcome)? _case;

    // What a suite says of itself, and what was counted in it.
    private sealed record Suite(int Depth, string? Name, int Tests, int Faults, int Skipped)
    {
        public int Cases { get; set; }
        public int SeenFaults { get; set; }
        public int SeenSkips { get; set; }
    }

    /// <summary>The name of the report or of its first suite.</summary>
    public string? Name { get; private set; }

    /// <summary>The time that the outermost suite says.</summary>
    public string? Time { get; private set; }

    /// <summary>How many tests there are.</summary>
    public int Cases => _cases.Sum();

    /// <summary>Failures and errors that a suite counts and that stand nowhere in it.</summary>
    public int UnseenFaults { get; private set; }

    /// <summary>Skipped tests that a suite counts and that do not say so themselves.</summary>
    public int UnseenSkips { get; private set; }

    /// <summary>Tests that a suite speaks of and the file does not hold.</summary>
    public int Missing { get; private set; }

    /// <summary>What was not understood.</summary>
    public JUnitDoubts Doubts { get; } = new();

    /// <summary>The names of what failed, failures before errors.</summary>
    public IEnumerable<string?> Failing => _bad.OrderByDescending(b => b.Outcome).Select(b => b.Name);

    /// <summary>How many tests ended so.</summary>
    public int Of(JUnitOutcome outcome) => _cases[(int)outcome];

    /// <summary>
    /// The same with what went wrong outside of any test: in the preparation of a suite, or before it.
    /// </summary>
    public int WithBeside(JUnitOutcome outcome) => Of(outcome) + _beside[(int)outcome];

    /// <summary>Whether an element is a suite.</summary>
    public static bool IsSuite(string name) => name is "testsuites" or "testsuite";

    /// <summary>Counts from the first element, at which the XML stands, to the end.</summary>
    public static JUnitTally Of(GivenXml xml)
    {
        var tally = new JUnitTally();
        do
        {
            if (xml.Starts)
                tally.Begin(xml.Reader);
            if (xml.Ends)
                tally.End(xml.Reader.Depth);
        } while (xml.Read());
        return tally;
    }

    private void Begin(XmlReader xml)
    {
        var name = xml.LocalName;
        if (_case is { } test)
            Inside(test, xml);
        else if (IsSuite(name))
            Open(xml);
        else if (name == "testcase")
            _case = (xml.Depth, xml.GetAttribute("name"), JUnitCase.Of(xml, Doubts));
        else if (_open.Count > 0 && xml.Depth == _open[^1].Depth + 1)
            Beside(_open[^1], JUnitCase.Child(name), xml);
    }

    private void Inside((int Depth, string? Name, JUnitOutcome Outcome) test, XmlReader xml)
    {
        if (xml.Depth != test.Depth + 1)
            return;
        var said = JUnitCase.Child(xml.LocalName);
        if (said == JUnitOutcome.Unread)
            Doubts.Element(xml, JUnitDoubts.Owner("testcase", test.Name));
        _case = test with { Outcome = Worse(test.Outcome, said) };
    }

    private void Open(XmlReader xml)
    {
        var suite = new Suite(
            xml.Depth,
            xml.GetAttribute("name"),
            Number(xml, "tests"),
            Number(xml, "failures") + Number(xml, "errors"),
            Skips.Max(s => Number(xml, s))
        );
        if (_open.Count == 0)
            Time = xml.GetAttribute("time");
        if (_open.Count <= 1 && Name is null && suite.Name is { Length: > 0 })
            Name = suite.Name;
        _open.Add(suite);
    }

    private void Beside(Suite suite, JUnitOutcome outcome, XmlReader xml)
    {
        if (outcome == JUnitOutcome.Unread)
            Doubts.Element(xml, JUnitDoubts.Owner("suite", suite.Name));
        if (outcome < JUnitOutcome.Error)
            return;
        _beside[(int)outcome]++;
        suite.SeenFaults++;
        _bad.Add((suite.Name, outcome));
    }

    private void End(int depth)
    {
        if (_case is { } test && depth == test.Depth)
            Close(test.Name, test.Outcome);
        else if (_open.Count > 0 && depth == _open[^1].Depth)
            Close(_open[^1]);
    }

    private void Close(string? name, JUnitOutcome outcome)
    {
        _case = null;
        _cases[(int)outcome]++;
        if (outcome >= JUnitOutcome.Error)
            _bad.Add((name, outcome));
        if (_open.Count == 0)
            return;
        _open[^1].Cases++;
        if (outcome >= JUnitOutcome.Error)
            _open[^1].SeenFaults++;
        if (outcome == JUnitOutcome.Skipped)
            _open[^1].SeenSkips++;
    }

    private void Close(Suite suite)
    {
        _open.RemoveAt(_open.Count - 1);
        UnseenFaults = Math.Max(UnseenFaults, suite.Faults - suite.SeenFaults);
        UnseenSkips = Math.Max(UnseenSkips, suite.Skipped - suite.SeenSkips);
        Missing = Math.Max(Missing, suite.Tests - suite.Cases);
        if (_open.Count == 0)
            return;
        _open[^1].Cases += suite.Cases;
        _open[^1].SeenFaults += suite.SeenFaults;
        _open[^1].SeenSkips += suite.SeenSkips;
    }

    private static JUnitOutcome Worse(JUnitOutcome one, JUnitOutcome other) => one > other ? one : other;

    private int Number(XmlReader suite, string name)
    {
        if (suite.GetAttribute(name) is not { } told)
            return 0;
        if (
            int.TryParse(
                told,
                NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite,
                CultureInfo.InvariantCulture,
                out var number
            )
        )
            return Math.Min(number, int.MaxValue / 4);
        Doubts.Attribute(suite, name, JUnitDoubts.Owner("suite", suite.GetAttribute("name")));
        return 0;
    }
}
