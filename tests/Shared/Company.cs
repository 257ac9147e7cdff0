using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Moat.Hosting;
using Moat.Hosting.Accounts;
using Moat.Hosting.Keys;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Storage;

namespace Moat.Tests;

/// <summary>An installation with a founded company, on either database.</summary>
internal sealed class Company : IAsyncDisposable
{
    private readonly TemporaryFolder? _folder;
    private readonly ServiceProvider _services;

    internal Company(
        StorageOptions storage,
        TemporaryFolder? folder = null,
        DateTimeOffset? now = null,
        OutsideWorld? outside = null
    )
    {
        Storage = storage;
        _folder = folder;
        Clock = new(now ?? new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddMoat(storage, Clock, outside);
        _services = services.BuildServiceProvider();
        _services.GetRequiredService<IMigrations>().Apply();
        _services.OpenKeyRing();
    }

    public static string[] Databases { get; } = TestRun.IsFast ? ["sqlite"] : ["sqlite", "postgres"];

    public StorageOptions Storage { get; }

    public FakeTimeProvider Clock { get; }

    /// <summary>The first owner of the company.</summary>
    public Caller Owner { get; internal set; } = null!;

    public OperationCatalog Catalog => _services.GetRequiredService<OperationCatalog>();

    public IServiceProvider Services => _services;

    /// <summary>An installation in which nobody founded anything yet.</summary>
    public static async Task<Company> Empty(string database)
    {
        var folder = new TemporaryFolder();
        return new Company(
            new StorageOptions
            {
                DataFolder = folder.Path,
                Postgres = database == "postgres" ? await PostgresCluster.NewDatabase() : null,
            },
            folder
        );
    }

    /// <summary>A founded company whose data lie where the test wants them.</summary>
    public static async Task<Company> On(StorageOptions storage)
    {
        var company = new Company(storage);
        company.Owner = await company.NewOwner("acme", "Ada Acme");
        return company;
    }

    /// <summary>
    /// The same installation as a program that has just started sees it, with the keys that lie there now.
    /// </summary>
    public Company Reopen(OutsideWorld? outside = null) =>
        new(Storage, now: outside is null ? null : Clock.GetUtcNow(), outside: outside);

    /// <summary>A company that was just founded, by Ada.</summary>
    public static Task<Company> Found(string database) =>
        PreparedCompany.Copy(
            "founded",
            database,
            async () =>
            {
                var company = await Empty(database);
                company.Owner = await company.NewOwner("acme", "Ada Acme");
                return company;
            }
        );

    /// <summary>Founds another organisation in the same installation.</summary>
    public async Task<Caller> NewOwner(string slug, string name)
    {
        await using var scope = _services.CreateAsyncScope();
        var desk = scope.ServiceProvider.GetRequiredService<AccountDesk>();
        var account = await desk.Create($"owner@{slug}.test", name, "a long enough password");
        await desk.Found(slug, name, account, "ui", CancellationToken.None);
        return (
            await scope
                .ServiceProvider.GetRequiredService<AccessDirectory>()
                .Member(slug, account.Id, name, "ui", CancellationToken.None)
        )! with
        {
            Confirmed = true,
        };
    }

    /// <summary>A caller of the company with a role, and a person of its own.</summary>
    public async Task<Caller> As(Role role, string name)
    {
        var person = await Run<PeopleProcess, CreatePerson, Done>(
            p => p.Create,
            new CreatePerson { Name = name, Email = $"{name.Replace(' ', '.')}@acme.test" }
        );
        var record = await Read(db => db.One<Person>(person.Ref, CancellationToken.None));
        return Owner with { Role = role, Name = name, ActorId = Guid.CreateVersion7(), PersonId = record.Id };
    }

    /// <summary>Runs an operation as somebody, by default as the owner.</summary>
    public async Task<TResult> Run<TProcess, TInput, TResult>(
        Func<TProcess, Func<TInput, CancellationToken, Task<TResult>>> operation,
        TInput input,
        Caller? caller = null
    )
        where TProcess : class
        where TInput : class
        where TResult : class
    {
        await using var scope = Scope(caller ?? Owner);
        var session = scope.ServiceProvider.GetRequiredService<IsmsSession>();
        return await session.Run(operation(session.Of<TProcess>()), input, CancellationToken.None);
    }

    /// <summary>Runs an operation by name on JSON, as a door does.</summary>
    public async Task<object> Do(string operation, object input, Caller? caller = null)
    {
        await using var scope = Scope(caller ?? Owner);
        var json = System.Text.Json.JsonSerializer.SerializeToNode(input, InputBinder.Json)!.AsObject();
        return await scope
            .ServiceProvider.GetRequiredService<IsmsSession>()
            .Run(Catalog.Find(operation)!, json, CancellationToken.None);
    }

    /// <summary>
    /// Runs an operation that is a person's own as the browser does: with the password that somebody typed.
    /// </summary>
    public async Task<object> Sign(string operation, object input, string password, Caller? caller = null)
    {
        await using var scope = Scope((caller ?? Owner) with { Confirmed = false });
        var session = scope.ServiceProvider.GetRequiredService<IsmsSession>();
        await session.Confirm(Catalog.Find(operation)!, password, CancellationToken.None);
        return await session.Run(
            Catalog.Find(operation)!,
            System.Text.Json.JsonSerializer.SerializeToNode(input, InputBinder.Json)!.AsObject(),
            CancellationToken.None
        );
    }

    /// <summary>Looks into the database, without any operation.</summary>
    public async Task<T> Read<T>(Func<MoatDb, Task<T>> look, Caller? caller = null)
    {
        await using var scope = Scope(caller ?? Owner);
        var db = scope.ServiceProvider.GetRequiredService<MoatDb>();
        await using var reading = await scope
            .ServiceProvider.GetRequiredService<ITransactions>()
            .BeginRead(db, (caller ?? Owner).OrganizationId, CancellationToken.None);
        return await look(db);
    }

    public AsyncServiceScope Scope(Caller caller)
    {
        var scope = _services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentCaller>().Value = caller;
        return scope;
    }

    /// <summary>Stops using what the company keeps and leaves it where it lies.</summary>
    internal async Task<TemporaryFolder> Leave()
    {
        await _services.DisposeAsync();
        if (Storage.Postgres is { } database)
            PostgresCluster.Release(database);
        return _folder!;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        if (Storage.Postgres is { } database)
            PostgresCluster.Release(database);
        _folder?.Dispose();
    }
}
