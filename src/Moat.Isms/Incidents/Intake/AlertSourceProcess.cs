using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Evidence.Facts;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Seams;
using Moat.Isms.Work.Webhooks;

namespace Moat.Isms.Incidents.Intake;

/// <summary>
/// Programs that sign the alerts they tell, for those that can keep a secret but send no token (A.8.16).
/// </summary>
[Process(
    "alert-sources",
    "Programs that sign the alerts they tell; what comes in their name without the signature is refused (A.8.16)."
)]
public sealed class AlertSourceProcess(
    MoatDb db,
    CurrentCaller caller,
    ISecretKeeper secrets,
    IEventLedger ledger,
    AlertProcess alerts
)
{
    private const int MostSources = 50;
    private const long Tolerance = 5 * 60;

    // These speak a form of their own below the same address.
    private static readonly string[] Taken = ["alertmanager", "github", "signed"];

    /// <summary>The sources that sign, without their secrets.</summary>
    [Query("list", Permission.ReadIsms, "List the sources that sign their alerts")]
    public async Task<IReadOnlyList<AlertSourceRow>> List(Nothing input, CancellationToken ct)
    {
        var told = db.Set<Alert>();
        var rows = await db.Set<AlertSource>()
            .Where(s => s.RemovedAt == null)
            .OrderBy(s => s.Name)
            .Take(MostSources)
            .Select(s => new
            {
                s.Number,
                s.Version,
                s.Name,
                s.SecretMadeAt,
                Alerts = told.Count(a => a.Source.StartsWith(s.Name + " ")),
            })
            .ToListAsync(ct);
        return
        [
            .. rows.Select(s => new AlertSourceRow(
                $"ASRC-{s.Number}",
                s.Version,
                s.Name,
                PathOf(s.Name),
                s.SecretMadeAt,
                s.Alerts
            )),
        ];
    }

    /// <summary>Gives a source a secret. From now on its alerts are taken with a signature only.</summary>
    [Operation(
        "create",
        Permission.ManageCollectors,
        "Let a source sign its alerts; the secret is shown once, and unsigned alerts of that name are refused from now on"
    )]
    public async Task<MadeAlertSource> Create(CreateAlertSource input, CancellationToken ct)
    {
        if (Taken.Contains(input.Name))
            throw new InputInvalid("name", $"{input.Name} has an address of its own. Take another name.");
        if (await Find(input.Name, ct) is { } known)
            throw new RuleBroken(
                "alert-sources.create.once",
                $"{known.Ref} is called {known.Name} already. Make a new secret for it instead."
            );
        if (await db.Set<AlertSource>().CountAsync(s => s.RemovedAt == null, ct) >= MostSources)
            throw new RuleBroken(
                "alert-sources.create.most",
                $"There are {MostSources} sources already. Remove one first."
            );
        return Renew(await db.Enter(new AlertSource { Name = input.Name, SecretMadeAt = db.Now }, ct));
    }

    /// <summary>Makes a new secret; the old one ends at once.</summary>
    [Operation(
        "renew-secret",
        Permission.ManageCollectors,
        "Make a new secret for a source of alerts; it is shown once, and the old one ends at once"
    )]
    public async Task<MadeAlertSource> RenewSecret(ChangeRecord input, CancellationToken ct)
    {
        var source = await One(input, ct);
        source.SecretMadeAt = db.Now;
        return Renew(source);
    }

    /// <summary>
    /// Removes a source with its secret. Its name is again one of those whose alerts come with a token.
    /// </summary>
    [Operation(
        "remove",
        Permission.ManageCollectors,
        "Remove a source with its secret; alerts of that name need a token again instead of a signature"
    )]
    public async Task<Done> Remove(ChangeRecord input, CancellationToken ct)
    {
        var source = await One(input, ct);
        (source.RemovedAt, source.Secret) = (db.Now, null);
        return new Done(source);
    }

    /// <summary>
    /// Whether a message is signed by its source, before anything of its body is read. Throws as <see cref="Receive"/>
    /// does.
    /// </summary>
    [Query("check", Permission.System, "Whether a message is signed by the source that it says it comes from")]
    public async Task<AlertSourceRow> Check(SignedMessage input, CancellationToken ct)
    {
        var source = await Signer(input, ct);
        return new AlertSourceRow(source.Ref, source.Version, source.Name, PathOf(source.Name), source.SecretMadeAt, 0);
    }

    /// <summary>
    /// Takes signed alerts in, each message once. Throws <see cref="NotFound"/> for a source that is not there and a
    /// signature that is wrong alike.
    /// </summary>
    [Operation("receive", Permission.System, "Take in alerts that their source signed")]
    public async Task<AlertsReceived> Receive(ReceiveSigned input, CancellationToken ct)
    {
        var source = await Signer(input, ct);
        await ledger.Forget(db, caller.OrganizationId, db.Now - EventProcess.Remembered, ct);
        var fresh = await ledger.Remember(
            db,
            caller.OrganizationId,
            [ObservedFact.KeyOf("signed alerts", source.Ref, input.Id)],
            db.Now,
            ct
        );
        return fresh.Count == 0 ? new AlertsReceived(0, 0, input.Alerts.Count, 0) : await alerts.Take(input.Alerts, ct);
    }

    private async Task<AlertSource> Signer(SignedMessage input, CancellationToken ct)
    {
        var source = await Find(input.Source.ToLowerInvariant(), ct);
        if (
            source?.Secret is not { } kept
            || input.Id.Length == 0
            || !WebhookSignature.Holds(
                input.Signature,
                secrets.Unprotect(caller.OrganizationId, kept),
                input.Id,
                input.Timestamp,
                input.Body
            )
        )
            throw new NotFound("such address for a message with this signature");
        var now = new DateTimeOffset(db.Now).ToUnixTimeSeconds();
        if (
            !long.TryParse(input.Timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var signed)
            || Math.Abs(now - signed) > Tolerance
        )
            throw new RuleBroken(
                "alert-sources.receive.stale",
                "The message was signed more than five minutes before or after now. Send it again with a new time, and look at the clock of its sender."
            );
        return source;
    }

    private Task<AlertSource?> Find(string name, CancellationToken ct) =>
        db.Set<AlertSource>().FirstOrDefaultAsync(s => s.Name == name && s.RemovedAt == null, ct);

    private async Task<AlertSource> One(ChangeRecord input, CancellationToken ct) =>
        await db.One<AlertSource>(input, ct) is { RemovedAt: null } source ? source : throw new NotFound(input.Ref);

    private MadeAlertSource Renew(AlertSource source)
    {
        var secret = WebhookSignature.NewSecret();
        source.Secret = secrets.Protect(caller.OrganizationId, secret);
        return new MadeAlertSource(source, PathOf(source.Name), secret);
    }

    private string PathOf(string name) => $"/api/v1/{caller.Value.Organization}/hooks/signed/{name}";
}
