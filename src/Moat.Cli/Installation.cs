using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Moat.Hosting;
using Moat.Hosting.Keys;
using Moat.Hosting.Settings;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Journal;
using Moat.Isms.People;
using Moat.Storage;
using Moat.Storage.Accounts;

namespace Moat.Cli;

/// <summary>An installation opened by the command line: the same services as the server's, without the web.</summary>
internal sealed class Installation : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Indented = new(InputBinder.Json)
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
    private readonly ServiceProvider _services;

    private Installation(ServiceProvider services) => _services = services;

    /// <summary>The folder, and where it is looked for without the option.</summary>
    public static Option Data { get; } = SettingOptions.Of("Storage:DataFolder");

    /// <summary>A PostgreSQL database instead of the folder's SQLite file.</summary>
    public static Option Postgres { get; } = SettingOptions.Of("Storage:Postgres");

    /// <summary>The journal's key, where it is not in the data folder.</summary>
    public static Option JournalKey { get; } = SettingOptions.Of("Storage:JournalKeyFile");

    /// <summary>The bucket of files, where they are not in the data folder.</summary>
    public static Option Blobs { get; } = SettingOptions.Of("Storage:Bucket");

    /// <summary>The key that seals other keys, where it is not in the data folder.</summary>
    public static Option ProtectionKey { get; } = SettingOptions.Of("Storage:ProtectionKeyFile");

    /// <summary>Which organisation; may be left out when there is one only.</summary>
    public static Option<string?> Organization { get; } =
        new("--org") { Description = "The organisation's slug; needed when there are several" };

    /// <summary>Who acts. A member acts with their own role and is bound by what separates people.</summary>
    public static Option<string?> As { get; } =
        new("--as")
        {
            Description = "The e-mail of the member who acts (default: the user of this machine, marked as operator)",
        };

    /// <summary>Where the installation's data is, as file, environment and options say.</summary>
    public static StorageOptions Storage(ParseResult parsed) => DecidedSettings.Storage(SettingOptions.Read(parsed));

    /// <summary>
    /// Opens an installation that is there. Throws <see cref="Unavailable"/> where there is none, and makes nothing:
    /// somebody who mistyped a folder would look at an empty one.
    /// </summary>
    public static Installation OpenExisting(StorageOptions storage)
    {
        if (MoatStorage.IsThere(storage))
            return Open(storage);
        throw new Unavailable(
            storage.Postgres is null || !Directory.Exists(storage.DataFolder)
                ? $"There is no installation in {storage.DataFolder}. Name its folder with --data, or make one with 'moat init'."
                : "There is no installation in this PostgreSQL database. Name another with --postgres, or make one with 'moat init'."
        );
    }

    /// <summary>Opens an installation, bringing its database up to date.</summary>
    public static Installation Open(StorageOptions storage, TimeProvider? clock = null)
    {
        var installation = OpenToRestore(storage, clock);
        // On PostgreSQL a command may run on a machine that keeps none of the keys, and has to make none.
        if (storage.Postgres is null)
            installation._services.OpenKeyRing();
        return installation;
    }

    /// <summary>Opens an empty installation that a backup is going to fill, its keys included.</summary>
    public static Installation OpenToRestore(StorageOptions storage, TimeProvider? clock = null)
    {
        var services = new ServiceCollection();
        // What a command cannot do it says itself, in a sentence.
        services.AddLogging(log =>
            log.AddSimpleConsole()
                .SetMinimumLevel(LogLevel.Error)
                .AddFilter("Microsoft.EntityFrameworkCore", LogLevel.None)
        );
        services.AddMoat(storage, clock);
        var provider = services.BuildServiceProvider();
        provider.GetRequiredService<IMigrations>().Apply();
        return new Installation(provider);
    }

    /// <summary>A scope for one piece of work, since a session serves one caller at a time.</summary>
    public AsyncServiceScope Scope() => _services.CreateAsyncScope();

    /// <summary>A service of the whole installation.</summary>
    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>All organisations of the installation.</summary>
    public async Task<IReadOnlyList<Organization>> Organizations(CancellationToken ct)
    {
        await using var scope = Scope();
        return await scope.ServiceProvider.GetRequiredService<AccessDirectory>().Organizations(ct);
    }

    /// <summary>Checks an organisation's journal and everything that it tells of.</summary>
    public async Task<JournalCheck> Verify(Organization organization, CancellationToken ct) =>
        (JournalCheck)await Run(organization, Get<OperationCatalog>().Find("journal.verify")!, [], ct);

    /// <summary>
    /// The accounts that belong to no organisation and do not fit their seals, in sentences. Those of members are among
    /// what an organisation's check finds.
    /// </summary>
    public async Task<IReadOnlyList<string>> StrayAccounts(CancellationToken ct)
    {
        await using var scope = Scope();
        var access = scope.ServiceProvider.GetRequiredService<AccessDirectory>();
        var strays = new List<string>();
        foreach (var account in await scope.ServiceProvider.GetRequiredService<SealedAccounts>().Broken(ct))
            if ((await access.EntrancesOf(account, ct)).Count == 0)
                strays.Add($"The account {account}, which belongs to no organisation, is not what Moat stored last.");
        return strays;
    }

    /// <summary>The organisation of the slug, or the only one. Throws <see cref="InputInvalid"/>.</summary>
    public async Task<Organization> Find(string? slug, CancellationToken ct)
    {
        var all = await Organizations(ct);
        if (slug is null && all is [var only])
            return only;
        var known =
            all.Count == 0
                ? "there is none yet; make one with 'moat init'"
                : string.Join(", ", all.Select(o => o.Slug));
        return all.FirstOrDefault(o => o.Slug == slug)
            ?? throw new InputInvalid(
                "--org",
                slug is null ? $"Say which organisation: {known}." : $"There is no organisation '{slug}': {known}."
            );
    }

    /// <summary>Runs an operation in the organisation and as the member that the options name.</summary>
    public async Task<object> Run(ParseResult parsed, Operation operation, JsonObject input, CancellationToken ct) =>
        await RunAs(parsed.GetValue(As), await Find(parsed.GetValue(Organization), ct), operation, input, ct);

    /// <summary>
    /// Runs an operation as who works at the command line: the member of this e-mail, or the user of the machine.
    /// </summary>
    public async Task<object> RunAs(
        string? email,
        Organization organization,
        Operation operation,
        JsonObject input,
        CancellationToken ct
    )
    {
        await using var scope = Scope();
        var services = scope.ServiceProvider;
        var caller = email is null
            ? Caller.Operator(organization.Id, organization.Slug, Environment.UserName)
            : await services.GetRequiredService<AccessDirectory>().Operator(organization, email, ct)
                ?? throw new InputInvalid("--as", $"{email} is no member of {organization.Slug}.");
        services.GetRequiredService<CurrentCaller>().Value = caller;
        return await services.GetRequiredService<IsmsSession>().Run(operation, input, ct);
    }

    /// <summary>Runs an operation as the installation itself.</summary>
    public async Task<object> Run(
        Organization organization,
        Operation operation,
        JsonObject input,
        CancellationToken ct
    )
    {
        await using var scope = Scope();
        var services = scope.ServiceProvider;
        services.GetRequiredService<CurrentCaller>().Value = Caller.System(organization.Id, organization.Slug, "cli");
        return await services.GetRequiredService<IsmsSession>().Run(operation, input, ct);
    }

    /// <summary>
    /// Runs what only the installation itself may, started by the user of this machine, whose name the journal keeps.
    /// </summary>
    public async Task<object> RunAsMachine(
        Organization organization,
        string operation,
        JsonObject input,
        CancellationToken ct
    )
    {
        await using var scope = Scope();
        var services = scope.ServiceProvider;
        services.GetRequiredService<CurrentCaller>().Value = Caller.System(
            organization.Id,
            organization.Slug,
            "cli"
        ) with
        {
            Name = $"operator {Environment.UserName}".Cut(200),
        };
        return await services
            .GetRequiredService<IsmsSession>()
            .Run(services.GetRequiredService<OperationCatalog>().Find(operation)!, input, ct);
    }

    /// <summary>An answer as people and programs read it.</summary>
    public static string Show(object answer) => JsonSerializer.Serialize(answer, answer.GetType(), Indented);

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
