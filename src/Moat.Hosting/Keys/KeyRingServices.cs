using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;
using Moat.Isms.Kernel.Seams;
using Moat.Storage.Keys;

namespace Moat.Hosting.Keys;

/// <summary>Registers the keys of cookies, forms and stored secrets.</summary>
public static class KeyRingServices
{
    /// <summary>Adds them; they are read when one is first needed.</summary>
    internal static void AddKeyRing(this IServiceCollection services)
    {
        services.AddSingleton<ProtectionSecret>();
        services.AddSingleton<StoredKeyRing>();
        services.AddDataProtection().SetApplicationName("moat");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(
            found => new ConfigureOptions<KeyManagementOptions>(keys =>
                keys.XmlRepository = found.GetRequiredService<StoredKeyRing>()
            )
        );
        services.AddSingleton<ISecretKeeper, SecretKeeper>();
    }

    /// <summary>
    /// Reads the keys, and makes one where there is none or the last one ends soon. That writes, so it has to be done
    /// outside of operations: inside of one, SQLite would wait for itself.
    /// </summary>
    public static void OpenKeyRing(this IServiceProvider services) =>
        services.GetRequiredService<IDataProtectionProvider>().CreateProtector("Moat.KeyRing").Protect([]);
}
