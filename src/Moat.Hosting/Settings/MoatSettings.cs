namespace Moat.Hosting.Settings;

/// <summary>
/// Everything that an operator decides about an installation. The names of the classes' properties are the keys of the
/// section <c>Moat</c> in <c>appsettings.json</c> and, with two underscores between them, in the environment.
/// </summary>
public sealed record MoatSettings
{
    /// <summary>The section that is Moat's own.</summary>
    public const string Section = "Moat";

    /// <summary>Where the data is.</summary>
    public StorageSettings Storage { get; init; } = new();

    /// <summary>How it serves.</summary>
    public ServingSettings Server { get; init; } = new();

    /// <summary>What it may reach outside.</summary>
    public OutboundSettings Outbound { get; init; } = new();

    /// <summary>Which places hold checkpoints.</summary>
    public AnchorSettings Anchors { get; init; } = new();

    /// <summary>How digests go out.</summary>
    public MailSettings Mail { get; init; } = new();
}

/// <summary>Where an installation keeps its data.</summary>
public sealed record StorageSettings
{
    /// <summary>The folder.</summary>
    [Setting("The data folder", Option = "--data", Variable = "MOAT_DATA")]
    public string DataFolder { get; init; } = "data";

    /// <summary>PostgreSQL instead of the folder's SQLite file.</summary>
    [Setting("A PostgreSQL connection string instead of SQLite", Option = "--postgres", Variable = "MOAT_POSTGRES")]
    public string? Postgres { get; init; }

    /// <summary>Where files are kept instead of the folder.</summary>
    [Setting(
        "A bucket that files are kept in instead of the data folder: s3://BUCKET/PREFIX?region=eu-central-1 or https://STORAGE/BUCKET/PREFIX, with kms-key, encryption, lock-days and path-style where they are wished",
        Option = "--blobs",
        Variable = "MOAT_BLOBS"
    )]
    public string? Bucket { get; init; }

    /// <summary>The bucket's key.</summary>
    [Setting(
        "The key of the bucket of files, as id:secret; without it the key is what the environment gives to programs of Amazon",
        Variable = "MOAT_BLOBS_KEY",
        IsSecret = true
    )]
    public string? BucketKey { get; init; }

    /// <summary>Where the journal's key is a file of its own.</summary>
    [Setting(
        "The file of the journal's key, where it is not keys/journal.key in the data folder",
        Option = "--journal-key",
        Variable = "MOAT_JOURNAL_KEY_FILE"
    )]
    public string? JournalKeyFile { get; init; }

    /// <summary>The journal's key itself.</summary>
    [Setting(
        "The journal's key itself, as moat key new prints it",
        Variable = "MOAT_JOURNAL_KEY",
        IsSecret = true,
        EnvironmentOnly = true
    )]
    public string? JournalKey { get; init; }

    /// <summary>Where the key that seals other keys is a file of its own.</summary>
    [Setting(
        "The file of the key that seals keys of cookies and secrets, where it is not keys/protection.key in the data folder",
        Option = "--protection-key",
        Variable = "MOAT_PROTECTION_KEY_FILE"
    )]
    public string? ProtectionKeyFile { get; init; }

    /// <summary>The key that seals other keys itself.</summary>
    [Setting(
        "That key itself: 32 random bytes in Base64, the same for every server of a database",
        Variable = "MOAT_PROTECTION_KEY",
        IsSecret = true,
        EnvironmentOnly = true
    )]
    public string? ProtectionKey { get; init; }
}

/// <summary>How an installation serves.</summary>
public sealed record ServingSettings
{
    /// <summary>Where to listen.</summary>
    [Setting("Where to listen", Option = "--url", Variable = "MOAT_URL")]
    public string Url { get; init; } = "http://127.0.0.1:4400";

    /// <summary>Where people reach it.</summary>
    [Setting(
        "Where people reach this installation, for links in mail, calendars and webhooks, such as https://moat.your-company.example",
        Option = "--public-url",
        Variable = "MOAT_PUBLIC_URL"
    )]
    public string? PublicUrl { get; init; }

    /// <summary>Whose word about the client is believed.</summary>
    [Setting(
        "A proxy on another machine that tells who really asks (X-Forwarded-For, X-Forwarded-Proto): its address, or a network such as 10.0.0.0/24",
        Option = "--trust-proxy",
        Variable = "MOAT_TRUST_PROXY"
    )]
    public IReadOnlyList<string> TrustedProxies { get; init; } = [];

    /// <summary>Whether the owner of the tables may serve.</summary>
    [Setting(
        "Serve PostgreSQL as the owner of its tables or a superuser, for whom row-level security and the journal's protection do not hold",
        Option = "--allow-owner",
        Variable = "MOAT_ALLOW_OWNER"
    )]
    public bool AllowOwner { get; init; }

    /// <summary>From which level on the log tells.</summary>
    [Setting(
        "What the log tells: Trace, Debug, Information, Warning, Error, Critical or None, and everything graver",
        Option = "--log-level",
        Variable = "MOAT_LOG_LEVEL"
    )]
    public string LogLevel { get; init; } = "Warning";

    /// <summary>Where telemetry goes.</summary>
    [Setting(
        "Where traces, metrics and logs of this server go: an OTLP receiver over HTTP, such as http://127.0.0.1:4318; they hold no names, records or inputs",
        Option = "--telemetry",
        Variable = "MOAT_TELEMETRY"
    )]
    public string? Telemetry { get; init; }

    /// <summary>What prints PDFs.</summary>
    [Setting(
        "The Chromium that prints PDFs, where it is not in PATH",
        Option = "--chromium",
        Variable = "MOAT_CHROMIUM"
    )]
    public string? Chromium { get; init; }
}

/// <summary>What an installation may reach outside, beside anchors and mail.</summary>
public sealed record OutboundSettings
{
    /// <summary>Hosts inside that may be reached.</summary>
    [Setting(
        "A host that collectors and webhooks may reach although it is this machine or a service of its network",
        Option = "--allow-host",
        Variable = "MOAT_ALLOW_HOSTS"
    )]
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>Who stamps.</summary>
    [Setting(
        "A time-stamping authority (RFC 3161) for approved documents and checkpoints of the journals, such as https://tsa.example/tsr",
        Option = "--time-authority",
        Variable = "MOAT_TIME_AUTHORITY"
    )]
    public string? TimeAuthority { get; init; }

    /// <summary>Who looks at uploads.</summary>
    [Setting(
        "Where clamd listens, to scan uploads: a socket's path or host:port",
        Option = "--clamd",
        Variable = "MOAT_CLAMD"
    )]
    public string? MalwareScanner { get; init; }
}

/// <summary>Which places outside hold checkpoints of the journals.</summary>
public sealed record AnchorSettings
{
    /// <summary>Folders.</summary>
    [Setting(
        "A folder that checkpoints of the journals are written to each day, such as a drive that somebody else keeps",
        Option = "--anchor-folder",
        Variable = "MOAT_ANCHOR_FOLDER"
    )]
    public IReadOnlyList<string> Folders { get; init; } = [];

    /// <summary>Git repositories.</summary>
    [Setting(
        "A Git repository that checkpoints are pushed to, with an optional #branch (needs the git program)",
        Option = "--anchor-git",
        Variable = "MOAT_ANCHOR_GIT"
    )]
    public IReadOnlyList<string> Repositories { get; init; } = [];

    /// <summary>Buckets.</summary>
    [Setting(
        "A bucket that checkpoints are written to and locked in: s3://BUCKET/PREFIX?region=eu-central-1&lock-days=1126 or https://STORAGE/BUCKET/PREFIX",
        Option = "--anchor-s3",
        Variable = "MOAT_ANCHOR_S3"
    )]
    public IReadOnlyList<string> Buckets { get; init; } = [];

    /// <summary>The key of the buckets.</summary>
    [Setting("The buckets' key, as id:secret", Variable = "MOAT_ANCHOR_S3_KEY", IsSecret = true)]
    public string? BucketKey { get; init; }

    /// <summary>Witnesses.</summary>
    [Setting(
        "A witness that cosigns checkpoints, as URL=KEY; moat witness prints both",
        Option = "--witness",
        Variable = "MOAT_WITNESS"
    )]
    public IReadOnlyList<string> Witnesses { get; init; } = [];
}

/// <summary>How digests go out.</summary>
public sealed record MailSettings
{
    /// <summary>The mail server.</summary>
    [Setting(
        "The mail server that digests go out through: smtp://user@host:587 (STARTTLS), smtps://… (TLS) or smtp+plain://…",
        Option = "--smtp",
        Variable = "MOAT_SMTP"
    )]
    public string? Server { get; init; }

    /// <summary>Its user's password.</summary>
    [Setting("The mail user's password", Variable = "MOAT_SMTP_PASSWORD", IsSecret = true)]
    public string? Password { get; init; }

    /// <summary>Whose certificates count.</summary>
    [Setting(
        "A PEM file with the certificate of your own authority, when the mail server's certificate is from it; then no other counts for mail",
        Option = "--smtp-ca",
        Variable = "MOAT_SMTP_CA"
    )]
    public string? Authority { get; init; }

    /// <summary>The sender.</summary>
    [Setting(
        "Who digests are from, such as \"Moat <moat@your-company.example>\"",
        Option = "--mail-from",
        Variable = "MOAT_MAIL_FROM"
    )]
    public string? From { get; init; }
}
