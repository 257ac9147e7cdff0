using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Moat.Hosting.Mail;

/// <summary>How the connection to the mail server is protected.</summary>
public enum MailProtection
{
    /// <summary>It begins in the clear and must turn to TLS before anything is said (STARTTLS).</summary>
    StartTls,

    /// <summary>TLS from the first byte.</summary>
    Tls,

    /// <summary>None; for a relay on this machine.</summary>
    None,
}

/// <summary>The mail server that digests go out through.</summary>
public sealed record MailOptions
{
    private static readonly Dictionary<string, (MailProtection Protection, int Port)> Schemes = new()
    {
        ["smtp"] = (MailProtection.StartTls, 587),
        ["smtps"] = (MailProtection.Tls, 465),
        ["smtp+plain"] = (MailProtection.None, 25),
    };

    /// <summary>Its host.</summary>
    public required string Host { get; init; }

    /// <summary>Its port.</summary>
    public required int Port { get; init; }

    /// <summary>How the connection is protected.</summary>
    public required MailProtection Protection { get; init; }

    /// <summary>The user that signs in; nobody when left out.</summary>
    public string? User { get; init; }

    /// <summary>The user's password.</summary>
    public string? Secret { get; init; }

    /// <summary>The sender of messages.</summary>
    public required string From { get; init; }

    /// <summary>The only authorities whose certificates count; those of the machine when left out.</summary>
    public X509Certificate2Collection? Authorities { get; init; }

    /// <summary>
    /// Reads the certificates of authorities from a PEM file; null with a reason when there is none in it.
    /// </summary>
    public static X509Certificate2Collection? ReadAuthorities(string path, Action<string> refuse)
    {
        var found = new X509Certificate2Collection();
        try
        {
            found.ImportFromPemFile(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            refuse($"The certificates in '{path}' cannot be read: {e.Message}");
            return null;
        }
        if (found.Count > 0)
            return found;
        refuse(
            $"There is no certificate in '{path}'. It has to be in PEM form, between BEGIN CERTIFICATE and END CERTIFICATE."
        );
        return null;
    }

    /// <summary>
    /// Reads <c>smtp://user@host:587</c>, <c>smtps://…</c> or <c>smtp+plain://…</c>; null with a reason when it is
    /// none.
    /// </summary>
    public static MailOptions? Read(string address, string? from, string? secret, Action<string> refuse)
    {
        if (
            !Uri.TryCreate(address, UriKind.Absolute, out var uri)
            || !Schemes.TryGetValue(uri.Scheme, out var scheme)
            || uri.Host.Length == 0
        )
        {
            refuse($"'{address}' is not the address of a mail server. Write one such as smtp://moat@mail.example:587.");
            return null;
        }
        if (uri.UserInfo.Contains(':', StringComparison.Ordinal))
        {
            refuse(
                "Leave the password out of the mail server's address; give it in MOAT_SMTP_PASSWORD, where other users of the machine do not see it."
            );
            return null;
        }
        var user = uri.UserInfo.Length == 0 ? null : Uri.UnescapeDataString(uri.UserInfo);
        if (!MimeKit.MailboxAddress.TryParse(from ?? "", out _))
        {
            refuse("Say who messages are from: --mail-from \"Moat <moat@your-company.example>\".");
            return null;
        }
        return new MailOptions
        {
            Host = uri.Host,
            Port = uri.Port > 0 ? uri.Port : scheme.Port,
            Protection = scheme.Protection,
            User = user,
            Secret = string.IsNullOrEmpty(secret) ? null : secret,
            From = from!,
        };
    }

    // What is printed never shows the password.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(
            CultureInfo.InvariantCulture,
            $"{Host}:{Port}, {Protection}, user {User ?? "none"}, password {(Secret is null ? "none" : "****")}, from {From}{(Authorities is null ? "" : ", certificates of own authorities only")}"
        );
        return true;
    }
}
