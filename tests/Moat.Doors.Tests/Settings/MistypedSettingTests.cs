using System.Text.RegularExpressions;
using Moat.Hosting.Settings;
using Moat.Isms.Kernel;

namespace Moat.Tests;

/// <summary>What an operator mistypes is told with its place, before anything is opened or made.</summary>
public sealed partial class MistypedSettingTests
{
    private const string Secret = "tr0ub4dor";

    [Theory]
    [InlineData("MOAT_CLAMDD", "Did you mean MOAT_CLAMD?")]
    [InlineData("moat_clamd", "Did you mean MOAT_CLAMD?")]
    [InlineData("MOAT_Storage_Postgres", "Did you mean MOAT__Storage__Postgres?")]
    [InlineData("MOAT_PASPHRASE", "Did you mean MOAT_PASSPHRASE?")]
    [InlineData("MOAT_FOO", "'moat serve --print-config' lists all.")]
    public void A_variable_of_Moats_own_that_nobody_reads_is_wrong(string variable, string says)
    {
        var given = SettingTests.Given([], new() { [variable] = "x" });
        var wrong = Assert.Single(Assert.Throws<InputInvalid>(() => DecidedSettings.Server(given)).Errors);
        Assert.Equal(variable, wrong.Field);
        Assert.Contains(says, wrong.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MOAT_SERVICE_HOST")]
    [InlineData("MOAT_SERVICE_PORT_HTTP")]
    [InlineData("MOAT_PORT")]
    [InlineData("MOAT_PORT_4400_TCP_ADDR")]
    [InlineData("MOAT_DB_SERVICE_PORT")]
    [InlineData("MOATS")]
    public void What_a_cluster_tells_every_container_is_nobodys_mistake(string variable) =>
        Assert.False(ShortVariables.IsUnknown(variable));

    [Fact]
    public void Every_variable_that_the_repository_reads_is_known()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root!.FullName, "Moat.slnx")))
            root = root.Parent;
        var files = new[] { "src", "tests", "bench", "fuzz", "docs" }
            .Select(f => Path.Combine(root.FullName, f))
            .Where(Directory.Exists)
            .SelectMany(f => Directory.EnumerateFiles(f, "*", SearchOption.AllDirectories))
            .Where(f => f.EndsWith(".cs", StringComparison.Ordinal) || f.EndsWith(".md", StringComparison.Ordinal))
            .Where(f => !f.EndsWith($"{nameof(MistypedSettingTests)}.cs", StringComparison.Ordinal))
            .Concat(new[] { "test", "faults" }.Select(f => Path.Combine(root.FullName, f)).Where(File.Exists));
        var unknown = files
            .SelectMany(f => Names().Matches(File.ReadAllText(f)).Select(m => m.Value))
            .Where(ShortVariables.IsUnknown)
            .Distinct();
        Assert.Empty(unknown);
    }

    [Theory]
    [InlineData("nocolon", "s3://bucket")]
    [InlineData(":secret", "s3://bucket")]
    [InlineData("nocolon", null)]
    public void A_malformed_key_of_the_buckets_is_told_under_its_own_name(string key, string? bucket)
    {
        var environment = new Dictionary<string, string> { ["MOAT_ANCHOR_S3_KEY"] = key };
        if (bucket is not null)
            environment["MOAT_ANCHOR_S3"] = bucket;
        var given = SettingTests.Given([], environment);
        var wrong = Assert.Single(Assert.Throws<InputInvalid>(() => DecidedSettings.Server(given)).Errors);
        Assert.Equal("MOAT_ANCHOR_S3_KEY", wrong.Field);
        Assert.Contains("with a colon between them", wrong.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(key, wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_key_of_the_journal_ends_with_2_before_anything_is_opened_or_made()
    {
        using var folder = new TemporaryFolder();
        foreach (var command in new string[][] { ["serve"], ["serve", "--print-config"], ["org", "list"] })
        {
            var (code, output, error) = await MoatProgram.RunIn(
                new() { ["MOAT__Storage__JournalKey"] = Secret },
                [.. command, "--data", folder.Of("data")]
            );
            Assert.True(code == 2, output + error);
            Assert.StartsWith("MOAT__Storage__JournalKey: This is not the key", error, StringComparison.Ordinal);
            Assert.DoesNotContain(Secret, output + error, StringComparison.Ordinal);
            Assert.False(Directory.Exists(folder.Of("data")));
        }
    }

    [Theory]
    [InlineData("secret")]
    [InlineData("c2VjcmV0")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void A_key_that_cannot_seal_is_told_under_its_own_name_and_not_shown(string key)
    {
        var given = SettingTests.Given([], new Dictionary<string, string> { ["MOAT_PROTECTION_KEY"] = key });
        var wrong = Assert.Single(Assert.Throws<InputInvalid>(() => DecidedSettings.Server(given)).Errors);
        Assert.Equal("MOAT_PROTECTION_KEY", wrong.Field);
        Assert.DoesNotContain(key, wrong.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no key")]
    [InlineData("")]
    [InlineData(null)]
    public async Task A_file_that_holds_no_key_is_told_under_its_own_name_and_nothing_is_made(string? text)
    {
        using var folder = new TemporaryFolder();
        if (text is null)
            Directory.CreateDirectory(folder.Of("sealing"));
        else
            await File.WriteAllTextAsync(folder.Of("sealing"), text);
        var environment = new Dictionary<string, string> { ["MOAT_PROTECTION_KEY_FILE"] = folder.Of("sealing") };
        var given = SettingTests.Given([], environment);
        var wrong = Assert.Single(Assert.Throws<InputInvalid>(() => DecidedSettings.Server(given)).Errors);
        Assert.Equal("MOAT_PROTECTION_KEY_FILE", wrong.Field);
        Assert.Single(Directory.GetFileSystemEntries(folder.Path));
    }

    [Theory]
    [InlineData("http://127.0.0.1:1/bucket?secret=SECRET")]
    [InlineData("s3://bucket/prefix?AKIA:SECRET&region=eu-central-1")]
    public void What_stands_behind_the_question_mark_of_a_bucket_is_not_shown(string bucket)
    {
        var given = SettingTests.Given([], new Dictionary<string, string> { ["MOAT_BLOBS"] = bucket });
        var shown = SettingListing.Values(given);
        Assert.Contains("****", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", shown, StringComparison.Ordinal);
        if (bucket.Contains("region", StringComparison.Ordinal))
            Assert.Contains("region=eu-central-1", shown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"Moat\":\"x\"}", "Moat in ", "it is an object and no value")]
    [InlineData("{\"Moat\":[\"x\"]}", "Moat:0 in ", "There is no such setting")]
    [InlineData("{\n  \"Moat\": {,}\n}", "", "line 2, column 12: ',' is an invalid start")]
    public async Task What_is_wrong_with_the_file_is_told_with_its_place(string text, string key, string says)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.Of("own.json"), text);
        var wrong = Assert.Single(
            Assert
                .Throws<InputInvalid>(() => DecidedSettings.Server(SettingTests.Given([], [], folder.Of("own.json"))))
                .Errors
        );
        Assert.Equal(key + folder.Of("own.json"), wrong.Field);
        Assert.Contains(says, wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_in_the_place_of_the_file_is_told()
    {
        using var folder = new TemporaryFolder();
        var wrong = Assert.Throws<InputInvalid>(() => SettingTests.Given([], [], folder.Path));
        Assert.Contains("This is a folder.", wrong.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData($"Host=db;Garbage={Secret}", "Host=db;Garbage=****")]
    [InlineData($"Host=db;Passwrd='{Secret};{Secret}=1'", "Host=db;Passwrd=****")]
    [InlineData($"Host=db;{Secret}", "****")]
    [InlineData(
        $"Host=db;Password=\"{Secret};Host=x\";Port=5433;Ssl Mode=Require",
        "Host=db;Password=****;Port=5433;Ssl Mode=Require"
    )]
    public void The_value_of_an_unknown_keyword_of_a_connection_string_is_masked(string text, string shown)
    {
        var listed = SettingListing.Values(SettingTests.Given([], new() { ["MOAT_POSTGRES"] = text }));
        Assert.Contains($" {shown}  (", listed, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, listed, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\bMOAT_[A-Z0-9][A-Z0-9_]*\b")]
    private static partial Regex Names();
}
