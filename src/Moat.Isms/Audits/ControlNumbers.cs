using System.Text.RegularExpressions;

namespace Moat.Isms.Audits;

/// <summary>
/// Reads the numbers of clauses and controls in an auditor's list. Lists after the edition of 2013 have other controls
/// under the same numbers, so there the numbers of controls are not read at all.
/// </summary>
/// <param name="codes">The codes of the company's controls.</param>
/// <param name="old">A number in the list that exists only in the edition of 2013; null when there is none.</param>
internal sealed partial class ControlNumbers(HashSet<string> codes, string? old)
{
    /// <summary>
    /// The first of the cells' numbers that exists only in the edition of 2013: its domains went to A.18, and its
    /// controls have three parts.
    /// </summary>
    public static string? OnlyIn2013(IEnumerable<string> cells, HashSet<string> codes) =>
        cells
            .SelectMany(c => Old().Matches(c).Select(m => m.Value.Trim()))
            .FirstOrDefault(n => !codes.Contains(n.ToUpperInvariant()));

    /// <summary>Why numbers of controls are not read.</summary>
    public string WhyOld =>
        $"This list has control numbers of ISO/IEC 27001:2013: {old} exists only there. In the edition of 2022 the same numbers are other controls, "
        + "so they are not read and those requests are kept without one. Write the numbers of 2022 to have them read.";

    /// <summary>Whether the cell has a control's number in a list after the edition of 2013.</summary>
    public bool AreOld(string said) => old is not null && IsControl(said);

    /// <summary>
    /// The requirement that a cell means: "Clause 9.2", "A.8.28", "8.28" where no clause has that number.
    /// </summary>
    public string? Requirement(string said)
    {
        if (AreOld(said))
            return null;
        var found = Number().Match(said);
        if (!found.Success)
            return codes.FirstOrDefault(c => c.Equals(said.Trim(), StringComparison.OrdinalIgnoreCase));
        var number = found.Value.TrimStart('A', 'a').TrimStart('.').TrimStart();
        if (IsAnnex(found.Value))
            return codes.Contains($"A.{number}") ? $"A.{number}" : null;
        var clauses = Knowledge.KnowledgeBase.Shipped.Clauses;
        if (clauses.Any(c => c.Id == number && !c.Heading))
            return number;
        if (clauses.Any(c => c.Id == number))
            return clauses.First(c => !c.Heading && c.Id.StartsWith(number + ".", StringComparison.Ordinal)).Id;
        return codes.Contains($"A.{number}") ? $"A.{number}" : null;
    }

    // Without the letter, a number in such a list is a clause's only where the list writes the letter for its controls.
    private bool IsControl(string said) =>
        Annex().IsMatch(said)
        || (!IsAnnex(old!) && Number().IsMatch(said) && !said.Contains("clause", StringComparison.OrdinalIgnoreCase));

    private static bool IsAnnex(string number) => char.ToUpperInvariant(number[0]) == 'A';

    [GeneratedRegex(@"(?:[Aa]\.?\s?)?\d{1,2}(?:\.\d{1,2}){1,2}")]
    private static partial Regex Number();

    [GeneratedRegex(@"\b[Aa]\.?\s?\d{1,2}")]
    private static partial Regex Annex();

    [GeneratedRegex(
        @"\b[Aa]\.?\s?(?:9|1[0-8])(?:\.\d{1,2}){0,2}\b(?!\.\d)|\b[Aa]\.?\s?[5-8]\.\d{1,2}\.\d{1,2}\b|^\s*1[1-8](?:\.\d{1,2}){1,2}\b(?!\.\d)"
    )]
    private static partial Regex Old();
}
