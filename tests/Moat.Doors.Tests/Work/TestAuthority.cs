using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Moat.Tests;

/// <summary>An authority of a company of its own, whose certificates no machine trusts by itself.</summary>
internal sealed class TestAuthority : IDisposable
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _root;

    public TestAuthority()
    {
        var request = new CertificateRequest("CN=Authority of Acme", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        _root = request.CreateSelfSigned(Now.AddDays(-90), Now.AddDays(90));
    }

    /// <summary>The authority's certificate, without its key, as a file has it.</summary>
    public string Pem => _root.ExportCertificatePem();

    /// <summary>What an operator names who trusts this authority only.</summary>
    public X509Certificate2Collection Trusted()
    {
        var trusted = new X509Certificate2Collection();
        trusted.ImportFromPem(Pem);
        return trusted;
    }

    /// <summary>A server's certificate that ends so many days from now.</summary>
    public X509Certificate2 Issue(string host, int days = 30)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        using var issued = request.Create(
            _root,
            Now.AddDays(-60),
            Now.AddDays(days),
            RandomNumberGenerator.GetBytes(8)
        );
        using var whole = issued.CopyWithPrivateKey(key);
        // Some platforms sign TLS only with a key that was loaded, not with one that was just made.
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null);
    }

    public void Dispose()
    {
        _root.Dispose();
        _key.Dispose();
    }
}
