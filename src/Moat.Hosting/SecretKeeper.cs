using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Moat.Isms.Evidence.Collectors;
using Moat.Isms.Kernel.Seams;

namespace Moat.Hosting;

/// <summary>
/// Secrets of sources, encrypted with the installation's data-protection keys, for each organisation apart.
/// </summary>
internal sealed class SecretKeeper(IDataProtectionProvider protection) : ISecretKeeper
{
    /// <inheritdoc />
    public string Protect(Guid organizationId, string secret) => Of(organizationId).Protect(secret);

    /// <inheritdoc />
    public string Unprotect(Guid organizationId, string kept)
    {
        try
        {
            return Of(organizationId).Unprotect(kept);
        }
        catch (CryptographicException)
        {
            throw new CollectorFailed(
                "The secret cannot be decrypted: the installation's keys are not those it was kept with. Give it again."
            );
        }
    }

    private IDataProtector Of(Guid organizationId) =>
        protection.CreateProtector("Moat.Collectors", organizationId.ToString("N"));
}
