using Microsoft.Playwright;

namespace Moat.Tests;

/// <summary>The month is a grid: a week is a row, a weekday a column.</summary>
public sealed class CalendarLayoutTests(DemoSite site)
{
    [Fact]
    public async Task Each_week_of_the_month_is_a_row_of_seven_columns()
    {
        Counterpart.Need(Browser.Program is not null, "Chromium");
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Browser.Start(playwright);
        var (page, wrong) = await Browser.Page(browser);
        await site.SignIn(page, "mara");
        await page.GotoAsync($"{site.Url}/corvid/calendar");
        var crooked = await page.EvaluateAsync<int>(
            """
            () => [...document.querySelectorAll('.m-month tbody tr')].filter((row) => {
              const cells = [...row.cells].map((cell) => cell.getBoundingClientRect());
              return cells.length !== 7 || new Set(cells.map((c) => c.y)).size !== 1 || new Set(cells.map((c) => c.x)).size !== 7;
            }).length
            """
        );
        Assert.Equal(0, crooked);
        Assert.InRange(await page.Locator(".m-month tbody tr").CountAsync(), 4, 6);
        Assert.Empty(wrong);
    }
}
