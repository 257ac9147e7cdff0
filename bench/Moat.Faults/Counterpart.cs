namespace Moat.Tests;

/// <summary>A fault that needs a program which is not here is left out, and the table says so.</summary>
internal static class Counterpart
{
    public static void Need(bool present, string what)
    {
        if (!present)
            throw new Faults.LeftOut($"{what} is not installed");
    }
}
