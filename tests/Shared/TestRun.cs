namespace Moat.Tests;

/// <summary>Which tests are run: all of them, or those that daily work waits for (<c>./test --fast</c>).</summary>
internal static class TestRun
{
    /// <summary>Whether only SQLite is tested, and nothing that takes long.</summary>
    public static bool IsFast { get; } = Environment.GetEnvironmentVariable("MOAT_TESTS") == "fast";
}
