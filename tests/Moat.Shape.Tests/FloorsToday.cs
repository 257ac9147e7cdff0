namespace Moat.Tests;

/// <summary>What still goes up or across. The list only ever gets shorter.</summary>
internal static class FloorsToday
{
    /// <summary>Which folder still uses which.</summary>
    public static readonly (string User, string Used)[] StillUse =
    [
    ];
}
