using Moat.Hosting.Accounts;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Journal;
using Moat.Storage;
using Moat.Storage.Blobs;
using Moat.Storage.Keys;

namespace Moat.Server.Host;

/// <summary>
/// Whether this server can serve now: the database answers and has the schema of this program, the keys are those of
/// the database, and files can be kept. Anybody may ask, so that no name and no path is in the answer.
/// </summary>
internal sealed class ServerHealth(
    AccountDesk desk,
    DatabaseLook look,
    JournalKeys keys,
    ProtectionSecret secret,
    FolderBlobs blobs
)
{
    /// <summary>What is in the way, in words; null where nothing is.</summary>
    public async Task<string?> Trouble(CancellationToken ct)
    {
        try
        {
            await desk.IsEmpty(ct);
            var state = await look.Read(ct);
            return OfSchema(state) ?? OfKeys(state) ?? blobs.Trouble();
        }
        catch (Unavailable)
        {
            return "the journal's key cannot be read";
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return "the database does not answer";
        }
    }

    // Another server of the database may have been replaced by a newer program meanwhile.
    private static string? OfSchema(DatabaseState state) =>
        state switch
        {
            { Newer: not null } => "the database is of a newer Moat",
            { IsCurrent: false } => "the database is of an older Moat",
            _ => null,
        };

    private string? OfKeys(DatabaseState state)
    {
        if (state.Journals.Any(j => keys.Find(j.VerifierKey) is null))
            return "the key of a journal is missing";
        return state.SealedKeys.Any(k => secret.Open(k.Key, k.Value) is null)
            ? "keys of cookies and secrets do not open with this server's protection.key"
            : null;
    }
}
