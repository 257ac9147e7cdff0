using System.ComponentModel.DataAnnotations;
using Moat.Isms.Assets.Boms;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Seams;
using Moat.Isms.Work;

namespace Moat.Isms.Evidence.Collectors;

/// <summary>A bill of materials that a source told.</summary>
public sealed record OfferBill : IReadFirst
{
    /// <summary>The source, such as SRC-1.</summary>
    [MaxLength(80)]
    public required string Source { get; init; }

    /// <summary>The bill.</summary>
    public required GivenFile File { get; init; }

    /// <inheritdoc />
    void IReadFirst.ReadFirst() => File.Read(BomReader.Read);
}

/// <summary>The newest bill of materials of a source, to take over.</summary>
public sealed record ImportBill : ChangeRecord, IReadStoredFirst
{
    private (string Sha256, GivenFile File)? _read;

    /// <summary>The bill as it was read; null when the source tells another one by now.</summary>
    internal GivenFile? Of(CollectorSource source) =>
        _read is { } read && read.Sha256 == source.BillSha256 ? read.File : null;

    /// <inheritdoc />
    async Task IReadStoredFirst.ReadStored(MoatDb db, IBlobStore blobs, CancellationToken ct)
    {
        var source = await db.One<CollectorSource>(Ref, ct);
        if (source.BillSha256 is not { } sha256)
            return;
        var file = new GivenFile
        {
            Name = source.NameOfBill,
            Content = await blobs.Read(source.OrganizationId, sha256, ct),
        };
        file.Read(BomReader.Read);
        _read = (sha256, file);
    }
}

/// <summary>
/// The newest bill of materials of each source that tells one. What it changes in the asset register is offered to a
/// person: a build that swapped a base model is a question, not an entry that makes itself.
/// </summary>
[Process(CollectorProcess.Name, CollectorProcess.Summary)]
public sealed class CollectedBills(MoatDb db, CurrentCaller caller, IBlobStore blobs, BomDesk desk, WorkList work)
{
    private const string Purpose = "bill";
    private const int DaysToDecide = 14;

    /// <summary>Keeps the bill that a run fetched. If the register says otherwise, somebody is asked to look.</summary>
    [Operation(
        "offer-bill",
        Permission.System,
        "Keep the bill of materials that a run fetched and ask somebody to look when the asset register differs"
    )]
    public async Task<Tally> Offer(OfferBill input, CancellationToken ct)
    {
        var source = await db.One<CollectorSource>(input.Source, ct);
        var compared = await desk.Compare(input.File, ct);
        var sha256 = await blobs.Put(caller.OrganizationId, input.File.Content, ct);
        (source.BillSha256, source.BillName) = (sha256, input.File.Name);
        if (compared.Changes.Count == 0)
            await work.Settle(source, Purpose, "The asset register says what the bill says.", ct);
        else
        {
            await work.Ensure(
                source,
                Purpose,
                $"The bill of {source.Name} differs from the asset register",
                $"{string.Join(", ", compared.Changes.GroupBy(c => c.What).Select(g => $"{g.Count()} × {g.Key}"))}. Look at the differences on the page of {source.Ref} and take them over, or mend the bill.",
                ownerId: null,
                db.Today.AddDays(DaysToDecide),
                ct
            );
        }
        return new Tally(compared.Changes.Count, []);
    }

    /// <summary>What the newest bill of a source would change in the asset register.</summary>
    [Query(
        "bill-changes",
        Permission.ReadIsms,
        "Show what the newest bill of materials of a source would change in the asset register"
    )]
    public async Task<BomResult> Changes(OneRecord input, CancellationToken ct) =>
        await desk.Compare(await Kept(await db.One<CollectorSource>(input.Ref, ct), ct), ct);

    /// <summary>Takes over exactly what the differences show.</summary>
    [Operation(
        "import-bill",
        Permission.EditAssets,
        "Take the newest bill of materials of a source over into the asset register"
    )]
    public async Task<BomResult> Import(ImportBill input, CancellationToken ct)
    {
        var source = await db.One<CollectorSource>(input, ct);
        if (source.BillSha256 is null)
            throw None(source);
        var bill =
            input.Of(source) ?? throw new Conflict(source.Ref, source.Version, source.ChangedBy, source.ChangedAt);
        var result = await desk.Apply(bill, ct);
        await work.Settle(source, Purpose, $"{caller.Value.Name} took the bill over.", ct);
        return result;
    }

    private async Task<GivenFile> Kept(CollectorSource source, CancellationToken ct) =>
        source.BillSha256 is { } sha256
            ? new GivenFile { Name = source.NameOfBill, Content = await blobs.Read(caller.OrganizationId, sha256, ct) }
            : throw None(source);

    private static NotFound None(CollectorSource source) => new($"bill of materials of {source.Ref}");
}
