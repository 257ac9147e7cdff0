using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Evidence.Facts;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Seams;

namespace Moat.Isms.Evidence.Collectors;

/// <summary>Sources that collectors read by themselves (9.1).</summary>
[Process(Name, Summary)]
public sealed class CollectorProcess(
    MoatDb db,
    CurrentCaller caller,
    IEnumerable<ICollector> collectors,
    ISecretKeeper secrets,
    INamedHosts hosts
)
{
    internal const string Name = "collectors";
    internal const string Summary =
        "Sources that Moat reads by itself: what it may see there, when, and how each run went (9.1).";
    private const int MostRuns = 50;
    private static readonly TimeSpan TestTime = TimeSpan.FromSeconds(20);

    /// <summary>The collectors that there are, with their settings and the least they need.</summary>
    [Query(
        "kinds",
        Permission.ReadIsms,
        "Which collectors there are, their settings and the least privilege they need"
    )]
    public Task<IReadOnlyList<CollectorKind>> Kinds(Nothing input, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<CollectorKind>>([
            .. collectors.Select(c => new CollectorKind(c.Kind, c.Title, c.LeastPrivilege, c.SecretHint, c.Settings)),
        ]);

    /// <summary>The sources, with how their last run went.</summary>
    [Query("list", Permission.ReadIsms, "List sources with how their last run went")]
    public async Task<IReadOnlyList<CollectorRow>> List(Nothing input, CancellationToken ct)
    {
        var runs = db.Set<CollectorRun>();
        var resources = db.Set<Resource>();
        var rows = await db.Set<CollectorSource>()
            .OrderBy(s => s.Number)
            .Take(200)
            .Select(s => new
            {
                Source = s,
                Last = runs.Where(r => r.SourceId == s.Id).OrderByDescending(r => r.StartedAt).FirstOrDefault(),
                Resources = resources.Count(r => r.ToldBy == "SRC-" + s.Number && r.GoneAt == null),
            })
            .ToListAsync(ct);
        return
        [
            .. rows.Select(r => new CollectorRow(
                r.Source.Ref,
                r.Source.Version,
                r.Source.Name,
                r.Source.Kind,
                r.Source.EveryHours,
                r.Source.PausedAt,
                r.Source.NextRunAt,
                r.Last?.Outcome,
                r.Last?.StartedAt,
                r.Last?.Message,
                r.Resources
            )),
        ];
    }

    /// <summary>A source with its run log.</summary>
    [Query("get", Permission.ReadIsms, "Read a source with its run log; its secret is never shown")]
    public async Task<CollectorView> Get(OneRecord input, CancellationToken ct)
    {
        var source = await db.One<CollectorSource>(input.Ref, ct);
        var runs = await db.Set<CollectorRun>()
            .Where(r => r.SourceId == source.Id)
            .OrderByDescending(r => r.StartedAt)
            .Take(MostRuns)
            .ToListAsync(ct);
        return new CollectorView(
            source.Ref,
            source.Version,
            source.Name,
            source.Kind,
            SettingsOf(source),
            source.Secret is not null,
            source.SecretChangedAt,
            source.EveryHours,
            source.PausedAt,
            source.NextRunAt,
            [
                .. runs.Select(r => new RunRow(
                    r.StartedAt,
                    r.EndedAt,
                    r.Outcome,
                    r.Resources,
                    r.Discovered,
                    r.Changed,
                    r.Gone,
                    r.Message,
                    r.Missing
                )),
            ]
        );
    }

    /// <summary>Tries the connection with the kept secret.</summary>
    [Query("test", Permission.ManageCollectors, "Try the connection to a source and say what is seen")]
    public async Task<ConnectionTest> Test(OneRecord input, CancellationToken ct)
    {
        var source = await db.One<CollectorSource>(input.Ref, ct);
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limited.CancelAfter(TestTime);
        try
        {
            return new ConnectionTest(true, await CollectorOf(source.Kind).Test(AccessTo(source), limited.Token));
        }
        catch (CollectorFailed e)
        {
            return new ConnectionTest(false, e.Message);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new ConnectionTest(false, $"No answer within {TestTime.TotalSeconds} seconds.");
        }
    }

    /// <summary>Connects a source; it is read as soon as the server comes to it.</summary>
    [Operation(
        "create",
        Permission.ManageCollectors,
        "Connect a source; its secret is encrypted and never shown again"
    )]
    public async Task<Done> Create(CreateCollector input, CancellationToken ct)
    {
        var source = new CollectorSource
        {
            Name = input.Name,
            Kind = CollectorOf(input.Kind).Kind,
            Settings = Checked(input.Kind, input.Settings),
            EveryHours = input.EveryHours,
            NextRunAt = db.Now,
        };
        Keep(source, input.Secret);
        Shelter(source);
        return new Done(await db.Enter(source, ct));
    }

    /// <summary>Changes a source, replaces its secret or pauses it.</summary>
    [Operation("edit", Permission.ManageCollectors, "Change a source, replace its secret, pause it or go on")]
    public async Task<Done> Edit(EditCollector input, CancellationToken ct)
    {
        var source = await db.One<CollectorSource>(input, ct);
        source.Name = input.Name ?? source.Name;
        source.EveryHours = input.EveryHours ?? source.EveryHours;
        if (input.Settings is not null)
            source.Settings = Checked(source.Kind, input.Settings);
        Keep(source, input.Secret);
        if (input.Settings is not null || !string.IsNullOrEmpty(input.Secret))
            Shelter(source);
        if (input.Paused is { } paused)
            source.PausedAt = paused ? source.PausedAt ?? db.Now : null;
        return new Done(source);
    }

    /// <summary>Asks for a run now; the server begins it within seconds.</summary>
    [Operation("run", Permission.ManageCollectors, "Ask for a run now; the server begins it within seconds")]
    public async Task<Done> Run(ChangeRecord input, CancellationToken ct)
    {
        var source = await db.One<CollectorSource>(input, ct);
        if (source.PausedAt is not null)
            throw new RuleBroken("collectors.run.paused", $"{source.Ref} is paused. Let it go on first.");
        source.NextRunAt = db.Now;
        return new Done(source);
    }

    internal static IReadOnlyDictionary<string, string> SettingsOf(CollectorSource source) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(source.Settings) ?? [];

    internal CollectorAccess AccessTo(CollectorSource source) =>
        new(SettingsOf(source), source.Secret is null ? null : secrets.Unprotect(caller.OrganizationId, source.Secret));

    /// <summary>The access to a source; a secret that cannot be decrypted is told, and stops nothing else.</summary>
    internal OpenedAccess Open(CollectorSource source)
    {
        try
        {
            return new OpenedAccess(AccessTo(source));
        }
        catch (CollectorFailed e)
        {
            return new OpenedAccess(null, e.Message);
        }
    }

    private ICollector CollectorOf(string kind) =>
        collectors.FirstOrDefault(c => c.Kind == kind)
        ?? throw new InputInvalid("kind", $"One of: {string.Join(", ", collectors.Select(c => c.Kind))}.");

    private void Keep(CollectorSource source, string? secret)
    {
        if (string.IsNullOrEmpty(secret))
            return;
        (source.Secret, source.SecretChangedAt) = (secrets.Protect(caller.OrganizationId, secret.Trim()), db.Now);
    }

    private string Checked(string kind, IEnumerable<string> lines) =>
        JsonSerializer.Serialize(
            SettingLines
                .Read(kind, CollectorOf(kind).Settings, lines)
                .OrderBy(v => v.Key, StringComparer.Ordinal)
                .ToDictionary()
        );

    /// <summary>
    /// A secret does not travel in the clear: without TLS it goes only to hosts that the operator named.
    /// </summary>
    private void Shelter(CollectorSource source)
    {
        var settings = SettingsOf(source);
        foreach (
            var setting in CollectorOf(source.Kind)
                .Settings.Where(s =>
                    s.Form == SettingForm.ShelteredAddress
                    || (s.Form == SettingForm.Address && source.Secret is not null)
                )
        )
        {
            if (
                !Uri.TryCreate(settings.GetValueOrDefault(setting.Name), UriKind.Absolute, out var address)
                || address.Scheme == Uri.UriSchemeHttps
                || hosts.IsNamed(address.Host)
            )
                continue;
            throw new InputInvalid(
                SettingLines.Field(setting),
                $"A secret does not travel in the clear: write an address that begins with https://, or let the operator name the host with --allow-host {address.Host}."
            );
        }
    }
}
