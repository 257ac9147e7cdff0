using System.Linq.Expressions;

namespace Moat.Isms.Kernel;

/// <summary>
/// What a register may be sorted by: a whole number, or a day, which is compared as the day that is stored so that an
/// index over it serves.
/// </summary>
public sealed class SortKey<T>
{
    /// <summary>Sorts by a whole number.</summary>
    public SortKey(string name, Expression<Func<T, int>> number) => (Name, Number) = (name, number);

    /// <summary>Sorts by a day.</summary>
    public SortKey(string name, Expression<Func<T, DateOnly>> day) => (Name, Day) = (name, day);

    /// <summary>What <c>sort</c> calls it, without the minus.</summary>
    public string Name { get; }

    internal Expression<Func<T, int>>? Number { get; }

    internal Expression<Func<T, DateOnly>>? Day { get; }
}

/// <summary>Days that stand in for one that is not there.</summary>
public static class SortKey
{
    /// <summary>A day behind every other: what never comes is sorted last.</summary>
    public static readonly DateOnly Never = new(9999, 12, 30);
}
