using System.Runtime.CompilerServices;

namespace Moat.Isms.Risks.Money;

/// <summary>
/// Luck that is counted, not drawn one after the other: that of a risk in a year follows from the risk's number and the
/// year alone. So neither the order of the risks nor a new one changes that of another, and no two share theirs.
/// </summary>
internal readonly struct YearlyLuck
{
    private const ulong Golden = 0x9E3779B97F4A7C15UL;
    private readonly ulong _risk;

    /// <summary>The luck of a risk.</summary>
    public YearlyLuck(int risk, int seed) => _risk = Mixed(Mixed((ulong)(uint)seed) ^ Golden * (ulong)(uint)risk);

    /// <summary>64 bits for a year.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Of(int year) => Mixed(unchecked(_risk + Golden * (ulong)(uint)(year + 1)));

    /// <summary>64 more, for what happens later in that year.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Next(ulong year, int time) => Mixed(unchecked(year + Golden * (ulong)(uint)time));

    // The mixer of SplitMix64: each bit of what comes in changes half of the bits that go out.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mixed(ulong value)
    {
        unchecked
        {
            value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
            value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
            return value ^ (value >> 31);
        }
    }
}
