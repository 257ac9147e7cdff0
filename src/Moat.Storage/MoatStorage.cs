using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
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
using Moat.Storage.Sqlite;

namespace Moat.Storage;

/// <summary>Registers the storage of an installation.</summary>
public static class MoatStorage
{
    /// <summary>Adds the databases, the blobs and what holds the journal's key.</summary>
    public static IServiceCollection AddMoatStorage(this IServiceCollection services, StorageOptions options)
    {
        OwnerOnly.Folder(options.DataFolder);
        services.AddSingleton(options);
        services.AddSingleton<DatabaseLook>();
        services.AddSingleton<SaveGate>();
        services.AddSingleton<WriteWall>();
        services.AddSingleton<ReadWatch>();
        services.AddSingleton<ITransactions>(options.Postgres is null ? new SqliteDatabase() : new PostgresDatabase());
        services.AddSingleton<ITextSearch>(
            options.Postgres is null ? new SqliteTextSearch() : new PostgresTextSearch()
        );
        services.AddSingleton<IEventLedger>(
            options.Postgres is null ? new SqliteEventLedger() : new PostgresEventLedger()
        );
        services.AddSingleton(found => new FirstSeals(options, found.GetRequiredService<JournalKeys>()));
        services.AddSingleton<IMigrations>(found =>
            options.Postgres is { } postgres
                ? new PostgresMigrations(postgres, found.GetRequiredService<FirstSeals>().Statements)
                : new SqliteMigrations(
                    SqliteDatabase.ConnectionString(options.SqliteFile),
                    found.GetRequiredService<FirstSeals>().Statements
                )
        );
        services.AddSingleton(new FolderBlobs(options.BlobFolder));
        services.AddSingleton<IBlobStore>(found => found.GetRequiredService<FolderBlobs>());
        services.AddSingleton<IKeyHolder>(_ => options.KeyHolder());
        services.AddPooledDbContextFactory<MoatDb>(
            (provider, db) =>
                Use(db, options)
                    .AddInterceptors(
                        provider.GetRequiredService<SaveGate>(),
                        provider.GetRequiredService<WriteWall>(),
                        provider.GetRequiredService<ReadWatch>()
                    )
        );
        services.AddScoped(Lend);
        services.AddSingleton<AccountSealing>();
        services.AddDbContext<AccountsDb>(
            (provider, db) =>
                Use(db, options)
                    .AddInterceptors(
                        provider.GetRequiredService<AccountSealing>(),
                        provider.GetRequiredService<ReadWatch>()
                    ),
            optionsLifetime: ServiceLifetime.Singleton
        );
        services.AddScoped<SealedAccounts>();
        services.AddScoped<Isms.Kernel.Journal.IKeptOutside, MemberAccounts>();
        services.AddScoped<Isms.Kernel.Journal.IKeptOutside, SchemaWalls>();
        services.AddScoped<AccountSessions>();
        services.AddScoped<GuessLimits>();
        return services;
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
            db.UseNpgsql(postgres);
        else
            db.UseSqlite(SqliteDatabase.ConnectionString(options.SqliteFile), OneParameterPerList)
                .AddInterceptors(SqlitePragmas.Instance);
        return db.UseSnakeCaseNamingConvention();
    }

    // A list of a thousand keys is one JSON text and one statement for the cache, not a thousand parameters and a
    // statement for each length.
    private static void OneParameterPerList(SqliteDbContextOptionsBuilder sqlite) =>
        sqlite.UseParameterizedCollectionMode(ParameterTranslationMode.Parameter);
}
