using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Moat.Isms.Documents;
using Moat.Isms.Evidence.Facts;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Journal;
using Moat.Isms.Kernel.Remembering;
using Moat.Isms.Kernel.Seams;
using Moat.Storage.Accounts;
using Moat.Storage.Blobs;
using Moat.Storage.Postgres;
using Moat.Storage.Rounds;
using Moat.Storage.Sqlite;

namespace Moat.Storage;

/// <summary>Registers the storage of an installation.</summary>
public static class MoatStorage
{
    // Entity Framework keeps a thousand translated queries unless told otherwise. Moat has more, and what fell out was
    // translated and compiled again each time. One for each kind of database: the model lies in it as well.
    private static readonly MemoryCache OfSqlite = new(Translated),
        OfPostgres = new(Translated);

    /// <summary>Adds the databases, the blobs and what holds the journal's key.</summary>
    public static IServiceCollection AddMoatStorage(this IServiceCollection services, StorageOptions options)
    {
        OwnerOnly.Folder(options.DataFolder);
        services.AddSingleton(options);
        services.AddSingleton<DatabaseLook>();
        if (options.Postgres is { } postgres)
            services.AddPostgres(postgres);
        else
            services.AddSqlite(options);
        services.AddSingleton(found => new FirstSeals(options, found.GetRequiredService<JournalKeys>()));
        services.AddSingleton(found => options.KeptFiles(found.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IBlobStore>(found => found.GetRequiredService<IKeptFiles>());
        services.AddSingleton<IKeyHolder>(_ => options.KeyHolder());
        services.AddContexts(options);
        services.AddScoped<SealedAccounts>();
        services.AddScoped<Isms.Kernel.Journal.IKeptOutside, MemberAccounts>();
        services.AddScoped<Isms.Kernel.Journal.IKeptOutside, SchemaWalls>();
        services.AddScoped<AccountSessions>();
        services.AddScoped<GuessLimits>();
        return services;
    }

    private static void AddPostgres(this IServiceCollection services, string postgres)
    {
        services.AddSingleton<ITransactions, PostgresDatabase>();
        services.AddSingleton<ITextSearch>(new PostgresTextSearch());
        services.AddSingleton<IEventLedger>(new PostgresEventLedger());
        services.AddSingleton<IRoundTurns, PostgresTurns>();
        services.AddSingleton<IMigrations>(found => new PostgresMigrations(
            postgres,
            found.GetRequiredService<FirstSeals>().Statements
        ));
    }

    private static void AddSqlite(this IServiceCollection services, StorageOptions options)
    {
        services.AddSingleton<ITransactions>(new SqliteDatabase());
        services.AddSingleton<ITextSearch>(new SqliteTextSearch());
        services.AddSingleton<IEventLedger>(new SqliteEventLedger());
        services.AddSingleton<IRoundTurns, OneServersTurns>();
        services.AddSingleton<IMigrations>(found => new SqliteMigrations(
            SqliteDatabase.ConnectionString(options.SqliteFile),
            found.GetRequiredService<FirstSeals>().Statements
        ));
    }

    private static void AddContexts(this IServiceCollection services, StorageOptions options)
    {
        services.AddSingleton<SaveGate>();
        services.AddSingleton<WriteWall>();
        services.AddSingleton<ReadWatch>();
        services.AddSingleton<PostgresPrelude>();
        services.AddSingleton<AccountSealing>();
        services.AddPooledDbContextFactory<MoatDb>(
            (provider, db) =>
                Use(db, options)
                    .AddInterceptors(
                        provider.GetRequiredService<SaveGate>(),
                        provider.GetRequiredService<WriteWall>(),
                        provider.GetRequiredService<ReadWatch>(),
                        provider.GetRequiredService<PostgresPrelude>()
                    )
        );
        services.AddScoped(Lend);
        services.AddDbContext<AccountsDb>(
            (provider, db) =>
                Use(db, options)
                    .AddInterceptors(
                        provider.GetRequiredService<AccountSealing>(),
                        provider.GetRequiredService<ReadWatch>()
                    ),
            optionsLifetime: ServiceLifetime.Singleton
        );
    }

    private static MoatDb Lend(IServiceProvider scope) =>
        scope
            .GetRequiredService<IDbContextFactory<MoatDb>>()
            .CreateDbContext()
            .LentTo(
                scope.GetRequiredService<CurrentCaller>(),
                scope.GetRequiredService<CompanyClock>(),
                scope.GetRequiredService<UnchangedCache>(),
                scope.GetRequiredService<KernelQueries>()
            );

    /// <summary>
    /// Whether an installation is there; nothing is made by looking. Throws <see cref="IOException"/> where a file is
    /// in the place of the folder.
    /// </summary>
    public static bool IsThere(StorageOptions options)
    {
        OwnerOnly.MustBeNoFile(options.DataFolder);
        return Directory.Exists(options.DataFolder)
            && (
                options.Postgres is { } postgres
                    ? PostgresMigrations.IsThere(postgres)
                    : new FileInfo(options.SqliteFile) is { Exists: true, Length: > 0 }
            );
    }

    /// <summary>Chooses the provider.</summary>
    public static DbContextOptionsBuilder Use(DbContextOptionsBuilder db, StorageOptions options)
    {
        if (options.Postgres is { } postgres)
            db.UseNpgsql(PostgresDatabase.Prepared(postgres));
        else
            db.UseSqlite(SqliteDatabase.ConnectionString(options.SqliteFile), OneParameterPerList)
                .AddInterceptors(SqlitePragmas.Instance);
        return db.UseMemoryCache(options.Postgres is null ? OfSqlite : OfPostgres).UseSnakeCaseNamingConvention();
    }

    private static MemoryCacheOptions Translated => new() { SizeLimit = 100_000 };

    // A list of a thousand keys is one JSON text and one statement for the cache, not a thousand parameters and a
    // statement for each length.
    private static void OneParameterPerList(SqliteDbContextOptionsBuilder sqlite) =>
        sqlite.UseParameterizedCollectionMode(ParameterTranslationMode.Parameter);
}
