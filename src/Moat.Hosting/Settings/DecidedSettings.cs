using Moat.Hosting.Anchors;
using Moat.Hosting.Mail;
using Moat.Isms.Kernel;
using Moat.Storage;
using Moat.Storage.Blobs;
using Moat.Storage.Keys;

namespace Moat.Hosting.Settings;

/// <summary>Turns settings into what the parts of an installation take, and looks at each of them at start.</summary>
public static class DecidedSettings
{
    /// <summary>Where the data is. Throws <see cref="InputInvalid"/>.</summary>
    public static StorageOptions Storage(GivenSettings given)
    {
        var storage = given.Bound.Storage;
        var made = new StorageOptions
        {
            DataFolder = Path.GetFullPath(storage.DataFolder),
            Postgres = SettingChecks.Connection(given, "Storage:Postgres", storage.Postgres),
            JournalKeyFile = storage.JournalKeyFile is { } file ? Path.GetFullPath(file) : null,
            Bucket = Bucket(given, storage),
            JournalKeyVariable =
                storage.JournalKeyFile is null && storage.JournalKey is not null
                    ? given.KeyOf("Storage:JournalKey")
                    : null,
            ProtectionKeyFile = storage.ProtectionKeyFile is { } sealing ? Path.GetFullPath(sealing) : null,
            ProtectionKey = storage.ProtectionKeyFile is null ? storage.ProtectionKey : null,
        };
        if (made.JournalKeyVariable is not null)
            SettingChecks.JournalKey(given, "Storage:JournalKey", storage.JournalKey!);
        if (made.ProtectionKeyFile is { } named && ProtectionSecret.Trouble(named) is { } trouble)
            given.Refuse("Storage:ProtectionKeyFile", 0, trouble);
        if (made.ProtectionKey is { } text && ProtectionSecret.Read(text) is null)
            given.Refuse("Storage:ProtectionKey", 0, "This is no key: write 32 random bytes in Base64.");
        given.MustHold();
        return made;
    }

    private static BucketOptions? Bucket(GivenSettings given, StorageSettings storage) =>
        SettingChecks.Each(
            given,
            "Storage:Bucket",
            storage.Bucket is { } address ? [address] : [],
            text => BucketOptions.Read(text, storage.BucketKey)
        )
            is [var bucket]
            ? bucket
            : null;

    /// <summary>Everything that a server takes. Throws <see cref="InputInvalid"/> with all that is wrong.</summary>
    public static ServerOptions Server(GivenSettings given)
    {
        var server = given.Bound.Server;
        var outside = Outside(given, given.Bound.Outbound);
        return new ServerOptions
        {
            Url = SettingChecks.Listening(given, "Server:Url", server.Url),
            Outside = outside,
            AllowOwner = server.AllowOwner,
            LogLevel = SettingChecks.Level(given, "Server:LogLevel", server.LogLevel),
            TrustedProxies = SettingChecks.Each(given, "Server:TrustedProxies", server.TrustedProxies, AsNetwork),
            Chromium = SettingChecks.Existing(given, "Server:Chromium", server.Chromium),
            Storage = Storage(given),
        };
    }

    /// <summary>Where to listen. Throws <see cref="InputInvalid"/>.</summary>
    public static string Listening(GivenSettings given)
    {
        var url = SettingChecks.Listening(given, "Server:Url", given.Bound.Server.Url);
        given.MustHold();
        return url;
    }

    private static OutsideWorld Outside(GivenSettings given, OutboundSettings outbound) =>
        new()
        {
            TimeAuthority = SettingChecks.Web(
                given,
                "Outbound:TimeAuthority",
                outbound.TimeAuthority,
                "the address of a time-stamping authority. Write one such as https://tsa.example/tsr."
            ),
            Anchors = Anchors(given, given.Bound.Anchors),
            AllowedHosts = SettingChecks.Each(given, "Outbound:AllowedHosts", outbound.AllowedHosts, AsHost),
            MalwareScanner = SettingChecks.Scanner(given, "Outbound:MalwareScanner", outbound.MalwareScanner),
            Telemetry = SettingChecks.Web(
                given,
                "Server:Telemetry",
                given.Bound.Server.Telemetry,
                "the address of an OTLP receiver. Write one such as http://127.0.0.1:4318."
            ),
            Mail = Mail(given, given.Bound.Mail),
            PublicUrl = SettingChecks.Web(
                given,
                "Server:PublicUrl",
                given.Bound.Server.PublicUrl,
                "an address. Write one such as https://moat.your-company.example."
            ),
        };

    private static AnchorOptions Anchors(GivenSettings given, AnchorSettings anchors)
    {
        var key = SettingChecks.BucketKey(given, "Anchors:BucketKey", anchors.BucketKey);
        return new()
        {
            Folders = SettingChecks.Each(given, "Anchors:Folders", anchors.Folders, AsFolder),
            Repositories = SettingChecks.Each(given, "Anchors:Repositories", anchors.Repositories, GitAddress.Read),
            Buckets = SettingChecks.Each(
                given,
                "Anchors:Buckets",
                anchors.Buckets,
                text => BucketAddress.Read(text, key)
            ),
            Witnesses = SettingChecks.Each(given, "Anchors:Witnesses", anchors.Witnesses, WitnessAddress.Read),
        };
    }

    private static MailOptions? Mail(GivenSettings given, MailSettings mail)
    {
        if (mail.Server is null)
            return null;
        var from = mail.From;
        if (!MimeKit.MailboxAddress.TryParse(from ?? "", out _))
        {
            given.Refuse("Mail:From", 0, "Say who messages are from, such as \"Moat <moat@your-company.example>\".");
            // What is wrong with the server is told at once, too.
            from = "moat@your-company.example";
        }
        var read = MailOptions.Read(mail.Server, from, mail.Password, why => given.Refuse("Mail:Server", 0, why));
        return mail.Authority is not { } file || read is null
            ? read
            : read with
            {
                Authorities = MailOptions.ReadAuthorities(file, why => given.Refuse("Mail:Authority", 0, why)),
            };
    }

    // A drive that is away is told each minute and on its page, and what it missed is sent when it is back.
    private static string AsFolder(string text) =>
        File.Exists(text)
            ? throw new FormatException($"'{text}' is a file. Name the folder that checkpoints are put into.")
            : Path.GetFullPath(text);

    private static string AsHost(string text) =>
        Uri.CheckHostName(text.Trim('[', ']')) != UriHostNameType.Unknown
            ? text
            : throw new FormatException($"'{text}' is not a host. Write its name or address alone, such as 10.0.0.8.");

    private static System.Net.IPNetwork AsNetwork(string text) =>
        System.Net.IPNetwork.TryParse(text, out var network) ? network
        : System.Net.IPAddress.TryParse(text, out var one)
            ? new System.Net.IPNetwork(
                one,
                one.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? 32 : 128
            )
        : throw new FormatException($"'{text}' is neither an address nor a network such as 10.0.0.0/24.");
}
