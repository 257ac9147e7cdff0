using System.Text.Json;
using Moat.Hosting.Settings;
using Moat.Isms.Kernel;

namespace Moat.Tests;

/// <summary>What an operator decides comes from three sources, and the strongest says all of it.</summary>
public sealed class SettingTests
{
    private static readonly Dictionary<string, string> Nothing = [];

    /// <summary>A good value for each setting, and one more that is as good.</summary>
    private static (string One, string Other) Good(Setting setting) =>
        setting.IsFlag ? ("true", "true") : ($"{setting.Path}-1", $"{setting.Path}-2");

    public static TheoryData<string> Paths => [.. SettingCatalog.All.Select(s => s.Path)];

    [Theory, MemberData(nameof(Paths))]
    public void Each_is_read_from_each_source(string path)
    {
        using var folder = new TemporaryFolder();
        var setting = SettingCatalog.Of(path);
        var (value, _) = Good(setting);
        var at = setting.IsList ? "__0" : "";
        Assert.Equal(value, Value(Given([], new() { [setting.LongVariable + at] = value }), path));
        if (setting.Said.Variable is { } variable)
            Assert.Equal(value, Value(Given([], new() { [variable] = value }), path));
        if (setting.Said.Option is { } option)
            Assert.Equal(value, Value(Given(new() { [option] = [value] }, Nothing), path));
        var file = Given([], Nothing, Written(folder, path, value));
        if (setting.Said.EnvironmentOnly)
            Assert.Contains("does not belong into a file", Assert.Single(file.Wrong).Message, StringComparison.Ordinal);
        else
            Assert.Equal(value, Value(file, path));
    }

    [Theory, MemberData(nameof(Paths))]
    public void The_command_line_is_stronger_than_the_environment_and_that_than_the_file(string path)
    {
        var setting = SettingCatalog.Of(path);
        if (setting.IsFlag || setting.Said.EnvironmentOnly)
            return;
        using var folder = new TemporaryFolder();
        var (weak, strong) = Good(setting);
        var file = Written(folder, path, weak);
        var environment = new Dictionary<string, string> { [setting.LongVariable] = strong };
        Assert.Equal(strong, Value(Given([], environment, file), path));
        if (setting.Said.Variable is { } variable)
            Assert.Equal(strong, Value(Given([], new() { [variable] = weak, [setting.LongVariable] = strong }), path));
        if (setting.Said.Option is { } option)
            Assert.Equal("mine", Value(Given(new() { [option] = ["mine"] }, environment, file), path));
    }

    [Fact]
    public void Of_a_list_the_strongest_source_says_all()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Of("own.json");
        File.WriteAllText(file, """{"Moat": {"Outbound": {"AllowedHosts": ["a.test", "b.test", "c.test"]}}}""");
        Assert.Equal(["a.test", "b.test", "c.test"], Given([], Nothing, file).Bound.Outbound.AllowedHosts);
        var environment = new Dictionary<string, string> { ["MOAT_ALLOW_HOSTS"] = "d.test, e.test" };
        Assert.Equal(["d.test", "e.test"], Given([], environment, file).Bound.Outbound.AllowedHosts);
        Assert.Equal(
            ["f.test"],
            Given(new() { ["--allow-host"] = ["f.test"] }, environment, file).Bound.Outbound.AllowedHosts
        );
        Assert.Empty(Given(new() { ["--allow-host"] = [""] }, environment, file).Bound.Outbound.AllowedHosts);
    }

    [Fact]
    public void The_file_of_the_data_folder_is_read_unless_another_is_named()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.Of("appsettings.json"), """{"Moat": {"Mail": {"From": "own@acme.test"}}}""");
        File.WriteAllText(folder.Of("other.json"), """{"moat": {"mail": {"from": "other@acme.test"}}}""");
        var data = new Dictionary<string, string> { ["MOAT_DATA"] = folder.Path };
        Assert.Equal("own@acme.test", Given([], data).Bound.Mail.From);
        Assert.Equal("other@acme.test", Given([], data, folder.Of("other.json")).Bound.Mail.From);
        data["MOAT_CONFIG"] = folder.Of("other.json");
        Assert.Equal("other@acme.test", Given([], data).Bound.Mail.From);
    }

    [Fact]
    public void What_nobody_reads_is_told_with_what_was_meant()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Of("appsettings.json");
        File.WriteAllText(
            file,
            """{"Moat": {"Anchors": {"Folder": ["/x"]}, "Storage": {"DataFolder": "/y"}}, "Mail": {"From": "a@b.test"}, "Logging": {"a": "b"}}"""
        );
        var given = Given(
            [],
            new() { ["MOAT_DATA"] = folder.Path, ["MOAT__Outbond__TimeAuthority"] = "https://t.test" }
        );
        Assert.Equal(
            [
                "MOAT__Outbond__TimeAuthority: There is no such setting. Did you mean Outbound:TimeAuthority?",
                $"Mail:From in {file}: It stands outside the section 'Moat', where nobody reads it. Put it inside.",
                $"Moat:Anchors:Folder:0 in {file}: There is no such setting. Did you mean Anchors:Folders?",
                $"Moat:Storage:DataFolder in {file}: The file is looked for in the data folder, so it cannot name another.",
            ],
            given
                .Wrong.Select(w => $"{w.Field}: {w.Message}")
                .Order(StringComparer.Ordinal)
                .OrderBy(w => w.StartsWith("MOAT", StringComparison.Ordinal) ? 0 : 1)
        );
        Assert.Throws<InputInvalid>(() => DecidedSettings.Storage(given));
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_named()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.Of("broken.json"), "{\"Moat\": ");
        foreach (var file in new[] { "broken.json", "absent.json" })
            Assert.Equal(
                folder.Of(file),
                Assert.Throws<InputInvalid>(() => Given([], Nothing, folder.Of(file))).Errors.Single().Field
            );
    }

    [Fact]
    public void The_document_lists_each_setting() =>
        WrittenTable.Check(
            "configuration.md",
            "<!-- settings: written by the test of this table -->\n",
            "<!-- end of settings -->",
            SettingListing.Table()
        );

    internal static GivenSettings Given(
        Dictionary<string, IReadOnlyList<string>> options,
        Dictionary<string, string> environment,
        string? file = null
    ) => GivenSettings.Read(options, environment, file);

    private static string Value(GivenSettings given, string path)
    {
        Assert.Empty(given.Wrong);
        var parts = path.Split(':');
        var section = typeof(MoatSettings).GetProperty(parts[0])!.GetValue(given.Bound)!;
        return section.GetType().GetProperty(parts[1])!.GetValue(section) switch
        {
            bool flag => flag ? "true" : "false",
            IReadOnlyList<string> list => list.Single(),
            var text => (string)text!,
        };
    }

    private static string Written(TemporaryFolder folder, string path, string value)
    {
        var parts = path.Split(':');
        object given = SettingCatalog.Of(path).IsList ? new[] { value } : value;
        var file = folder.Of("written.json");
        File.WriteAllText(
            file,
            JsonSerializer.Serialize(
                new Dictionary<string, object>
                {
                    ["Moat"] = new Dictionary<string, object>
                    {
                        [parts[0]] = new Dictionary<string, object> { [parts[1]] = given },
                    },
                }
            )
        );
        return file;
    }
}
