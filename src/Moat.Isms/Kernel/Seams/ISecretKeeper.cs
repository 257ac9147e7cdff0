namespace Moat.Isms.Kernel.Seams;

/// <summary>Encrypts what only the server itself may read again.</summary>
public interface ISecretKeeper
{
    /// <summary>The encrypted form.</summary>
    string Protect(Guid organizationId, string secret);

    /// <summary>The secret. Throws <c>CollectorFailed</c> when the key is gone.</summary>
    string Unprotect(Guid organizationId, string kept);
}
