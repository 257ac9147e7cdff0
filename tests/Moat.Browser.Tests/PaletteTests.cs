using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Moat.Tests;

/// <summary>The search field as a command palette, with the keyboard alone; and without scripts as a search.</summary>
public sealed class PaletteTests(DemoSite site)
{
    [Fact]
    public async Task Pages_records_and_texts_are_reached_from_the_keyboard()
    {
        Counterpart.Need(Browser.Program is not null, "Chromium");
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Browser.Start(playwright);
        var (page, wrong) = await Browser.Page(browser);
        await site.SignIn(page, "jonas");
        await page.GotoAsync($"{site.Url}/corvid");
        await page.Keyboard.PressAsync("Control+k");
        await page.Keyboard.TypeAsync("risks");
        await Assertions.Expect(page.Locator(".m-palette")).ToContainTextAsync("Go to");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/corvid/risks");

        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync("optimiser states");
        await Assertions
            .Expect(page.Locator(".m-palette [role=group]").Last)
            .ToContainTextAsync("Protection of source code and weights");
        var axe = await page.RunAxe();
        Assert.Empty(axe.Violations.Select(v => $"{v.Id}: {v.Nodes[0].Html}"));
        await Browser.Look(page, "palette", "texts");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Locator(".m-palette")).ToBeHiddenAsync();
        Assert.Empty(wrong);
    }

    [Fact]
    public async Task Without_scripts_the_same_field_searches_and_a_policy_is_read_and_written()
    {
        Counterpart.Need(Browser.Program is not null, "Chromium");
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Browser.Start(playwright);
        var (page, _) = await Browser.Page(browser, new BrowserNewContextOptions { JavaScriptEnabled = false });
        await site.SignIn(page, "jonas");
        await page.GotoAsync($"{site.Url}/corvid");
        await page.FillAsync(".m-search input", "optimiser states");
        await page.PressAsync(".m-search input", "Enter");
        await page.ClickAsync("#results a:has-text('Protection of source code and weights')");
        await page.ClickAsync("summary:text-is('Begin a new version')");
        await page.FillAsync("#f-reason", "Adapters of customers are weights, too.");
        await page.ClickAsync("button:text-is('Begin')");
        await page.ClickAsync("text=Edit the text");
        await page.FillAsync("[name=source]", "## Rules\n\nAdapters of {{company.name}} count as weights.\n");
        await page.ClickAsync("button:text-is('Preview')");
        await Assertions
            .Expect(page.Locator("#preview"))
            .ToContainTextAsync("Adapters of Corvid Clinical AI GmbH count as weights.");
    }
}
