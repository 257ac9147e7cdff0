using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Moat.Reports.Pack;

/// <summary>
/// Looks for bytes of a ZIP file that belong to no file in it: before, between and behind what its list of files names
/// (APPNOTE.TXT 6.3.10, 4.3.6). Readers of ZIP files pass over them, so that anything could be hidden there. Comments
/// and extra fields are declared, and the packing program's business.
/// </summary>
internal sealed class ZipLayout
{
    private const uint EndMark = 0x06054b50,
        FarEndMark = 0x06064b50,
        FarPlaceMark = 0x07064b50,
        EntryMark = 0x02014b50,
        DescriptorMark = 0x08074b50;
    private const int EndSize = 22,
        FarEndSize = 56,
        FarPlaceSize = 20,
        EntrySize = 46,
        HeaderSize = 30,
        LongestComment = ushort.MaxValue;
    private const ushort FarField = 1,
        Described = 8;
    private const int MostFindings = 20;

    private readonly Stream _zip;
    private readonly List<string> _strays = [];
    private long _list,
        _listSize,
        _end;
    private long? _farEnd;

    private ZipLayout(Stream zip) => _zip = zip;

    /// <summary>What belongs to no file, in sentences, and what of the form is damaged.</summary>
    /// <param name="zip">The file; must be able to seek.</param>
    /// <param name="entries">How many entries its list has.</param>
    public static IReadOnlyList<string> Strays(Stream zip, int entries)
    {
        var layout = new ZipLayout(zip);
        try
        {
            layout.FindEnd();
            layout.Walk(entries);
        }
        catch (BrokenPack broken)
        {
            layout._strays.Add($"The ZIP file: {broken.Message}");
        }
        return layout._strays;
    }

    private void FindEnd()
    {
        var tail = At(
            Math.Max(0, _zip.Length - EndSize - LongestComment),
            (int)Math.Min(_zip.Length, EndSize + LongestComment)
        );
        var at = tail.AsSpan(0, Math.Max(0, tail.Length - EndSize + 4)).LastIndexOf(Bytes(EndMark));
        if (at < 0)
            throw new BrokenPack("it is not a ZIP file.");
        var end = tail.AsSpan(at);
        _end = _zip.Length - tail.Length + at;
        (_listSize, _list) = (U32(end, 12), U32(end, 16));
        Gap(_end + EndSize + U16(end, 20), _zip.Length, "behind its end");
        if (
            _end < FarPlaceSize
            || At(_end - FarPlaceSize, FarPlaceSize) is not { } place
            || U32(place, 0) != FarPlaceMark
        )
            return;
        _farEnd = I64(place, 8);
        var far = At(_farEnd.Value, FarEndSize);
        if (U32(far, 0) != FarEndMark)
            throw new BrokenPack("its end is damaged.");
        (_listSize, _list) = (I64(far, 40), I64(far, 48));
        Gap(_farEnd.Value + 12 + I64(far, 4), _end - FarPlaceSize, "before its end");
    }

    private void Walk(int count)
    {
        var (at, entries) = (_list, new List<Entry>(count));
        for (var i = 0; i < count; i++)
        {
            var (entry, size) = Read(at);
            entries.Add(entry);
            at += size;
        }
        Gap(at, _list + _listSize, "in its list of files");
        Gap(_list + _listSize, _farEnd ?? _end, "behind its list of files");
        long position = 0;
        Entry? before = null;
        foreach (var entry in entries.OrderBy(e => e.Start))
        {
            Between(before, position, entry.Start, $"before {entry.Name}");
            (before, position) = (entry, Math.Max(position, EndOf(entry)));
        }
        Between(before, position, _list, "before its list of files");
    }

    // A program that packs what it cannot look at twice writes length and check sum behind the content.
    private void Between(Entry? before, long from, long to, string where)
    {
        if (
            before is { IsDescribed: true }
            && to - from is 12 or 16 or 20 or 24
            && IsDescriptor(before!, At(from, (int)(to - from)))
        )
            return;
        Gap(from, to, where);
    }

    private static bool IsDescriptor(Entry entry, ReadOnlySpan<byte> bytes)
    {
        var isMarked = bytes.Length is 16 or 24;
        if (isMarked && U32(bytes, 0) != DescriptorMark)
            return false;
        var told = bytes[(isMarked ? 4 : 0)..];
        var isFar = bytes.Length >= 20;
        return U32(told, 0) == entry.Crc && (isFar ? I64(told, 4) : U32(told, 4)) == entry.Packed;
    }

    private long EndOf(Entry entry)
    {
        var header = At(entry.Start, HeaderSize);
        var end = entry.Start + HeaderSize + U16(header, 26) + U16(header, 28) + entry.Packed;
        // What is not packed is as long as it is.
        if (entry.Method == 0 && entry.Packed > entry.Size)
            Gap(entry.Size, entry.Packed, $"behind {entry.Name}");
        return end;
    }

    private (Entry Entry, long Size) Read(long at)
    {
        var fixedPart = At(at, EntrySize);
        if (U32(fixedPart, 0) != EntryMark)
            throw new BrokenPack("its list of files is damaged.");
        var (name, extra, comment) = (U16(fixedPart, 28), U16(fixedPart, 30), U16(fixedPart, 32));
        var rest = At(at + EntrySize, name + extra);
        var entry = new Entry(
            Encoding.UTF8.GetString(rest.AsSpan(0, name)),
            U16(fixedPart, 10),
            (U16(fixedPart, 8) & Described) != 0,
            U32(fixedPart, 16),
            U32(fixedPart, 20),
            U32(fixedPart, 24),
            U32(fixedPart, 42)
        );
        return (Far(entry, rest.AsSpan(name)), EntrySize + name + extra + comment);
    }

    // Each number that does not fit into four bytes stands in a field of its own, in this order.
    private static Entry Far(Entry entry, ReadOnlySpan<byte> extra)
    {
        while (extra.Length >= 4)
        {
            var (kind, size) = (U16(extra, 0), U16(extra, 2));
            if (extra.Length < 4 + size)
                break;
            var field = extra.Slice(4, size);
            extra = extra[(4 + size)..];
            if (kind != FarField)
                continue;
            return entry with
            {
                Size = Next(entry.Size, ref field),
                Packed = Next(entry.Packed, ref field),
                Start = Next(entry.Start, ref field),
            };
        }
        return entry;
    }

    private static long Next(long told, ref ReadOnlySpan<byte> field)
    {
        if (told != uint.MaxValue || field.Length < 8)
            return told;
        var value = I64(field, 0);
        field = field[8..];
        return value;
    }

    private void Gap(long from, long to, string where)
    {
        if (to == from || _strays.Count >= MostFindings)
            return;
        if (to < from)
        {
            _strays.Add($"What stands {where} overlaps with what comes next in the ZIP file.");
            return;
        }
        var count = to - from;
        _strays.Add(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{count:N0} {(count == 1 ? "byte" : "bytes")} {where} {(count == 1 ? "belongs" : "belong")} to no file."
            )
        );
    }

    private byte[] At(long position, int count)
    {
        if (position < 0 || position + count > _zip.Length)
            throw new BrokenPack("it is cut off, or its list of files is damaged.");
        var bytes = new byte[count];
        _zip.Position = position;
        _zip.ReadExactly(bytes);
        return bytes;
    }

    private static byte[] Bytes(uint mark)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, mark);
        return bytes;
    }

    private static ushort U16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint U32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private static long I64(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt64LittleEndian(bytes[at..]);

    /// <summary>An entry of the list of files.</summary>
    private sealed record Entry(
        string Name,
        ushort Method,
        bool IsDescribed,
        uint Crc,
        long Packed,
        long Size,
        long Start
    );
}
