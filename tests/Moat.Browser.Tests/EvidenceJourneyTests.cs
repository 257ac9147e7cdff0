using System.Text;
using Microsoft.Playwright;

namespace Moat.Tests;

/// <summary>
/// The ISMS manager of the example company connects a source, writes a check, measures an objective and reviews access.
/// </summary>
public sealed class EvidenceJourneyTests(DemoSite site)
{
    [Fact]
    public async Task A_source_is_connected_tested_and_its_run_is_told()
    {
        var (playwright, browser, page, wrong) = await Begin();
        using var _ = playwright;
        await using var __ = browser;
        await page.GotoAsync($"{site.Url}/corvid/collectors");
        await page.ClickAsync("a.m-choice:has-text('MLflow registry')");
        await page.FillAsync("#f-name", "Registry of the lab");
        await page.FillAsync("[name='setting.url']", "https://127.0.0.1:9");
        await page.FillAsync("#f-secret", "a-token-that-is-never-shown");
        await page.ClickAsync("button:text-is('Connect')");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Registry of the lab");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("kept encrypted since");
        await page.ClickAsync("a:text-is('Test the connection')");
        await Assertions.Expect(page.Locator("[role=status]").Last).ToContainTextAsync("--allow-host 127.0.0.1");
        for (var tries = 0; tries < 20 && await page.Locator("td .m-tag:text-is('Failed')").CountAsync() == 0; tries++)
        {
            await Task.Delay(1000);
            await page.ReloadAsync();
        }
        await Assertions.Expect(page.Locator("td .m-tag:text-is('Failed')").First).ToBeVisibleAsync();
        Assert.DoesNotContain("a-token-that-is-never-shown", await page.ContentAsync(), StringComparison.Ordinal);
        await Look(page, "1-source");
        await page.SelectOptionAsync("[name=paused]", "true");
        await page.ClickAsync("button:text-is('Save')");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("paused since");
        Assert.Empty(wrong);
    }

    [Fact]
    public async Task A_check_is_tried_on_stored_facts_before_it_is_saved_and_a_failure_is_answered_for()
    {
        var (playwright, browser, page, wrong) = await Begin();
        using var _ = playwright;
        await using var __ = browser;
        await page.GotoAsync($"{site.Url}/corvid/checks/new");
        await page.FillAsync("#t-f-resource", "s3.bucket");
        await page.FillAsync("#t-f-reads", "/name");
        await page.FillAsync("#t-f-schema", """{"properties":{"name":{"const":"x"}}}""");
        await page.ClickAsync("button:text-is('Try')");
        await Assertions.Expect(page.Locator("[role=alert]").First).ToContainTextAsync("'const' is not evaluated");
        await page.FillAsync("#t-f-schema", """{"properties":{"name":{"not":{"pattern":"demo"}}}}""");
        await page.ClickAsync("button:text-is('Try')");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("1 failing");
        await page.FillAsync("#f-title", "No bucket is left over from a demonstration");
        await page.SelectOptionAsync("#f-severity", "low");
        await page.FillAsync("#f-controls", "A.8.10, A.5.9");
        await page.FillAsync("#f-why", "Demo buckets hold real models and nobody watches them.");
        await page.FillAsync("#f-fix", "Delete it after the fair.");
        await page.ClickAsync("button:text-is('Save the check')");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("No bucket is left over from a demonstration");
        await Assertions
            .Expect(page.Locator("tr", new() { HasText = "corvid-demo-models" }))
            .ToContainTextAsync("Failing");
        await page.SelectOptionAsync("#f-resource", new SelectOptionValue { Label = "corvid-demo-models" });
        await page.SelectOptionAsync("#f-owner", new SelectOptionValue { Label = "Ivo Petrov" });
        await page.FillAsync("#f-until", "2027-06-30");
        await page.FillAsync("#f-reason", "The fair in May needs it once more.");
        await page.ClickAsync("button:text-is('Keep the exception')");
        await Assertions
            .Expect(page.Locator("tr", new() { HasText = "corvid-demo-models" }))
            .ToContainTextAsync("answers for it until 30 Jun 2027");
        await Look(page, "2-check");
        Assert.Empty(wrong);
    }

    [Fact]
    public async Task A_report_a_number_and_a_conclusion_are_entered()
    {
        var (playwright, browser, page, wrong) = await Begin();
        using var _ = playwright;
        await using var __ = browser;
        await page.GotoAsync($"{site.Url}/corvid/evidence");
        await page.ClickAsync("a:text-is('Add evidence')");
        await page.ClickAsync("a:text-is(\"A pipeline's report\")");
        await page.SetInputFilesAsync(
            "#evidence-file",
            new FilePayload
            {
                Name = "scan.sarif",
                MimeType = "application/json",
                Buffer = Encoding.UTF8.GetBytes(
                    """{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"bandit"}},"results":[]}]}"""
                ),
            }
        );
        await page.FillAsync("#f-subject", "corvid/training main");
        await page.ClickAsync("button:text-is('Take it in')");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Code scan: corvid/training main");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("\"bandit\"");
        await Assertions.Expect(page.Locator("main a", new() { HasText = "A.8.28" }).First).ToBeVisibleAsync();
        await page.GotoAsync($"{site.Url}/corvid/evidence/new?kind=report");
        await page.SetInputFilesAsync(
            "#evidence-file",
            new FilePayload
            {
                Name = "broken.json",
                MimeType = "application/json",
                Buffer = "{}"u8.ToArray(),
            }
        );
        await page.ClickAsync("button:text-is('Take it in')");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("no report that is understood");

        await page.GotoAsync($"{site.Url}/corvid/objectives/OBJ-2");
        await page.FillAsync("#m-f-value", "97.5");
        await page.ClickAsync("button:text-is('Keep')");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("97.5");
        await page.FillAsync("#f-text", "We reached it two quarters in a row without a special effort.");
        await page.SelectOptionAsync("#f-conclusion", "raise");
        await page.ClickAsync("button:text-is('Keep the conclusion')");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Say the new target");
        await page.FillAsync("#f-target", "96");
        await page.ClickAsync("button:text-is('Keep the conclusion')");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("two quarters in a row");
        await Look(page, "3-objective");
        Assert.Empty(wrong);
    }

    [Fact]
    public async Task An_access_review_is_started_and_decided_by_those_who_were_asked()
    {
        var (playwright, browser, page, wrong) = await Begin();
        using var _ = playwright;
        await using var __ = browser;
        await page.GotoAsync($"{site.Url}/corvid/access-reviews");
        await page.FillAsync("#f-title", "Who can change registered models and accounts");
        await page.FillAsync("#f-dueOn", "2027-12-31");
        await page.SelectOptionAsync("#f-reviewer", new SelectOptionValue { Label = "Ivo Petrov" });
        await page.SelectOptionAsync("#f-deputy", new SelectOptionValue { Label = "Dana Ortiz" });
        await page.CheckAsync("input[value='moat']");
        await page.CheckAsync("input[value='github.organization']");
        await page.ClickAsync("button:text-is('Freeze and start')");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Who can change registered models and accounts");
        var address = page.Url;

        var (ivo, alsoWrong) = await Browser.Page(
            browser,
            new BrowserNewContextOptions
            {
                ViewportSize = new ViewportSize { Width = 390, Height = 844 },
            }
        );
        await site.SignIn(ivo, "ivo");
        await ivo.GotoAsync(address);
        ILocator Access(string who) => ivo.Locator(".m-access", new() { HasText = $"{who}@corvid.example" });
        var accounts = ivo.Locator("section", new() { HasText = "lea@corvid.example" });
        await Access("lea").Locator("input").CheckAsync();
        await Access("ben").Locator("input").CheckAsync();
        await accounts.Locator("select").SelectOptionAsync("revoke");
        await accounts.Locator("[name=password]").FillAsync(site.Password);
        await accounts.Locator("button").ClickAsync();
        await Assertions.Expect(ivo.Locator("main")).ToContainTextAsync("Say why");
        await Access("lea").Locator("input").CheckAsync();
        await Access("ben").Locator("input").CheckAsync();
        await accounts.Locator("select").SelectOptionAsync("keep");
        await accounts.Locator("[name=password]").FillAsync(site.Password);
        await accounts.Locator("button").ClickAsync();
        await Assertions.Expect(Access("lea")).ToContainTextAsync("Ivo Petrov,");
        await Assertions.Expect(Access("ben")).ToContainTextAsync("Keep");
        // His own access is Dana's to decide.
        await Assertions.Expect(Access("ivo")).ToContainTextAsync("Dana Ortiz decides");
        Assert.Equal(0, await Access("ivo").Locator("input").CountAsync());
        await Look(ivo, "4-review");
        Assert.Empty(wrong.Concat(alsoWrong));
    }

    private async Task<(IPlaywright, IBrowser, IPage, List<string>)> Begin()
    {
        Counterpart.Need(Browser.Program is not null, "Chromium");
        var playwright = await Playwright.CreateAsync();
        var browser = await Browser.Start(playwright);
        var (page, wrong) = await Browser.Page(browser);
        await site.SignIn(page, "jonas");
        return (playwright, browser, page, wrong);
    }

    private static Task Look(IPage page, string name) => Browser.Look(page, "evidence", name, whole: true);
}
