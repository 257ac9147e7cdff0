namespace Moat.Isms.Kernel;

internal static class StandingFilter
{
    /// <summary>Records of a standing; without one, all that were neither rejected nor retired.</summary>
    public static IQueryable<T> Of<T>(this IQueryable<T> records, Standing? standing)
        where T : Proposable =>
        standing is { } wanted
            ? records.Where(r => r.Standing == wanted)
            : records.Where(r => r.Standing != Standing.Rejected && r.Standing != Standing.Retired);
}
