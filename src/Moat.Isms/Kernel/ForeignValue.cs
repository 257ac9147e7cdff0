namespace Moat.Isms.Kernel;

/// <summary>
/// Tells a stored value that no operation writes, such as text in the column of a number, from a database that is away.
/// </summary>
internal static class ForeignValue
{
    /// <summary>Whether reading failed because of the value that was read.</summary>
    public static bool Explains(Exception failure) =>
        failure is FormatException or InvalidCastException or ArgumentException or OverflowException
        // Entity Framework says so of a word that is none of an enum's, and wraps what its own reading threw.
        || failure.GetType() == typeof(InvalidOperationException)
            && (failure.InnerException is not { } inner || Explains(inner));
}
