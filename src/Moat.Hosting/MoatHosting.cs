using Microsoft.AspNetCore.Identity;
using Moat.Collectors;
using Moat.Hosting.Accounts;
using Moat.Hosting.Anchors;
using Moat.Hosting.Keys;
using Moat.Hosting.Mail;
using Moat.Hosting.Rounds;
using Moat.Hosting.Webhooks;
using Moat.Isms;
using Moat.Isms.Documents;
using Moat.Isms.Evidence;
using Moat.Isms.Kernel;
using Moat.Isms.Work.Webhooks;
using Moat.Storage;
using Moat.Storage.Accounts;

namespace Moat.Hosting;

/// <summary>Puts an installation together: everything but the web, for servers, commands and tests alike.</summary>
public static class MoatHosting
{
    /// <summary>What the command line and the server share.</summary>
    public static IServiceCollection AddMoat(
        this IServiceCollection services,
        StorageOptions storage,
        TimeProvider? clock = null,
        OutsideWorld? outside = null
    )
    {
        outside ??= OutsideWorld.None;
        services.AddSingleton(clock ?? TimeProvider.System);
        services.AddMoatIsms();
        services.AddScoped<Isms.Kernel.Registers.IRegisterSource, Reports.StoredRegisters>();
        services.AddScoped<Reports.RegisterSheets>();
        services.AddScoped<Reports.Pack.PackOriginReading>();
        services.AddMoatStorage(storage);
        services.AddKeyRing();
        services.AddAccounts();
        services.AddOutside(storage, outside);
        return services;
    }

    /// <summary>Looks at the installation before it is served, and does what a server does by itself.</summary>
    public static IServiceCollection AddMoatRounds(this IServiceCollection services)
    {
        services.AddHostedService<StartUpCheck>();
        services.AddSingleton<InstallationWork>();
        services.AddSingleton<WebhookSender>();
        services.AddRecurringWork();
        return services;
    }

    private static void AddAccounts(this IServiceCollection services)
    {
        services
            .AddIdentityCore<Account>(options =>
            {
                // Length is what protects (NIST SP 800-63B); rules about kinds of characters only annoy.
                options.Password.RequiredLength = 12;
                options.Password.RequireDigit =
                    options.Password.RequireLowercase =
                    options.Password.RequireUppercase =
                        false;
                options.Password.RequireNonAlphanumeric = false;
                options.Password.RequiredUniqueChars = 5;
                options.User.RequireUniqueEmail = true;
            })
            .AddUserStore<AccountStore>()
            .AddTokenProvider<ResetTokens>(TokenOptions.DefaultProvider)
            .AddTokenProvider<AuthenticatorCodes>(TokenOptions.DefaultAuthenticatorProvider);
        services.AddScoped<AccountDesk>();
        services.AddScoped<IConfirmIdentity, PasswordCheck>();
        services.AddScoped<PasswordAttempts>();
        services.AddSingleton<AccountHasher>();
        services.AddSingleton<IPasswordHasher<Account>>(found => found.GetRequiredService<AccountHasher>());
        services.AddSingleton<OpenSessions>();
    }

    private static void AddOutside(this IServiceCollection services, StorageOptions storage, OutsideWorld outside)
    {
        services.AddSingleton<ITimeAuthority>(_ => new TimeAuthority(outside.TimeAuthority));
        services.AddAnchors(outside, storage.DataFolder);
        services.AddMoatCollectors(outside.AllowedHosts);
        services.AddSingleton<IOutbound, GuardedOutbound>();
        services.AddSingleton(new PublicAddress(outside.PublicUrl));
        services.AddSingleton(new Mailer(outside.Mail));
        services.AddSingleton<IFileScanner>(_ => new MalwareScanner(outside.MalwareScanner));
    }
}
