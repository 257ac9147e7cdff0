using System.Globalization;

namespace Moat.Isms.Audits;

/// <summary>An audit as a programme would plan it.</summary>
public sealed record PlannedLook(string Title, DateOnly StartsOn, DateOnly EndsOn, IReadOnlyList<string> Requirements);

/// <summary>
/// Spreads requirements over the audits of a cycle. The first year looks at everything once, as certification expects;
/// in later years weight 3 comes every year, weight 2 once more, weight 1 waits for the next cycle.
/// </summary>
public static class ProgrammePlan
{
    private const int DaysOfAnAudit = 4;

    /// <summary>The planned audits, in order.</summary>
    public static IReadOnlyList<PlannedLook> Of(
        IReadOnlyList<Weighed> requirements,
        DateOnly from,
        int years,
        int auditsAYear
    )
    {
        var looks = new List<PlannedLook>();
        for (var year = 0; year < years; year++)
        {
            var due = requirements
                .Where((r, index) => IsDue(r.Weight, index, year, years))
                .Select(r => r.Requirement)
                .ToList();
            for (var part = 0; part < auditsAYear; part++)
            {
                var share = due.Skip(due.Count * part / auditsAYear)
                    .Take(due.Count * (part + 1) / auditsAYear - due.Count * part / auditsAYear)
                    .ToList();
                if (share.Count == 0)
                    continue;
                // In the last month of its part of the year, so that there is something to look at.
                var starts = from.AddYears(year).AddMonths(12 * (part + 1) / auditsAYear - 1).AddDays(10);
                looks.Add(
                    new PlannedLook(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"Internal audit {part + 1} of year {year + 1}: {share[0]} to {share[^1]}"
                        ),
                        starts,
                        starts.AddDays(DaysOfAnAudit - 1),
                        share
                    )
                );
            }
        }
        return looks;
    }

    private static bool IsDue(int weight, int index, int year, int years) =>
        (year, weight) switch
        {
            (0, _) or (_, 3) => true,
            // Half of them in each of the later years, so that no year is empty.
            (_, 2) => years == 2 || index % (years - 1) == year - 1,
            _ => false,
        };
}
