using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Moat.Cli.Demo;
using Moat.Hosting;
using Moat.Hosting.Accounts;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Server.Host;
using Moat.Storage;

namespace Moat.Tests;

/// <summary>
/// The example company, told once and served: it has records of every kind, so that every page shows its forms.
/// </summary>
public sealed class Corvid : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private WebApplication? _app;
    private string _password = "";

    internal OperationCatalog Catalog => _app!.Services.GetRequiredService<OperationCatalog>();

    internal Caller Owner { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var said = await MoatProgram.Do("demo", "--data", _folder.Of("demo"), "--only");
        _password = Regex.Match(said, "password ([a-z0-9]+)").Groups[1].Value;
        _app = MoatServer.Build(
            new ServerOptions
            {
                Storage = new StorageOptions { DataFolder = _folder.Of("demo") },
                Url = "http://127.0.0.1:0",
            }
        );
        await _app.StartAsync();
        await using var scope = _app.Services.CreateAsyncScope();
        var account = await scope.ServiceProvider.GetRequiredService<AccountDesk>().Find(DemoCast.Email("mara"));
        var access = scope.ServiceProvider.GetRequiredService<AccessDirectory>();
        var member = await access.Member(DemoCast.Slug, account!.Id, "Mara Keller", "ui", CancellationToken.None);
        Owner = member! with { Confirmed = true };
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>A browser without scripts, signed in as the owner.</summary>
    public async Task<HttpClient> SignedIn()
    {
        var handler = new HttpClientHandler
        {
            AllowAutoRedirect = false,
            CookieContainer = new System.Net.CookieContainer(),
        };
        var client = new HttpClient(handler) { BaseAddress = new Uri(_app!.Urls.First()) };
        var page = await client.GetStringAsync("/sign-in");
        using var answer = await client.PostAsync(
            "/sign-in",
            Site.Form(page, ("email", DemoCast.Email("mara")), ("password", _password))
        );
        return answer.StatusCode == System.Net.HttpStatusCode.Redirect
            ? client
            : throw new InvalidOperationException($"Sign in: {answer.StatusCode}");
    }

    /// <summary>Does it as the owner, or as the identity provider where only that may.</summary>
    internal async Task<object> Do(Operation operation, System.Text.Json.Nodes.JsonObject input)
    {
        await using var scope = _app!.Services.CreateAsyncScope();
        var caller = Owner.May(operation.Permission) ? Owner : Owner with { Role = Role.Provisioner, PersonId = null };
        scope.ServiceProvider.GetRequiredService<CurrentCaller>().Value = caller;
        return await scope
            .ServiceProvider.GetRequiredService<IsmsSession>()
            .Run(operation, input, CancellationToken.None);
    }

    internal async Task<T> Read<T>(Func<MoatDb, Task<T>> look)
    {
        await using var scope = _app!.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentCaller>().Value = Owner;
        var db = scope.ServiceProvider.GetRequiredService<MoatDb>();
        await using var reading = await scope
            .ServiceProvider.GetRequiredService<ITransactions>()
            .BeginRead(db, Owner.OrganizationId, CancellationToken.None);
        return await look(db);
    }
}

/// <summary>Tests that read the example company and change nothing share it.</summary>
[CollectionDefinition(nameof(Corvid))]
public sealed class CorvidCollection : ICollectionFixture<Corvid>;
