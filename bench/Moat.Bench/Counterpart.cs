namespace Moat.Tests;

/// <summary>The bench leaves a part out when its counterpart is missing, and says so.</summary>
internal static class Counterpart
{
    public static void Need(bool present, string what)
    {
        if (!present)
            throw new InvalidOperationException($"{what} is not installed.");
    }
}
