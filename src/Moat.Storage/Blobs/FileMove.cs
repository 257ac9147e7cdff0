namespace Moat.Storage.Blobs;

/// <summary>What copying files from one place to another did.</summary>
/// <param name="Copied">How many were copied now.</param>
/// <param name="Known">How many lay there already.</param>
/// <param name="Faults">Files that could not be copied, in sentences.</param>
public sealed record FilesMoved(int Copied, int Known, IReadOnlyList<string> Faults);

/// <summary>
/// Copies every file of an installation to another place. Each is compared with its SHA-256 on the way; what lies there
/// already is left, so that a copy that was cut off goes on where it was. Nothing is removed.
/// </summary>
public static class FileMove
{
    /// <summary>Copies what <paramref name="to"/> does not have.</summary>
    public static async Task<FilesMoved> Run(IKeptFiles from, IKeptFiles to, CancellationToken ct)
    {
        var (copied, known, faults) = (0, 0, new List<string>());
        await foreach (var file in from.All(ct))
        {
            if (await to.Holds(file, ct))
            {
                known++;
                continue;
            }
            try
            {
                await using var content = await from.Open(file.OrganizationId, file.Sha256, ct);
                await to.Put(file.OrganizationId, content, ct);
                copied++;
            }
            catch (InvalidDataException e)
            {
                faults.Add($"{e.Message} It was not copied.");
            }
        }
        return new FilesMoved(copied, known, faults);
    }
}
