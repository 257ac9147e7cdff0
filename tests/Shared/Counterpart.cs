namespace Moat.Tests;

/// <summary>
/// A real program that a test needs. On a user's machine its absence skips the test with a reason; where CI is true it
/// fails.
/// </summary>
internal static class Counterpart
{
    public static void Need(bool present, string what)
    {
        if (present)
            return;
        if (TestRun.IsFast)
            Assert.Skip($"{what} is left out of ./test --fast.");
        if (Environment.GetEnvironmentVariable("CI") == "true")
            Assert.Fail($"{what} is needed, and CI=true does not allow to skip.");
        Assert.Skip($"{what} is not installed here. ./test installs it.");
    }

    /// <summary>The file of a program on the path, or the first of the given places that exists.</summary>
    public static string? Find(params string[] names) =>
        names
            .SelectMany(n =>
                n.Contains('/', StringComparison.Ordinal)
                    ? [n]
                    : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(p => Path.Combine(p, n))
            )
            .FirstOrDefault(File.Exists);
}
