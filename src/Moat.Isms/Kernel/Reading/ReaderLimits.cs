namespace Moat.Isms.Kernel.Reading;

/// <summary>A bound of a reader.</summary>
/// <param name="Reader">What is read.</param>
/// <param name="Of">What is bounded.</param>
/// <param name="Most">The most that is read; one more is refused.</param>
public sealed record ReaderLimit(string Reader, string Of, long Most);

/// <summary>
/// Tells the bounds of the readers in its folder, and what those read that name what they do not. Has a constructor
/// without parameters.
/// </summary>
public interface IReaderBounds
{
    /// <summary>The bounds.</summary>
    IReadOnlyList<ReaderLimit> Limits { get; }

    /// <summary>The readers that name what they do not read, with the members that they read.</summary>
    IReadOnlyList<(string Reader, ReadParts Parts)> Formats => [];
}

/// <summary>
/// Every bound that readers of what comes from outside have, from the code that holds it, and what they read;
/// <c>docs/limits.md</c> and <c>docs/formats.md</c> are written from it.
/// </summary>
public static class ReaderLimits
{
    private static readonly IReadOnlyList<IReaderBounds> Told =
    [
        .. IsmsAssemblies
            .ClassesOf<IReaderBounds>()
            .Select(t => (IReaderBounds)Activator.CreateInstance(t, nonPublic: true)!),
    ];

    /// <summary>The bounds, reader by reader; those that every reader has come first.</summary>
    public static IReadOnlyList<ReaderLimit> All { get; } =
    [.. Told.OrderByDescending(t => t is EveryReader).SelectMany(t => t.Limits)];

    /// <summary>The readers with the members that they read.</summary>
    public static IReadOnlyList<(string Reader, ReadParts Parts)> Formats { get; } =
    [.. Told.SelectMany(t => t.Formats)];
}
