namespace Moat.Isms.Kernel.Remembering;

/// <summary>
/// At which size of an organisation's journal each kind of record changed last. This process tells what it wrote; what
/// another wrote is read from the journal by the first who sees it, and counts as a change of everything where it is
/// too much to read.
/// </summary>
public sealed class LastChanges
{
    /// <summary>As many entries are read to tell their kinds; behind more, everything counts as changed.</summary>
    public const int MostCaughtUp = 100;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _last = new(StringComparer.Ordinal);
    private readonly SortedDictionary<long, long> _ahead = [];
    private long _known = -1;
    private long _everything = -1;

    /// <summary>Notes what was written, once it is stored: entries up to this size of the journal.</summary>
    public void Wrote(long size, long entries, IEnumerable<string> sources)
    {
        lock (_lock)
        {
            foreach (var source in sources)
                _last[source] = Math.Max(size, _last.GetValueOrDefault(source));
            if (_known < 0)
                (_known, _everything) = (size, size);
            else if (size > _known)
                _ahead[size - entries] = Math.Max(size, _ahead.GetValueOrDefault(size - entries));
            Advance();
        }
    }

    /// <summary>
    /// Where to go on reading the journal, so that it is known up to a size; null where it is, or where too much is
    /// missing: then everything counts as changed.
    /// </summary>
    public long? Missing(long seen)
    {
        lock (_lock)
        {
            if (seen <= _known)
                return null;
            if (_known >= 0 && seen - _known <= MostCaughtUp)
                return _known;
        }
        Lost(seen);
        return null;
    }

    /// <summary>Nobody can tell what changed up to a size of the journal, so everything did.</summary>
    public void Lost(long size)
    {
        lock (_lock)
        {
            if (size <= _known)
                return;
            (_known, _everything) = (size, size);
            Advance();
        }
    }

    /// <summary>
    /// Whether what was computed at one size of the journal holds at the size that a reader sees now.
    /// </summary>
    public bool Hold(WhatWasRead read, long computedAt, long seen)
    {
        lock (_lock)
        {
            if (computedAt == seen)
                return true;
            var (earlier, later) = (Math.Min(computedAt, seen), Math.Max(computedAt, seen));
            return later <= _known
                && !read.Everything
                && _everything <= earlier
                && read.Sources.All(s => _last.GetValueOrDefault(s, -1) <= earlier);
        }
    }

    // Two that write at once may tell of it in the other order.
    private void Advance()
    {
        while (_ahead.Count > 0 && _ahead.First() is var (from, to) && from <= _known)
        {
            _ahead.Remove(from);
            _known = Math.Max(_known, to);
        }
    }
}
