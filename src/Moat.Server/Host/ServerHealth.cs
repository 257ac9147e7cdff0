using Moat.Hosting.Accounts;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Journal;
using Moat.Storage;
using Moat.Storage.Blobs;
using Moat.Storage.Keys;

namespace Moat.Server.Host;

/// <summary>How a server stands.</summary>
/// <param name="Serves">Whether it can serve: a load balancer sends it requests.</param>
/// <param name="Words">What there is to say.</param>
internal sealed record ServerState(bool Serves, string Words);

/// <summary>
/// Whether this server can serve now: the database answers and has the schema of this program, the keys are those of
/// the database, and files can be kept. Anybody may ask, so that no name and no path is in the answer.
/// </summary>
internal sealed class ServerHealth(
    AccountDesk desk,
    DatabaseLook look,
    JournalKeys keys,
    ProtectionSecret secret,
    IKeptFiles files
)
{
    /// <summary>Whether it can serve, and what there is to say of it, in words.</summary>
    public async Task<ServerState> Look(CancellationToken ct)
    {
        try
        {
            await desk.IsEmpty(ct);
            var state = await look.Read(ct);
            if ((OfSchema(state) ?? OfKeys(state)) is { } trouble)
                return new ServerState(false, trouble);
            if (await files.Trouble(ct) is { } ofFiles)
                return new ServerState(files.IsShared, files.IsShared ? $"ok but for files: {ofFiles}" : ofFiles);
            return new ServerState(true, state.ReadOnly ? "ok to read; the database's first server is away" : "ok");
        }
        catch (Unavailable)
        {
            return new ServerState(false, "the journal's key cannot be read");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return new ServerState(false, "the database does not answer");
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
