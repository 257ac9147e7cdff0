using System.IO.Compression;
using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace Moat.Tests;

/// <summary>
/// The founding engineer's first evening: from an empty folder through the interview, the company's own bill of
/// materials, ten risks that are really theirs and the first Statement of Applicability to a pack that verifies on
/// another machine.
/// </summary>
public sealed class FirstEveningTests
{
    private const string Bom = """
        {"bomFormat":"CycloneDX","specVersion":"1.6","serialNumber":"urn:uuid:6f0f2f0e-9d0c-4c55-8f6f-2a6a5b1c7d10","version":1,
         "metadata":{"component":{"type":"application","name":"intake-service"}},
         "components":[
          {"bom-ref":"m","type":"machine-learning-model","name":"intake-3b","version":"0.9","modelCard":{"modelParameters":{"task":"classification","datasets":[{"ref":"d"}]}}},
          {"bom-ref":"d","type":"data","name":"intake-notes","data":[{"type":"dataset","classification":"confidential"}]}]}
        """;

    private const string Password = "a sentence is fine here";
    private const int MostMillisecondsForAPack = 180_000;

    [Fact]
    public async Task From_an_empty_folder_to_a_pack_that_verifies_elsewhere()
    {
        Counterpart.Need(Browser.Program is not null, "Chromium");
        using var folder = new TemporaryFolder();
        using var server = await MoatProgram.Serve("serve", "--data", folder.Of("data"));
        Assert.Contains("/setup", server.Said, StringComparison.Ordinal);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Browser.Start(playwright);
        var (page, wrong) = await Browser.Page(browser);

        await SetUp(page, server.Url);
        await Interview(page);
        await DropBom(page, folder, server.Url);
        await AdoptTheDraft(page, server.Url);
        await SeesWhatTheStageCallsFor(page, server.Url);
        await AssessThreeRisks(page, server.Url);
        await Publish(page, server.Url);
        await Assertions.Expect(page.Locator(".m-side a:has-text('Show everything')")).ToHaveCountAsync(0);

        await page.GotoAsync($"{server.Url}/northwind/readiness?gaps=true");
        Assert.True(
            await page.Locator("tbody tr").CountAsync() > 20,
            "An auditor would still miss much, and the page says what."
        );
        await Look(page, "7-readiness");

        await DownloadAndVerify(page, folder, server.Url);
        Assert.Empty(wrong);
    }

    /// <summary>
    /// Before the first statement, what a later stage brings stays out of the way; one click shows it.
    /// </summary>
    private static async Task SeesWhatTheStageCallsFor(IPage page, string url)
    {
        await page.GotoAsync($"{url}/northwind/people");
        await Assertions.Expect(page.Locator(".m-side a:has-text('Roles')")).ToBeVisibleAsync();
        await page.GotoAsync($"{url}/northwind/risks");
        var competence = page.Locator(".m-side a:has-text('Competence')");
        await Assertions.Expect(competence).ToHaveCountAsync(0);
        await page.ClickAsync(".m-side a:has-text('Show everything')");
        await Assertions.Expect(competence).ToHaveCountAsync(1);
    }

    internal static async Task SetUp(IPage page, string url)
    {
        await page.GotoAsync($"{url}/setup");
        await Look(page, "1-setup");
        await page.FillAsync("[name=company]", "Northwind");
        await page.FillAsync("[name=name]", "Nora North");
        await page.FillAsync("[name=email]", "nora@northwind.example");
        await page.FillAsync("[name=password]", "short");
        await page.ClickAsync("button[type=submit]");
        await Assertions.Expect(page.Locator(".invalid-feedback")).ToContainTextAsync("12 characters");
        await Assertions.Expect(page.Locator("[name=company]")).ToHaveValueAsync("Northwind");
        await page.FillAsync("[name=password]", Password);
        await page.ClickAsync("button[type=submit]");
        await page.WaitForURLAsync("**/northwind/interview**");
    }

    internal static async Task Interview(IPage page)
    {
        var pictured = false;
        for (
            var question = 0;
            question < 20 && await page.Locator("text=Save and continue").CountAsync() > 0;
            question++
        )
        {
            foreach (var group in await page.Locator(".m-choices").AllAsync())
                await group.Locator("label").First.ClickAsync();
            foreach (var field in await page.Locator("main input.form-control, main textarea").AllAsync())
            {
                var kind = await field.GetAttributeAsync("type");
                await field.FillAsync(
                    kind switch
                    {
                        "number" => "12",
                        "date" => "2027-09-30",
                        _ => "Intake advice",
                    }
                );
            }
            if (!pictured)
                await Look(page, "2-interview");
            pictured = true;
            var asked = page.Url;
            await page.ClickAsync("text=Save and continue");
            // Each question has its own address; before it is there, nothing on the page can be counted.
            await page.WaitForURLAsync(url => url != asked);
        }
        await Look(page, "3-path");
        await page.ClickAsync("text=Complete the interview");
        await page.ClickAsync("text=Draft the ISMS from these answers");
        await page.WaitForURLAsync("**/northwind/draft**");
    }

    private static async Task DropBom(IPage page, TemporaryFolder folder, string url)
    {
        await File.WriteAllTextAsync(folder.Of("intake.cdx.json"), Bom);
        await File.WriteAllTextAsync(folder.Of("holiday.cdx.json"), "this is a holiday photo");
        await page.GotoAsync($"{url}/northwind/assets/import");
        await page.SetInputFilesAsync("#file-assets-preview-bom", folder.Of("holiday.cdx.json"));
        await page.Locator("form:has(#file-assets-preview-bom) button[type=submit]").ClickAsync();
        await Assertions.Expect(page.Locator(".alert-danger")).ToContainTextAsync("not JSON");
        await page.SetInputFilesAsync("#file-assets-preview-bom", folder.Of("intake.cdx.json"));
        await page.Locator("form:has(#file-assets-preview-bom) button[type=submit]").ClickAsync();
        await Assertions.Expect(page.Locator("[role=status]")).ToContainTextAsync("intake-3b");
        await Look(page, "4-import");
        await page.ClickAsync("button:has-text('Apply')");
        await page.WaitForURLAsync("**/northwind/assets?**");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("intake-notes");
    }

    private static async Task AdoptTheDraft(IPage page, string url)
    {
        foreach (
            var kind in new[]
            {
                "scope",
                "issues",
                "parties",
                "obligations",
                "assets",
                "risks",
                "controls",
                "objectives",
                "roles",
            }
        )
        {
            await page.GotoAsync($"{url}/northwind/draft?of={kind}");
            if (kind == "risks")
                await Look(page, "5-draft");
            if (await page.Locator("text=Adopt ticked").CountAsync() == 0)
                continue;
            await page.ClickAsync("text=Adopt ticked");
            await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Nothing waits here");
        }
    }

    private static async Task AssessThreeRisks(IPage page, string url)
    {
        await page.GotoAsync($"{url}/northwind/risks?standing=adopted");
        var links = await page.Locator("tbody a.fw-semibold")
            .EvaluateAllAsync<string[]>("links => links.map(l => l.getAttribute('href'))");
        Assert.True(links.Length >= 10, "Ten risks are really theirs.");
        foreach (var link in links.Take(3))
        {
            await page.GotoAsync(url + link);
            await page.SelectOptionAsync("#a-f-inherentLikelihood", "4");
            await page.SelectOptionAsync("#a-f-inherentImpact", "5");
            await page.SelectOptionAsync("#a-f-currentLikelihood", "3");
            await page.SelectOptionAsync("#a-f-currentImpact", "4");
            await page.FillAsync("#a-f-rationale", "Two near misses since spring; nobody reviews this today.");
            await page.ClickAsync("text=Keep the assessment");
            await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Assessed.");
        }
        await Look(page, "6-risk");
        await page.GotoAsync($"{url}/northwind/risks");
        await Assertions.Expect(page.Locator(".m-heat")).ToContainTextAsync("3");
    }

    private static async Task Publish(IPage page, string url)
    {
        await page.GotoAsync($"{url}/northwind/controls");
        await page.SelectOptionAsync("[name=owner] >> nth=0", new SelectOptionValue { Index = 1 });
        await page.ClickAsync("button:has-text('Assign')");
        for (var round = 0; round < 40; round++)
        {
            await page.GotoAsync($"{url}/northwind/soa");
            var missing = await page.Locator("tbody a[href*='/controls/']").First.GetAttributeAsync("href");
            if (await page.Locator("text=Somebody else approves").CountAsync() > 0)
                break;
            await page.GotoAsync(url + missing);
            foreach (var box in await page.Locator("input[name=reasonKinds]").AllAsync())
                await box.UncheckAsync();
            await page.CheckAsync("input[name=reasonKinds][value=good-practice]");
            await page.SelectOptionAsync("[name=implementation]", "planned");
            await page.SelectOptionAsync("main [name=owner]", new SelectOptionValue { Index = 1 });
            await page.ClickAsync("button:has-text('Save')");
        }
        await page.ClickAsync("summary:has-text('Nobody else exists')");
        await page.FillAsync("#alone-f-reason", "I founded the company alone and hire the first colleague in autumn.");
        await page.FillAsync("main [name=password]", Password);
        await page.ClickAsync("text=Record it");
        await page.FillAsync("[name=changeNote]", "The first version, decided in one evening.");
        await page.FillAsync("main [name=password]", Password);
        await page.ClickAsync("text=Approve and publish");
        await page.WaitForURLAsync("**/northwind/soa/SOA-1");
        await Look(page, "8-soa");
    }

    private static async Task DownloadAndVerify(IPage page, TemporaryFolder folder, string url)
    {
        await page.GotoAsync($"{url}/northwind/pack");
        var download = await page.RunAndWaitForDownloadAsync(
            () => page.ClickAsync("text=Make and download the pack"),
            new() { Timeout = MostMillisecondsForAPack }
        );
        await download.SaveAsAsync(folder.Of("pack.zip"));
        var shown = await page.Locator(".m-hash").First.InnerTextAsync();
        var said = await MoatProgram.Do("verify", folder.Of("pack.zip"));
        Assert.Contains("OK:", said, StringComparison.Ordinal);
        Assert.Contains(shown.Trim(), said, StringComparison.Ordinal);
        using var pack = ZipFile.OpenRead(folder.Of("pack.zip"));
        using var rows = pack.GetEntry("soa/SOA-1.json")!.Open();
        Assert.Equal(93, JsonNode.Parse(rows)!.AsArray().Count);
        await page.GotoAsync($"{url}/northwind");
        await Look(page, "9-home");
    }

    private static Task Look(IPage page, string name) => Browser.Look(page, "first-evening", name);
}
