using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Moat.Hosting;
using Moat.Hosting.Accounts;
using Moat.Hosting.Mail;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Server.Host;
using Moat.Storage;
using Moat.Storage.Blobs;

namespace Moat.Tests;

/// <summary>
/// A served installation of its own with one organisation and its founder, for tests that change what others share.
/// </summary>
internal sealed class Acme : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly WebApplication _app;
    private readonly ServerOptions _options;
    private readonly List<WebApplication> _others = [];
    private Caller _ada = null!;

    private Acme(OutsideWorld outside, TimeProvider? clock, string? postgres, BucketOptions? bucket)
    {
        _options = new ServerOptions
        {
            Storage = new StorageOptions
            {
                DataFolder = _folder.Path,
                Postgres = postgres,
                Bucket = bucket,
            },
            Url = "http://127.0.0.1:0",
            Outside = outside,
            Clock = clock ?? TimeProvider.System,
        };
        _app = MoatServer.Build(_options);
    }

    public IServiceProvider Services => _app.Services;

    public StorageOptions Storage => _options.Storage;

    public string Url => _app.Urls.First();

    public static async Task<Acme> Found(
        Uri? timeAuthority = null,
        bool listens = false,
        string? scanner = null,
        TimeProvider? clock = null,
        MailOptions? mail = null,
        Uri? publicUrl = null,
        string? postgres = null,
        Uri? telemetry = null,
        BucketOptions? bucket = null
    )
    {
        var outside = new OutsideWorld
        {
            TimeAuthority = timeAuthority,
            AllowedHosts = ["127.0.0.1", "localhost"],
            MalwareScanner = scanner,
            Mail = mail,
            PublicUrl = publicUrl,
            Telemetry = telemetry,
        };
        var acme = new Acme(outside, clock, postgres, bucket);
        await using var scope = acme.Services.CreateAsyncScope();
        var desk = scope.ServiceProvider.GetRequiredService<AccountDesk>();
        var account = await desk.Create("ada@acme.test", "Ada Acme", Site.Password);
        await desk.Found("acme", "Acme", account, "ui", CancellationToken.None);
        if (listens)
            await acme._app.StartAsync();
        acme._ada = (
            await scope
                .ServiceProvider.GetRequiredService<AccessDirectory>()
                .Member("acme", account.Id, "Ada Acme", "ui", CancellationToken.None)
        )! with
        {
            Confirmed = true,
        };
        return acme;
    }

    /// <summary>Where a second server of the same installation listens.</summary>
    public async Task<string> Another()
    {
        var other = MoatServer.Build(_options);
        _others.Add(other);
        await other.StartAsync();
        return other.Urls.First();
    }

    /// <summary>A browser without scripts, in which the founder is signed in.</summary>
    public async Task<HttpClient> SignedIn(string? url = null)
    {
        var browser = new HttpClient(
            new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new System.Net.CookieContainer() }
        )
        {
            BaseAddress = new Uri(url ?? Url),
        };
        using var answer = await Site.SignIn(browser, "ada@acme.test", Site.Password);
        return answer.StatusCode == System.Net.HttpStatusCode.Redirect
            ? browser
            : throw new InvalidOperationException($"Sign in: {answer.StatusCode}");
    }

    /// <summary>The founder does something.</summary>
    public Task<T> Do<T>(string operation, JsonObject input) => Do<T>(_ada, operation, input);

    /// <summary>The installation does something, as somebody else than the founder.</summary>
    public Task DoBySystem(string operation, JsonObject input) =>
        Do<object>(Caller.System(_ada.OrganizationId, "acme"), operation, input);

    private async Task<T> Do<T>(Caller caller, string operation, JsonObject input)
    {
        await using var scope = Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentCaller>().Value = caller;
        return (T)
            await scope
                .ServiceProvider.GetRequiredService<IsmsSession>()
                .Run(
                    scope.ServiceProvider.GetRequiredService<OperationCatalog>().Find(operation)!,
                    input,
                    CancellationToken.None
                );
    }

    public Task Do(string operation, JsonObject input) => Do<object>(operation, input);

    /// <summary>How many entries the journal has.</summary>
    public async Task<int> Entries()
    {
        await using var scope = Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentCaller>().Value = _ada;
        return scope.ServiceProvider.GetRequiredService<MoatDb>().Journal.Count();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var other in _others)
            await other.DisposeAsync();
        await _app.DisposeAsync();
        _folder.Dispose();
    }
}
