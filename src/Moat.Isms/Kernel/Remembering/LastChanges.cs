namespace Moat.Isms.Kernel.Remembering;

/// <summary>
/// At which size of an organisation's journal each kind of record changed last, as far as this process saw it. What
/// another process wrote meanwhile counts as a change of everything.
/// </summary>
internal sealed class LastChanges
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _last = new(StringComparer.Ordinal);
    private long _size = -1;
    private long _everything = -1;

    /// <summary>Notes what this process wrote, once it is stored: the journal has this size since.</summary>
    public void Wrote(long size, long entries, IEnumerable<string> sources)
    {
        lock (_lock)
        {
            if (_size != size - entries && _size < size)
                _everything = size;
            _size = Math.Max(_size, size);
            foreach (var source in sources)
                _last[source] = Math.Max(size, _last.GetValueOrDefault(source));
        }
    }

    /// <summary>
    /// Whether what was computed at one size of the journal holds at the size that a reader sees now.
    /// </summary>
    public bool Hold(WhatWasRead read, long computedAt, long seen)
    {
        lock (_lock)
        {
            if (seen > _size)
                (_size, _everything) = (seen, seen);
            if (computedAt == seen)
                return true;
            var both = Math.Min(computedAt, seen);
            return !read.Everything
                && _everything <= both
                && read.Sources.All(s => _last.GetValueOrDefault(s, -1) <= both);
        }
    }
}
