using System.ComponentModel.DataAnnotations;

namespace Moat.Isms.Kernel;

/// <summary>What every list takes.</summary>
public record ListInput
{
    /// <summary>How many items to answer, 1 to 200.</summary>
    [Range(1, 200)]
    public int Limit { get; init; } = 50;

    /// <summary>Where to go on: the <c>next</c> of the page before.</summary>
    [MaxLength(200)]
    public string? Cursor { get; init; }

    /// <summary>The field to sort by; a leading minus sorts downwards.</summary>
    [MaxLength(40)]
    public string? Sort { get; init; }

    /// <summary>Words that must occur.</summary>
    [MaxLength(200)]
    public string? Q { get; init; }
}

/// <summary>One page of a register.</summary>
/// <param name="Items">The records.</param>
/// <param name="Total">How many there are with these filters.</param>
/// <param name="Next">Give this as <c>cursor</c> for the next page; null at the end.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, int Total, string? Next) : IHasRows
{
    int IHasRows.Rows => Items.Count;
}

/// <summary>An answer of many rows, of which fewer are remembered than of short ones.</summary>
internal interface IHasRows
{
    /// <summary>How many rows it has.</summary>
    int Rows { get; }
}

/// <summary>A small part of something larger, of which many more are remembered than of whole answers.</summary>
internal interface IPart;

/// <summary>An operation that needs nothing but the caller.</summary>
public sealed record Nothing;

/// <summary>Names one record.</summary>
public record OneRecord
{
    /// <summary>The record's reference, such as RISK-12, or its id.</summary>
    [MaxLength(80)]
    public required string Ref { get; init; }
}

/// <summary>Names one record that the operation changes.</summary>
public record ChangeRecord : OneRecord
{
    /// <summary>
    /// The version that was read; if the record has another one now, the change is refused as a conflict.
    /// </summary>
    public int? IfVersion { get; init; }
}

/// <summary>A record to take out of its register.</summary>
public sealed record RetireRecord : ChangeRecord
{
    /// <summary>Why it does not count any more; an auditor reads it.</summary>
    [MinLength(10), MaxLength(2000)]
    public required string Reason { get; init; }
}

/// <summary>A retired record to take into its register again.</summary>
public sealed record ReopenRecord : ChangeRecord
{
    /// <summary>Why it counts again.</summary>
    [MinLength(10), MaxLength(2000)]
    public required string Reason { get; init; }
}

/// <summary>A record that says the same as another one.</summary>
public sealed record MergeRecord : ChangeRecord
{
    /// <summary>The record that stays, such as RISK-4; it gets the connections of both.</summary>
    [MaxLength(80)]
    public required string Into { get; init; }

    /// <summary>How one sees that the two are the same; an auditor reads it.</summary>
    [MinLength(10), MaxLength(2000)]
    public required string Reason { get; init; }
}

/// <summary>A change of what there is one of, in versions: of the scope, of the risk method.</summary>
public abstract record ChangeLatest
{
    /// <summary>
    /// The reference of the version that was read, such as SCP-2; refused as a conflict if another one is the latest.
    /// </summary>
    [MaxLength(80)]
    public string? IfRef { get; init; }

    /// <summary>The count of changes that was read with it; refused as a conflict likewise.</summary>
    public int? IfVersion { get; init; }
}

/// <summary>
/// Names one record beside which the operation enters something, such as a reviewer's word about a document: the record
/// must be as it was read, and it stays so, for the next who read the same.
/// </summary>
public record BesideRecord : ChangeRecord;

/// <summary>An answer that names the record it is about, so that a door can lead there.</summary>
public interface INamesRecord
{
    /// <summary>The record's reference.</summary>
    string Ref { get; }
}

/// <summary>
/// That something was done, to which record. Reads the record when it is told, which is after the change was stored.
/// </summary>
public class Done(Referenced record) : INamesRecord
{
    /// <summary>The record's reference.</summary>
    public string Ref => record.Ref;

    /// <summary>The record's version now.</summary>
    public int Version => record.Version;
}

/// <summary>How many records an operation touched, and what it left alone and why.</summary>
public sealed record Tally(int Count, IReadOnlyList<FieldError> LeftAlone);

/// <summary>A file given to an operation. As JSON its bytes are base64.</summary>
public sealed record GivenFile
{
    /// <summary>The file's name, for its extension and for messages.</summary>
    [MaxLength(200)]
    public required string Name { get; init; }

    /// <summary>The most bytes of one file.</summary>
    public const int MostBytes = 16 * 1024 * 1024;

    /// <summary>The content, at most 16 MiB.</summary>
    [MostBytes(MostBytes, ErrorMessage = "The file is larger than 16 MiB.")]
    public required GivenContent Content { get; init; }

    private readonly Dictionary<Delegate, object> _read = [];
    private byte[]? _bytes;

    /// <summary>All bytes, for a reader that needs them at once; taken into memory once.</summary>
    public byte[] Bytes() => _bytes ??= Content.Bytes();

    /// <summary>
    /// What the file holds, read once by each reader: before the operation takes the organisation's turn, where its
    /// input says so.
    /// </summary>
    public T Read<T>(Func<GivenFile, T> reader)
        where T : class
    {
        if (_read.TryGetValue(reader, out var known))
            return (T)known;
        var read = reader(this);
        _read[reader] = read;
        return read;
    }
}

/// <summary>
/// An input with something to read that takes time: it is read before the operation takes the organisation's turn, so
/// that a large file keeps nobody from writing and a broken one is refused at once.
/// </summary>
public interface IReadFirst
{
    /// <summary>Reads it. Throws <see cref="InputInvalid"/>.</summary>
    void ReadFirst();
}

/// <summary>
/// An input that names something stored to read that takes time: it is fetched and read in a read transaction, before
/// the operation takes the organisation's turn. The operation MUST compare whether it is still what is stored.
/// </summary>
internal interface IReadStoredFirst
{
    /// <summary>
    /// Fetches and reads it; does nothing where it is not there, which the operation says. Throws <see
    /// cref="InputInvalid"/>.
    /// </summary>
    Task ReadStored(MoatDb db, Seams.IBlobStore blobs, CancellationToken ct);
}
