using System.Collections.Frozen;

namespace Moat.Isms.Kernel.Remembering;

/// <summary>
/// What something was computed from: kinds of records, acts and processes of the journal; or everything, where it asked
/// what cannot be told apart. Only a change of one of these can make another result of it, and where it <see
/// cref="Ages"/>, time.
/// </summary>
/// <param name="Sources">The kinds, acts and processes.</param>
/// <param name="Everything">Whether every entry of the journal can change it.</param>
/// <param name="Ages">
/// Whether it follows from the time of day too, or from what changes without an entry, such as mail that waits.
/// </param>
public sealed record WhatWasRead(FrozenSet<string> Sources, bool Everything, bool Ages)
{
    /// <summary>Something that changes without an entry of the journal.</summary>
    public static readonly WhatWasRead OutsideTheJournal = new([], Everything: true, Ages: true);

    /// <summary>The journal itself: every entry can change it.</summary>
    public static readonly WhatWasRead Journal = new([], Everything: true, Ages: false);

    /// <summary>The time of day. A day alone makes nothing age: what is remembered holds for the day only.</summary>
    public static readonly WhatWasRead Clock = new([], Everything: false, Ages: true);

    /// <summary>
    /// Something that is still being computed beside the request: another answer may be there a moment later, once.
    /// </summary>
    public static readonly WhatWasRead Unfinished = new([], Everything: false, Ages: false) { Passes = true };

    /// <summary>Whether it holds for this moment only, though nothing of it ages once it is whole.</summary>
    public bool Passes { get; init; }

    /// <summary>The entries of one operation, such as <c>risks.assess</c>.</summary>
    public static string Act(string operation) => $"act {operation}";

    /// <summary>The entries of these operations.</summary>
    public static WhatWasRead Acts(IEnumerable<string> operations) =>
        new(operations.Select(Act).ToFrozenSet(StringComparer.Ordinal), Everything: false, Ages: false);

    /// <summary>The entries of a process's operations.</summary>
    public static string Process(string process) => $"process {process}";
}

/// <summary>
/// Notes what is read while something is computed. What a computation reads through another, which was remembered, it
/// reads as well.
/// </summary>
internal sealed class ReadingNote
{
    private static readonly AsyncLocal<ReadingNote?> Current = new();
    private readonly HashSet<string> _sources = new(StringComparer.Ordinal);
    private bool _everything;
    private bool _ages;
    private bool _passes;

    /// <summary>Whether anybody wants to know.</summary>
    public static bool IsTaken => Current.Value is not null;

    /// <summary>Computes something, and answers it with what was read for it.</summary>
    public static async Task<(T Value, WhatWasRead Read)> Taken<T>(Func<Task<T>> compute)
    {
        var (outer, note) = (Current.Value, new ReadingNote());
        Current.Value = note;
        var value = await compute();
        var read = new WhatWasRead(note._sources.ToFrozenSet(StringComparer.Ordinal), note._everything, note._ages)
        {
            Passes = note._passes,
        };
        outer?.Take(read);
        return (value, read);
    }

    /// <summary>
    /// Reads something of which it is known what changes it, such as entries of one operation, which the statement
    /// itself does not tell.
    /// </summary>
    public static async Task<T> Of<T>(IEnumerable<string> sources, Func<Task<T>> read)
    {
        Current.Value?._sources.UnionWith(sources);
        Current.Value = null;
        return await read();
    }

    /// <summary>Notes that this was read.</summary>
    public static void Add(WhatWasRead read) => Current.Value?.Take(read);

    private void Take(WhatWasRead read)
    {
        lock (_sources)
        {
            _sources.UnionWith(read.Sources);
            _everything |= read.Everything;
            _ages |= read.Ages;
            _passes |= read.Passes;
        }
    }
}
