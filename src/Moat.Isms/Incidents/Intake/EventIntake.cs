using Microsoft.EntityFrameworkCore;
using Moat.Isms.Assets;
using Moat.Isms.Evidence;
using Moat.Isms.Kernel;
using Moat.Isms.People;

namespace Moat.Isms.Incidents.Intake;

/// <summary>Taking in what people report, with or without their name (A.6.8).</summary>
[Process(IncidentProcess.Name, IncidentProcess.Summary)]
public sealed class EventIntake(MoatDb db, CurrentCaller caller, TriageDesk triage, EvidenceKeeper keeper)
{
    private const int MostUnnamedWaiting = 200;

    /// <summary>Reports something odd. Anybody may; nobody is blamed for it.</summary>
    [Operation("report", Permission.Work, "Report something odd that you saw; one sentence is enough")]
    public async Task<Done> Report(ReportEvent input, CancellationToken ct)
    {
        var asset = input.Asset is { } named ? await db.One<Asset>(named, ct) : null;
        var reported = await db.Enter(
            new ReportedEvent
            {
                Text = input.Text,
                AssetId = asset?.Id,
                ReportedById = caller.Value.PersonId,
            },
            ct
        );
        if (asset is not null)
            await db.Connect(reported, LinkTypes.Affects, asset, ct);
        if (input.File is { } file)
            await Keep(reported, file, ct);
        await triage.Ask(reported, ct);
        return new Done(reported);
    }

    /// <summary>Opens or closes the address at which people report without a name.</summary>
    [Operation(
        "allow-unnamed",
        Permission.EditContext,
        "Let people report without their name at an address of its own, or stop it"
    )]
    public async Task<UnnamedAddress> Allow(AllowUnnamed input, CancellationToken ct)
    {
        var intake = await db.Set<OpenIntake>().OrderByDescending(i => i.Number).FirstOrDefaultAsync(ct);
        if (intake is { ClosedAt: null })
            intake.ClosedAt = db.Now;
        if (!input.Allow)
            return new UnnamedAddress(null);
        intake = await db.Enter(new OpenIntake { Secret = Secret.New()[..24] }, ct);
        return new UnnamedAddress(PathOf(intake));
    }

    /// <summary>The address at which people report without a name.</summary>
    [Query(
        "unnamed-address",
        Permission.Work,
        "The address at which one reports without a name, where the organisation allows it"
    )]
    public async Task<UnnamedAddress> Address(Nothing input, CancellationToken ct) =>
        new(await Open(ct) is { } intake ? PathOf(intake) : null);

    /// <summary>Takes a report without a name. The journal names nobody, and nothing of the sender is kept.</summary>
    [Operation("report-unnamed", Permission.System, "Take a report from somebody who gives no name")]
    public async Task<UnnamedReport> ReportUnnamed(ReportUnnamed input, CancellationToken ct)
    {
        if (await Open(ct) is not { } intake || intake.Secret != input.Secret)
            throw new NotFound("such address");
        if (
            await db.Set<ReportedEvent>().CountAsync(e => e.Unnamed && e.State == SignalState.Waiting, ct)
            >= MostUnnamedWaiting
        )
            throw new RuleBroken(
                "incidents.report-unnamed.full",
                "Too many reports without a name wait for an answer. Please tell somebody in person."
            );
        var receipt = Secret.New()[..20];
        var reported = await db.Enter(
            new ReportedEvent
            {
                Text = input.Text,
                Unnamed = true,
                ReceiptHash = Secret.Hash(receipt),
            },
            ct
        );
        await triage.Ask(reported, ct);
        return new UnnamedReport(reported.Ref, receipt);
    }

    /// <summary>
    /// Whether an address takes reports without a name. Throws <see cref="NotFound"/> when it does not.
    /// </summary>
    [Query("open-unnamed", Permission.System, "Whether an address takes reports without a name")]
    public async Task<UnnamedAddress> IsOpen(ReportUnnamed input, CancellationToken ct) =>
        await Open(ct) is { } intake && intake.Secret == input.Secret
            ? new UnnamedAddress(PathOf(intake))
            : throw new NotFound("such address");

    /// <summary>What became of a report without a name.</summary>
    [Query("receipt", Permission.System, "What became of a report without a name")]
    public async Task<ReceiptView> Receipt(AskReceipt input, CancellationToken ct)
    {
        var hash = Secret.Hash(input.Receipt);
        return await db.Set<ReportedEvent>()
                .Where(e => e.ReceiptHash == hash)
                .Select(e => new ReceiptView(e.CreatedAt, e.State, e.Reason))
                .FirstOrDefaultAsync(ct)
            ?? throw new NotFound("such receipt");
    }

    private Task<OpenIntake?> Open(CancellationToken ct) =>
        db.Set<OpenIntake>().FirstOrDefaultAsync(i => i.ClosedAt == null, ct);

    private string PathOf(OpenIntake intake) => $"/report/{caller.Value.Organization}/{intake.Secret}";

    private async Task Keep(ReportedEvent reported, GivenFile file, CancellationToken ct)
    {
        var item = await keeper.Keep(
            new EvidenceContent(
                $"With report {reported.Ref}: {file.Name}".Cut(300),
                EvidenceKind.File,
                file.Content,
                FileName: Path.GetFileName(file.Name)
            ),
            new IncidentDesk.IncidentFrame
            {
                Clauses = ["8.1"],
                PeriodFrom = db.Today,
                PeriodTo = db.Today,
                Classification = EvidenceClass.Confidential,
            },
            ct
        );
        await db.Connect(item, LinkTypes.Evidences, reported, ct);
    }
}

/// <summary>What was reported, and what became of it.</summary>
[Process("reported-events", "What people reported, and whether it was an incident (A.6.8, A.5.25).")]
public sealed class ReportedEventProcess(MoatDb db, CurrentCaller caller, TriageDesk triage)
{
    private static readonly Pager<ReportedEvent> Pages = new();

    /// <summary>Reports. Members see their own.</summary>
    [Query("list", Permission.Work, "List what was reported; members see their own reports and what became of them")]
    public Task<Page<ReportRow>> List(ListReports input, CancellationToken ct)
    {
        var query = Visible(input.Mine);
        if (input.State is { } state)
            query = query.Where(e => e.State == state);
        return Pages.Page(db, query, input, View(), ct);
    }

    /// <summary>One report.</summary>
    [Query("get", Permission.Work, "Read a report and what became of it")]
    public async Task<ReportRow> Get(OneRecord input, CancellationToken ct)
    {
        var id = (await db.One<ReportedEvent>(input.Ref, ct)).Id;
        return await Visible().Where(e => e.Id == id).Select(View()).FirstOrDefaultAsync(ct)
            ?? throw new NotFound(input.Ref);
    }

    /// <summary>Decides whether it is an incident.</summary>
    [Operation(
        "triage",
        Permission.HandleIncidents,
        "Decide whether what was reported is an incident, with the reason"
    )]
    public async Task<Triaged> Triage(Triage input, CancellationToken ct)
    {
        var reported = await db.One<ReportedEvent>(input, ct);
        var asset = reported.AssetId is { } id ? await db.Set<Asset>().FirstOrDefaultAsync(a => a.Id == id, ct) : null;
        return await triage.Decide(
            input,
            [reported],
            reported.Text,
            reported.CreatedAt,
            asset is null ? [] : [asset],
            ct
        );
    }

    private IQueryable<ReportedEvent> Visible(bool mine = false)
    {
        var me = caller.Value.PersonId;
        return caller.Value.May(Permission.ReadIsms) && !mine
            ? db.Set<ReportedEvent>()
            : db.Set<ReportedEvent>().Where(e => e.ReportedById == me && me != null);
    }

    private System.Linq.Expressions.Expression<Func<ReportedEvent, ReportRow>> View()
    {
        var (assets, people, incidents) = (db.Set<Asset>(), db.Set<Person>(), db.Set<Incident>());
        return e => new ReportRow(
            "EVT-" + e.Number,
            e.Version,
            e.Text,
            assets.Where(a => a.Id == e.AssetId).Select(a => "AST-" + a.Number).FirstOrDefault(),
            assets.Where(a => a.Id == e.AssetId).Select(a => a.Name).FirstOrDefault(),
            people.Where(p => p.Id == e.ReportedById).Select(p => p.Name).FirstOrDefault(),
            e.CreatedAt,
            e.State,
            e.Reason,
            e.DecidedBy,
            e.DecidedAt,
            incidents.Where(i => i.Id == e.IncidentId).Select(i => "INC-" + i.Number).FirstOrDefault()
        );
    }
}
