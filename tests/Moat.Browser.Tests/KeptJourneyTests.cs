using Microsoft.Playwright;

namespace Moat.Tests;

/// <summary>What somebody types survives limits, another form, another person and the end of the session.</summary>
public sealed class KeptJourneyTests(DemoSite site)
{
    private const string Text = "Weights of the triage model, kept by the platform team.";

    [Fact]
    public async Task A_text_survives_its_limit_another_form_another_person_and_the_end_of_the_session()
    {
        Counterpart.Need(Browser.Program is not null, "Chromium");
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Browser.Start(playwright);
        var (page, wrong) = await Browser.Page(browser);
        await site.SignIn(page, "jonas");
        await page.GotoAsync($"{site.Url}/corvid/assets/AST-2");

        var written = page.Locator("#e-f-description");
        await written.FillAsync(new string('x', 4100));
        await Assertions.Expect(page.Locator(".m-count.over")).ToContainTextAsync("100 more than fit");
        Assert.Equal(4100, (await written.InputValueAsync()).Length);
        await written.FillAsync(Text);

        await page.ClickAsync("summary:text-is('Relate it to another asset')");
        await page.SelectOptionAsync("#f-type", "depends-on");
        await page.SelectOptionAsync("#f-to", new SelectOptionValue { Index = 1 });
        await page.ClickAsync("button:text-is('Relate')");
        await page.WaitForLoadStateAsync();
        await Assertions.Expect(written).ToHaveValueAsync(Text);
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("What you had typed here is not saved yet.");

        await Elsewhere(browser);
        await page.ClickAsync("form[data-operation='assets.edit'] button:text-is('Save')");
        await Assertions.Expect(page.Locator(".m-refused")).ToContainTextAsync("Mara Keller changed this at");
        await Assertions.Expect(written).ToHaveValueAsync(Text);
        await Assertions.Expect(page.Locator("#e-f-location")).ToHaveValueAsync("vault-2");

        await page.Context.ClearCookiesAsync(new() { Name = "moat" });
        await page.ClickAsync("form[data-operation='assets.edit'] button:text-is('Save')");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Your session has ended");
        await site.SignIn(await page.Context.NewPageAsync(), "jonas");
        await page.ClickAsync("button:text-is('Back to the form with what I typed')");
        await Assertions.Expect(written).ToHaveValueAsync(Text);
        await page.ClickAsync("form[data-operation='assets.edit'] button:text-is('Save')");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync(Text);
        await Assertions.Expect(page.Locator("#e-f-location")).ToHaveValueAsync("vault-2");
        Assert.Empty(wrong);
    }

    /// <summary>Somebody else changes another field of the same asset.</summary>
    private async Task Elsewhere(IBrowser browser)
    {
        var (other, _) = await Browser.Page(browser);
        await site.SignIn(other, "mara");
        await other.GotoAsync($"{site.Url}/corvid/assets/AST-2");
        await other.FillAsync("#e-f-location", "vault-2");
        await other.ClickAsync("form[data-operation='assets.edit'] button:text-is('Save')");
        await Assertions.Expect(other.Locator("#e-f-location")).ToHaveValueAsync("vault-2");
    }
}
