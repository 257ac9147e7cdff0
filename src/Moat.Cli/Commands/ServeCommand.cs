using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Moat.Isms.Kernel;
using Moat.Server.Accounts;
using Moat.Server.Host;
using Moat.Server.Host.Mail;

namespace Moat.Cli.Commands;

/// <summary>Serves an installation.</summary>
internal static class ServeCommand
{
    /// <summary>Where to listen.</summary>
    public static Option<string> Url { get; } =
        new("--url")
        {
            Description = "Where to listen",
            DefaultValueFactory = _ => Environment.GetEnvironmentVariable("MOAT_URL") ?? "http://127.0.0.1:4400",
        };

    private static readonly Option<Uri?> TimeAuthority = new("--time-authority")
    {
        Description =
            "A time-stamping authority (RFC 3161) for approved documents and checkpoints of the journals, such as "
            + "https://tsa.example/tsr (default: MOAT_TIME_AUTHORITY)",
        CustomParser = argument => Address(argument.Tokens[0].Value, argument.AddError),
        DefaultValueFactory = argument =>
            Environment.GetEnvironmentVariable("MOAT_TIME_AUTHORITY") is { Length: > 0 } named
                ? Address(named, argument.AddError)
                : null,
    };

    private static readonly Option<string[]> AllowedHosts = new("--allow-host")
    {
        Description =
            "A host that collectors may read although it is this machine or a service of its network; may be repeated (default: MOAT_ALLOW_HOSTS, separated by commas)",
        DefaultValueFactory = _ =>
            (Environment.GetEnvironmentVariable("MOAT_ALLOW_HOSTS") ?? "").Split(
                ',',
                StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
            ),
    };

    private static readonly Option<string?> MalwareScanner = new("--clamd")
    {
        Description = "Where clamd listens, to scan uploads: a socket's path or host:port (default: MOAT_CLAMD)",
        DefaultValueFactory = _ =>
            Environment.GetEnvironmentVariable("MOAT_CLAMD") is { Length: > 0 } named ? named : null,
    };

    private static readonly Option<string?> Smtp = new("--smtp")
    {
        Description =
            "The mail server that digests go out through: smtp://user@host:587 (STARTTLS), smtps://… (TLS) or smtp+plain://… (default: MOAT_SMTP; the password in MOAT_SMTP_PASSWORD)",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("MOAT_SMTP"),
    };

    private static readonly Option<string?> SmtpAuthority = new("--smtp-ca")
    {
        Description =
            "A PEM file with the certificate of your own authority, when the mail server's certificate is from it; then no other counts for mail (default: MOAT_SMTP_CA)",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("MOAT_SMTP_CA"),
    };

    private static readonly Option<string?> MailFrom = new("--mail-from")
    {
        Description = "Who digests are from, such as \"Moat <moat@your-company.example>\" (default: MOAT_MAIL_FROM)",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("MOAT_MAIL_FROM"),
    };

    private static readonly Option<string?> PublicUrl = new("--public-url")
    {
        Description =
            "Where people reach this installation, for links in mail, calendars and webhooks, such as https://moat.your-company.example (default: MOAT_PUBLIC_URL)",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("MOAT_PUBLIC_URL"),
    };

    private static readonly Option<Uri?> Telemetry = new("--telemetry")
    {
        Description =
            "Where traces, metrics and logs of this server go: an OTLP receiver over HTTP, such as http://127.0.0.1:4318; they hold no "
            + "names, records or inputs (default: MOAT_TELEMETRY, else none)",
        CustomParser = argument => Receiver(argument.Tokens[0].Value, argument.AddError),
        DefaultValueFactory = argument =>
            Environment.GetEnvironmentVariable("MOAT_TELEMETRY") is { Length: > 0 } named
                ? Receiver(named, argument.AddError)
                : null,
    };

    private static readonly Option<bool> AllowOwner = new("--allow-owner")
    {
        Description =
            "Serve PostgreSQL as the owner of its tables or a superuser, for whom row-level security and the journal's protection do "
            + "not hold (default: MOAT_ALLOW_OWNER=true)",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("MOAT_ALLOW_OWNER") == "true",
    };

    public static Command Make()
    {
        var command = new Command("serve", "Serve an installation; an empty one opens the set-up")
        {
            Url,
            TimeAuthority,
            AllowedHosts,
            MalwareScanner,
            Smtp,
            SmtpAuthority,
            MailFrom,
            PublicUrl,
            Telemetry,
            AllowOwner,
            Installation.Data,
            Installation.Postgres,
        };
        foreach (var option in AnchorSettings.All)
            command.Add(option);
        command.SetAction(
            async (parsed, ct) =>
            {
                var outside = Outside(parsed);
                await using var app = MoatServer.Build(
                    new ServerOptions
                    {
                        Storage = Installation.Storage(parsed),
                        Url = Listening(parsed.GetValue(Url)!),
                        Outside = outside,
                        AllowOwner = parsed.GetValue(AllowOwner),
                    }
                );
                await app.StartAsync(ct);
                await using (var scope = app.Services.CreateAsyncScope())
                {
                    var empty = await scope.ServiceProvider.GetRequiredService<AccountDesk>().IsEmpty(ct);
                    foreach (var url in app.Urls)
                        Console.WriteLine(empty ? $"Moat is empty. Begin at {url}/setup" : $"Moat serves at {url}");
                }
                if (outside.Mail is { } mail)
                    Console.WriteLine($"Digests go out by mail: {mail}");
                await app.WaitForShutdownAsync(ct);
                return 0;
            }
        );
        return command;
    }

    private static OutsideWorld Outside(ParseResult parsed) =>
        new()
        {
            TimeAuthority = parsed.GetValue(TimeAuthority),
            Anchors = AnchorSettings.Read(parsed),
            AllowedHosts = parsed.GetValue(AllowedHosts)!,
            MalwareScanner = parsed.GetValue(MalwareScanner),
            Telemetry = parsed.GetValue(Telemetry),
            Mail = parsed.GetValue(Smtp) is { Length: > 0 } smtp ? Mail(smtp, parsed) : null,
            PublicUrl = parsed.GetValue(PublicUrl) is { Length: > 0 } url ? Site(url) : null,
        };

    private static MailOptions? Mail(string smtp, ParseResult parsed) =>
        MailOptions.Read(
            smtp,
            parsed.GetValue(MailFrom),
            Environment.GetEnvironmentVariable("MOAT_SMTP_PASSWORD"),
            Refuse
        )
            is not { } mail
            ? null
        : parsed.GetValue(SmtpAuthority) is { Length: > 0 } file
            ? mail with
            {
                Authorities = MailOptions.ReadAuthorities(file, why => throw new InputInvalid("--smtp-ca", why)),
            }
        : mail;

    private static Uri Site(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw new InputInvalid(
                "--public-url",
                $"'{text}' is not an address. Write one such as https://moat.your-company.example."
            );

    private static string Listening(string text)
    {
        // Hosts such as + and * mean every address of the machine and are none of a URI.
        var plain = text.Replace("//+", "//0.0.0.0", StringComparison.Ordinal)
            .Replace("//*", "//0.0.0.0", StringComparison.Ordinal);
        return Uri.TryCreate(plain, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? text
            : throw new InputInvalid(
                "--url",
                $"'{text}' is nothing to listen on. Write an address such as http://127.0.0.1:4400."
            );
    }

    private static void Refuse(string why) => throw new InputInvalid("--smtp", why);

    private static Uri? Address(string text, Action<string> refuse) =>
        Web(text, refuse, "the address of a time-stamping authority. Write one such as https://tsa.example/tsr.");

    private static Uri? Receiver(string text, Action<string> refuse) =>
        Web(text, refuse, "the address of an OTLP receiver. Write one such as http://127.0.0.1:4318.");

    private static Uri? Web(string text, Action<string> refuse, string wanted)
    {
        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
            return address;
        refuse($"'{text}' is not {wanted}");
        return null;
    }
}
