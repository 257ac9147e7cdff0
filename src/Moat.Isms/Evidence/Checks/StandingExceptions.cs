namespace Moat.Isms.Evidence.Checks;

/// <summary>Which exceptions stand.</summary>
internal static class StandingExceptions
{
    /// <summary>Not ended and not over on that day, as <see cref="CheckException.Stands"/> tells of one.</summary>
    public static IQueryable<CheckException> Standing(this IQueryable<CheckException> exceptions, DateOnly on) =>
        exceptions.Where(e => e.EndedAt == null && e.Until >= on);
}
