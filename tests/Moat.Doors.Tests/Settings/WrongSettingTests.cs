using Moat.Hosting.Settings;
using Moat.Isms.Kernel;

namespace Moat.Tests;

/// <summary>What is wrong is told at start under the name that the operator wrote, and no secret is in it.</summary>
public sealed class WrongSettingTests
{
    private const string Secret = "tr0ub4dor";

    public static TheoryData<string, string, string> Wrong =>
        new()
        {
            { "Anchors:Folders", "/dev/null", "'/dev/null' is a file" },
            { "Anchors:Repositories", $"https://user:{Secret}@git.test/a#..", "branch" },
            { "Anchors:Repositories", $"ext::https://user:{Secret}@git.test/a", "not the address of a Git" },
            { "Anchors:Buckets", "nowhere", "not the address of a bucket" },
            { "Anchors:Buckets", "s3://bucket", "key is missing" },
            { "Anchors:Witnesses", "https://witness.test", "is not a witness" },
            { "Outbound:AllowedHosts", "http://10.0.0.8/", "is not a host" },
            { "Outbound:TimeAuthority", "tsa", "time-stamping authority" },
            { "Outbound:MalwareScanner", "clamd", "host:port" },
            { "Outbound:MalwareScanner", "clamd:99999", "host:port" },
            { "Server:Url", "somewhere", "nothing to listen on" },
            { "Server:PublicUrl", "ftp://moat.test", "is not an address" },
            { "Server:Telemetry", "otlp", "OTLP receiver" },
            { "Server:LogLevel", "Loud", "is no level" },
            { "Server:LogLevel", "77", "is no level" },
            { "Server:AllowOwner", "maybe", "neither true nor false" },
            { "Server:TrustedProxies", "10.0.0.0/99", "neither an address nor a network" },
            { "Server:Chromium", "/x/chromium", "no file" },
            { "Storage:Postgres", $"Host=db;Password={Secret};Nonsense=1", "no connection string" },
            { "Mail:Server", "mail.test", "not the address of a mail server" },
            { "Mail:Server", $"smtp://user:{Secret}@mail.test", "Leave the password out" },
            { "Mail:Authority", "/x/ca.pem", "cannot be read" },
            { "Mail:From", "nobody at all <", "Say who messages are from" },
        };

    [Theory, MemberData(nameof(Wrong))]
    public void Each_wrong_value_is_named_as_it_was_written(string path, string value, string why)
    {
        var setting = SettingCatalog.Of(path);
        var names = new List<(string Key, GivenSettings Given)>();
        var lower = setting.LongVariable.ToLowerInvariant().Replace("moat__", "MOAT__", StringComparison.Ordinal);
        foreach (var key in new[] { setting.LongVariable, lower })
        {
            var whole = setting.IsList ? $"{key}__0" : key;
            names.Add((whole, SettingTests.Given([], Beside(path, new() { [whole] = value }))));
        }
        if (setting.Said.Variable is { } variable)
            names.Add((variable, SettingTests.Given([], Beside(path, new() { [variable] = value }))));
        if (setting.Said.Option is { } option)
            names.Add((option, SettingTests.Given(new() { [option] = [value] }, Beside(path, []))));
        foreach (var (key, given) in names)
        {
            var wrong = Assert.Single(Assert.Throws<InputInvalid>(() => DecidedSettings.Server(given)).Errors);
            Assert.Equal(key, wrong.Field);
            Assert.Contains(why, wrong.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(Secret, wrong.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void All_that_is_wrong_is_told_at_once()
    {
        var given = SettingTests.Given(
            new() { ["--url"] = ["somewhere"] },
            new()
            {
                ["MOAT__Anchors__Folders__0"] = Path.GetTempPath(),
                ["MOAT__Anchors__Folders__1"] = "/dev/null",
                ["MOAT_CLAMD"] = "clamd",
                ["MOAT__Mail__Sender"] = "a@b.test",
            }
        );
        var wrong = Assert.Throws<InputInvalid>(() => DecidedSettings.Server(given)).Errors;
        Assert.Equal(
            ["--url", "MOAT_CLAMD", "MOAT__Anchors__Folders__1", "MOAT__Mail__Sender"],
            wrong.Select(w => w.Field).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task The_program_ends_with_2_and_a_sentence_and_without_a_trace()
    {
        using var folder = new TemporaryFolder();
        var (code, output, error) = await MoatProgram.RunIn(
            new() { ["MOAT__Anchors__Folders__0"] = "/dev/null", ["MOAT__Server__Ulr"] = "http://127.0.0.1:0" },
            "serve",
            "--data",
            folder.Of("data")
        );
        Assert.True(code == 2, output + error);
        Assert.Contains("MOAT__Anchors__Folders__0: '/dev/null' is a file", error, StringComparison.Ordinal);
        Assert.Contains("MOAT__Server__Ulr: There is no such setting. Did you mean", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.Of("data")));
    }

    [Fact]
    public async Task The_program_shows_values_with_their_sources_and_no_secret()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(
            folder.Of("appsettings.json"),
            """{"Moat": {"Mail": {"Server": "smtp://moat@mail.test", "From": "moat@acme.test"}, "Storage": {"Postgres": "Host=db;Password=SECRET"}}}""".Replace(
                "SECRET",
                Secret,
                StringComparison.Ordinal
            )
        );
        var (code, output, error) = await MoatProgram.RunIn(
            new() { ["MOAT_SMTP_PASSWORD"] = Secret, ["MOAT__Outbound__AllowedHosts__0"] = "10.0.0.8" },
            "serve",
            "--print-config",
            "--data",
            folder.Path,
            "--url",
            "http://127.0.0.1:0"
        );
        Assert.True(code == 0, output + error);
        Assert.DoesNotContain(Secret, output + error, StringComparison.Ordinal);
        foreach (
            var line in new[]
            {
                $"Moat:Storage:DataFolder        {folder.Path}  (command line: --data)",
                $"Moat:Storage:Postgres          Host=db;Password=****  ({folder.Of("appsettings.json")}: Moat:Storage:Postgres)",
                "Moat:Mail:Password             ****  (environment: MOAT_SMTP_PASSWORD)",
                "Moat:Outbound:AllowedHosts     10.0.0.8  (environment: MOAT__Outbound__AllowedHosts__0)",
                "Moat:Server:LogLevel           Warning  (as usual)",
            }
        )
            Assert.Contains(line + "\n", output, StringComparison.Ordinal);
    }

    /// <summary>What has to be given beside a setting, so that nothing else is wrong.</summary>
    private static Dictionary<string, string> Beside(string path, Dictionary<string, string> environment)
    {
        if (path is "Mail:From" or "Mail:Authority")
            environment["MOAT_SMTP"] = "smtp://mail.test";
        if (path is "Mail:Server" or "Mail:Authority")
            environment["MOAT_MAIL_FROM"] = "moat@acme.test";
        return environment;
    }
}
