using System.Globalization;
using System.Xml;
using Moat.Isms.Kernel;

namespace Moat.Isms.Evidence.Reports;

/// <summary>
/// What stands in a JUnit report and is not understood, with its place. Each of it may say that something failed.
/// </summary>
internal sealed class JUnitDoubts
{
    private const int MostTold = 5;
    private const int LongestName = 80;

    private readonly List<string> _told = [];
    private int _count;

    /// <summary>The first of it; null when everything was understood.</summary>
    public string? First => _told.FirstOrDefault();

    /// <summary>A sentence for people that names it.</summary>
    public IEnumerable<string> Remarks =>
        _count == 0
            ? []
            :
            [
                $"Not understood, so that nothing failed is not known: {string.Join("; ", _told)}"
                    + (
                        _count > _told.Count
                            ? string.Create(CultureInfo.InvariantCulture, $"; and {_count - _told.Count:N0} more.")
                            : "."
                    ),
            ];

    /// <summary>An element that is not known in a test or beside the tests of a suite.</summary>
    public void Element(XmlReader at, string? owner) => Tell(at, $"<{at.LocalName.Cut(LongestName)}> in {owner}");

    /// <summary>An attribute whose content is not known.</summary>
    public void Attribute(XmlReader at, string name, string owner) =>
        Tell(at, $"{name}=\"{at.GetAttribute(name)?.Cut(LongestName)}\" of {owner}");

    /// <summary>What an element calls itself, for people.</summary>
    public static string Owner(string element, string? name) =>
        string.IsNullOrWhiteSpace(name) ? element : $"{element} '{name.Cut(LongestName)}'";

    private void Tell(XmlReader at, string what)
    {
        _count++;
        if (_told.Count < MostTold)
            _told.Add(at is IXmlLineInfo place && place.HasLineInfo() ? $"{what} (line {place.LineNumber})" : what);
    }
}
