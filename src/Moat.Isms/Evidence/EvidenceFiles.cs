using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Journal;
using Moat.Isms.Kernel.Seams;

namespace Moat.Isms.Evidence;

/// <summary>The files of evidence, withdrawn ones too: each must be there and be the one that was given.</summary>
public sealed class EvidenceFiles(MoatDb db, CurrentCaller caller, IBlobStore blobs) : IKeptOutside
{
    /// <summary>What is said of a file that is not there any more, behind its name.</summary>
    public const string Gone = "is gone.";

    /// <summary>What is said of a file that is another one now, behind its name.</summary>
    public const string Changed = "was changed after it was given.";

    /// <inheritdoc />
    public bool IsPacked => true;

    /// <inheritdoc />
    public async IAsyncEnumerable<string> Faults([EnumeratorCancellation] CancellationToken ct)
    {
        var files = await db.Set<EvidenceItem>()
            .AsNoTracking()
            .Where(e => e.FileName != null)
            .OrderBy(e => e.Number)
            .Select(e => new
            {
                e.Number,
                e.FileName,
                e.Sha256,
            })
            .ToListAsync(ct);
        foreach (var file in files)
            if (await Fault(file.Sha256, ct) is { } fault)
                yield return $"EVD-{file.Number}: its file {file.FileName} {fault}";
    }

    private async Task<string?> Fault(string sha256, CancellationToken ct)
    {
        try
        {
            await using var content = await blobs.Open(caller.OrganizationId, sha256, ct);
            await content.CopyToAsync(Stream.Null, ct);
            return null;
        }
        catch (NotFound)
        {
            return Gone;
        }
        catch (InvalidDataException)
        {
            return Changed;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or Unavailable)
        {
            return $"cannot be read: {e.Message}";
        }
    }
}
