using System.Net;
using Moat.Cli.Doctor;
using Moat.Hosting.Mail;
using Moat.Storage;

namespace Moat.Tests;

/// <summary>What the doctor finds out about keys, files, addresses, mail and backups.</summary>
public sealed class DoctorTests
{
    [Fact]
    public async Task A_whole_installation_has_nothing_broken()
    {
        await using var company = await Company.Found("sqlite");
        var found = await Doctors.Examine(company);
        Assert.Empty(found.Findings.Where(f => f.Condition == Condition.Broken).Select(f => f.Says));
        string[] looked =
        [
            "files of evidence",
            "file rights",
            "free disk",
            "database",
            "clock",
            "journal's key",
            "protection.key",
            "backup",
        ];
        Assert.Empty(looked.Except(found.Findings.Select(f => f.About)));
        // A backup that nobody tried and an address that nobody named are no faults.
        Assert.Equal(
            ["backup", "public address"],
            found.Findings.Where(f => f.Condition == Condition.Warning).Select(f => f.About).Order()
        );
    }

    [Fact]
    public async Task A_journals_key_that_is_missing_is_another_or_is_no_key()
    {
        await using var company = await Company.Found("sqlite");
        var file = Path.Combine(company.Storage.KeyFolder, "journal.key");
        var key = await File.ReadAllTextAsync(file);
        async Task<Finding> With(string text)
        {
            await File.WriteAllTextAsync(file, text);
            return (await Doctors.Examine(company)).Trouble("journal's key", Condition.Broken);
        }
        Assert.Contains(
            "has another one",
            (await With(Storage.Keys.KeyText.New("moat/x"))).Says,
            StringComparison.Ordinal
        );
        Assert.Contains("is not the key", (await With("nonsense")).Says, StringComparison.Ordinal);
        File.Delete(file);
        Assert.Contains(
            "this installation has none",
            (await Doctors.Examine(company)).Trouble("journal's key", Condition.Broken).Says,
            StringComparison.Ordinal
        );
        Assert.False(File.Exists(file));
        await File.WriteAllTextAsync(file, key + Storage.Keys.KeyText.New("moat/x"));
        (await Doctors.Examine(company)).Trouble("journal's key", Condition.Warning);
    }

    [Fact]
    public async Task A_protection_key_that_is_missing_is_another_or_is_no_key()
    {
        await using var company = await Company.Found("sqlite");
        var file = Path.Combine(company.Storage.KeyFolder, "protection.key");
        await File.WriteAllTextAsync(file, Convert.ToBase64String(new byte[32]));
        Assert.Contains("does not open 1 of the 1", await Says(), StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, Convert.ToBase64String(new byte[16]));
        Assert.Contains("cannot be read", await Says(), StringComparison.Ordinal);
        File.Delete(file);
        Assert.Contains("not there", await Says(), StringComparison.Ordinal);
        Assert.False(File.Exists(file));

        async Task<string> Says() => (await Doctors.Examine(company)).Trouble("protection.key", Condition.Broken).Says;
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task Files_that_others_may_read()
    {
        await using var company = await Company.Found("sqlite");
        var key = Path.Combine(company.Storage.KeyFolder, "journal.key");
        File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        Assert.Contains(
            $"chmod 600 {key}",
            (await Doctors.Examine(company)).Trouble("file rights", Condition.Broken).Mend,
            StringComparison.Ordinal
        );
        File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        (await Doctors.Examine(company)).Trouble("file rights", Condition.Warning);
        File.SetUnixFileMode(key, UnixFileMode.UserRead);
        var all = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        File.SetUnixFileMode(company.Storage.DataFolder, all | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        Assert.Contains(
            "(705)",
            (await Doctors.Examine(company)).Trouble("file rights", Condition.Warning).Says,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Files_that_cannot_be_kept()
    {
        // Nobody, not even root, writes there.
        Assert.SkipUnless(Directory.Exists("/proc/self"), "There is no /proc.");
        var found = await Doctors.Examine(new StorageOptions { DataFolder = "/proc/self" });
        found.Trouble("files of evidence", Condition.Broken);
        found.Trouble("free disk", Condition.Warning);
    }

    [Fact]
    public async Task Addresses_that_lead_nowhere_or_are_open()
    {
        await using var company = await Company.Found("sqlite");
        (await With("http://127.0.0.1:4400", null)).Trouble("public address", Condition.Warning);
        (await With("http://127.0.0.1:4400", "http://moat.acme.test")).Trouble("public address", Condition.Warning);
        (await With("http://+:4400", "https://localhost")).Trouble("public address", Condition.Warning);
        (await With("http://*:4400", "https://moat.acme.test")).Trouble("proxy", Condition.Warning);
        (await With("http://*:4400", "https://moat.acme.test", "0.0.0.0/0")).Trouble("proxy", Condition.Broken);
        var good = await With("http://0.0.0.0:4400", "https://moat.acme.test", "10.0.0.5/32");
        Assert.Equal(
            2,
            good.Findings.Count(f => f is { About: "public address" or "proxy", Condition: Condition.Fine })
        );

        Task<Diagnosis> With(string url, string? publicly, params string[] proxies) =>
            Doctors.Examine(
                company,
                o =>
                    o with
                    {
                        Url = url,
                        TrustedProxies = [.. proxies.Select(IPNetwork.Parse)],
                        Outside = new() { PublicUrl = publicly is null ? null : new Uri(publicly) },
                    }
            );
    }

    [Fact]
    public async Task The_mail_server_is_asked_and_gets_a_message_only_when_somebody_says_so()
    {
        await using var company = await Company.Found("sqlite");
        using var authority = new TestAuthority();
        using var certificate = authority.Issue("localhost");
        await using var smtp = Relay.Start(certificate, "moat", "hunter2-hunter2");
        var mail = smtp.Options with { User = "moat", Secret = "hunter2-hunter2", Authorities = authority.Trusted() };
        var found = await With(mail);
        Assert.Contains(found.Findings, f => f is { About: "mail", Condition: Condition.Fine });
        Assert.True(smtp.SignedInOverTls);
        Assert.Empty(smtp.Messages);
        await With(mail, "ada@acme.test");
        Assert.Equal("ada@acme.test", $"{Assert.Single(smtp.Messages).To}");
        (await With(mail with { Secret = "another" })).Trouble("mail", Condition.Broken);
        (await With(mail with { Authorities = null })).Trouble("mail", Condition.Broken);
        (await With(mail, "nobody at all@")).Trouble("mail", Condition.Broken);
        (await With(null, "ada@acme.test")).Trouble("mail", Condition.Broken);
        Assert.Single(smtp.Messages);

        Task<Diagnosis> With(MailOptions? options, string? recipient = null) =>
            Doctors.Examine(company, o => o with { Outside = new() { Mail = options } }, new Examined(recipient));
    }

    [Fact]
    public async Task Backups_that_are_old_or_none_and_drills_that_were_never_run()
    {
        await using var company = await Company.Found("sqlite");
        using var folder = new TemporaryFolder();
        Assert.Contains("There is none", await Says(Condition.Broken), StringComparison.Ordinal);
        await File.WriteAllTextAsync(folder.Of("moat.backup"), "…");
        File.SetLastWriteTimeUtc(folder.Of("moat.backup"), company.Clock.GetUtcNow().UtcDateTime.AddHours(-49));
        Assert.Contains("49 hours old", await Says(Condition.Warning), StringComparison.Ordinal);
        File.SetLastWriteTimeUtc(folder.Of("moat.backup"), company.Clock.GetUtcNow().UtcDateTime.AddHours(-47));
        Assert.Contains("47 hours old", await Says(Condition.Fine), StringComparison.Ordinal);

        async Task<string> Says(Condition condition) =>
            (await Doctors.Examine(company, also: new Examined(Backups: folder.Path)))
                .Findings.Last(f => f.About == "backup" && f.Condition == condition)
                .Says;
    }
}
