using Moat.Isms.Kernel;

namespace Moat.Isms.Objectives;

/// <summary>Which objectives are pursued, and which numbers count.</summary>
internal static class Pursuit
{
    /// <summary>Adopted and not dropped.</summary>
    public static IQueryable<Objective> Pursued(this IQueryable<Objective> goals) =>
        goals.Where(o => o.Standing == Standing.Adopted && o.DroppedOn == null);

    /// <summary>Not withdrawn.</summary>
    public static IQueryable<Measurement> Counting(this IQueryable<Measurement> numbers) =>
        numbers.Where(m => m.WithdrawnAt == null);
}
