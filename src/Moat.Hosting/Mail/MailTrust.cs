using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Moat.Hosting.Mail;

/// <summary>
/// Whether the mail server is who it says it is. Nobody can wave a certificate through: it comes from an authority that
/// the machine trusts, or from one that the operator named, which then is the only one that counts.
/// </summary>
internal static class MailTrust
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <summary>Why the certificate that was shown is not good enough; null when it is.</summary>
    public static string? Refuses(MailOptions options, X509Certificate? shown, X509Chain? built, SslPolicyErrors errors)
    {
        if (shown is null || errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
            return $"{options.Host} shows no certificate.";
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            return $"The certificate that {options.Host} shows is for another name: {shown.Subject}.";
        if (options.Authorities is { } authorities)
            return Chain(shown, built, authorities) is { } why
                ? $"The certificate of {options.Host} is from none of the authorities that --smtp-ca names: {why}"
                : null;
        return errors == SslPolicyErrors.None
            ? null
            : $"No authority that this machine trusts vouches for the certificate of {options.Host}: {Said(built)} If it is from your own authority, name that with --smtp-ca.";
    }

    private static string? Chain(X509Certificate shown, X509Chain? built, X509Certificate2Collection authorities)
    {
        using var certificate = X509CertificateLoader.LoadCertificate(shown.GetRawCertData());
        using var chain = new X509Chain
        {
            // Authorities of a company seldom say where to ask what they revoked, and a relay inside must not need the
            // way outside.
            ChainPolicy =
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
                DisableCertificateDownloads = true,
                ApplicationPolicy = { new Oid(ServerAuthentication) },
            },
        };
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        foreach (var between in built?.ChainElements.Skip(1) ?? [])
            chain.ChainPolicy.ExtraStore.Add(between.Certificate);
        return chain.Build(certificate) ? null : Said(chain);
    }

    private static string Said(X509Chain? chain) =>
        string.Join(
            ' ',
            (chain?.ChainStatus ?? [])
                .Select(s => s.StatusInformation.Trim())
                .Where(s => s.Length > 0)
                .Select(s => s.EndsWith('.') ? s : $"{s}.")
                .Distinct()
        );
}
