using Moat.Hosting;
using Moat.Storage;

namespace Moat.Cli.Doctor;

/// <summary>What to look at beside what is always looked at.</summary>
/// <param name="Recipient">Whom to send a message; nobody when left out.</param>
/// <param name="Backups">The folder that backups go to; not looked at when left out.</param>
/// <param name="Serving">Whether the running server is asked, too.</param>
internal sealed record Examined(string? Recipient = null, string? Backups = null, bool Serving = false);

/// <summary>Looks at an installation and changes nothing.</summary>
internal static class Examination
{
    public static async Task<Diagnosis> Of(ServerOptions server, Examined also, CancellationToken ct)
    {
        var now = server.Clock.GetUtcNow().UtcDateTime;
        var findings = new List<Finding>();
        if (Directory.Exists(server.Storage.DataFolder))
            findings.AddRange(await FolderFindings.Of(server.Storage, server.Clock, ct));
        var (state, silent) = await DatabaseFindings.Look(server.Storage, ct);
        if (silent is not null)
            findings.Add(silent);
        else
            findings.AddRange(await OfDatabase(server, state!, now, ct));
        findings.AddRange(AddressFindings.Of(server));
        findings.Add(await MailFindings.Of(server.Outside.Mail, also.Recipient, ct));
        if (also.Backups is { } folder)
            findings.Add(BackupFindings.Of(folder, now));
        if (also.Serving)
            findings.Add(await ServingFindings.Of(server, ct));
        return Diagnosis.Of(findings);
    }

    private static async Task<IEnumerable<Finding>> OfDatabase(
        ServerOptions server,
        DatabaseState state,
        DateTime now,
        CancellationToken ct
    )
    {
        var always = DatabaseFindings.Of(state, server).Append(ClockFindings.Of(state, now));
        return state.IsCurrent
            ?
            [
                .. always,
                .. KeyFindings.Of(state, server.Storage),
                await BackupFindings.OfDrills(server.Storage, now, ct),
            ]
            : always;
    }
}
