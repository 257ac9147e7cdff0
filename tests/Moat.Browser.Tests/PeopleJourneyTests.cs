using Microsoft.Playwright;
using Moat.Knowledge;

namespace Moat.Tests;

/// <summary>A data scientist who fails and passes a quiz, and a colleague who leaves, in the example company.</summary>
public sealed class PeopleJourneyTests(DemoSite site)
{
    private const string Course = "data-scientists";

    [Fact]
    public async Task A_data_scientist_fails_the_quiz_reads_why_and_passes()
    {
        Counterpart.Need(Browser.Program is not null, "Chromium");
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Browser.Start(playwright);
        var (manager, _) = await Browser.Page(browser);
        await site.SignIn(manager, "jonas");
        await manager.GotoAsync($"{site.Url}/corvid/training/list");
        await manager.SelectOptionAsync("#f-course", Course);
        await manager.FillAsync("#f-reason", "A batch of the night admissions was refused as poisoned.");
        await manager.Locator("label:has-text('Emil Novak') input[name=people]").CheckAsync();
        await manager.ClickAsync("button:text-is('Assign')");
        await Assertions.Expect(manager.Locator("main")).ToContainTextAsync("A batch of the night admissions");

        // On a phone, as members do it.
        var (emil, wrong) = await Browser.Page(
            browser,
            new BrowserNewContextOptions
            {
                ViewportSize = new ViewportSize { Width = 390, Height = 844 },
            }
        );
        await site.SignIn(emil, "emil");
        await emil.GotoAsync($"{site.Url}/corvid/my");
        await emil.ClickAsync("a:text-is('Learn')");
        while (await emil.Locator("text=Next lesson").CountAsync() > 0)
            await emil.ClickAsync("text=Next lesson");
        await Look(emil, "1-lesson");
        await emil.ClickAsync("a:has-text('Take the quiz')");
        await Answer(emil, right: false);
        await Assertions.Expect(emil.Locator("[role=status]").First).ToContainTextAsync("80 % are needed");
        Assert.True(await emil.Locator("main >> text=wrong").CountAsync() >= 8, "Each wrong answer is named.");
        await Look(emil, "2-failed");
        await emil.ClickAsync("a:text-is('Try again')");
        await Answer(emil, right: true);
        await Assertions.Expect(emil.Locator("[role=status]").First).ToContainTextAsync("Passed with 100 %");
        await Look(emil, "3-passed");
        await manager.GotoAsync($"{site.Url}/corvid/training/list?course={Course}");
        await Assertions
            .Expect(manager.Locator("tr", new() { HasText = "A batch of the night admissions" }).First)
            .ToContainTextAsync("100 %");
        Assert.Empty(wrong);
    }

    [Fact]
    public async Task A_leaver_s_checklist_gives_tasks_to_those_whose_they_are()
    {
        Counterpart.Need(Browser.Program is not null, "Chromium");
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Browser.Start(playwright);
        var (page, wrong) = await Browser.Page(browser);
        await site.SignIn(page, "jonas");
        await page.GotoAsync($"{site.Url}/corvid/people?q=Carla");
        await page.ClickAsync("main a:has-text('Carla Rossi')");
        await page.SelectOptionAsync("#c-f-checklist", "leaver");
        await page.FillAsync("#c-f-on", "2027-03-31");
        await page.ClickAsync("text=Open the checklist");
        var keys = page.Locator(".m-todo", new() { HasText = "Revoke Carla Rossi's own keys" });
        await Assertions.Expect(keys).ToContainTextAsync("Ivo Petrov");
        await Assertions.Expect(keys).ToContainTextAsync("31 Mar 2027");
        await Look(page, "4-leaver");
        await keys.Locator("summary").ClickAsync();
        await keys.Locator("[name=outcome]").FillAsync("Code host, two clouds and the hub: nine keys revoked at noon.");
        await keys.Locator("button:text-is('Close')").ClickAsync();
        await Assertions
            .Expect(page.Locator(".m-todo", new() { HasText = "nine keys revoked at noon" }))
            .ToContainTextAsync("done", new() { IgnoreCase = true });
        Assert.Empty(wrong);
    }

    private static async Task Answer(IPage page, bool right)
    {
        await page.ClickAsync("button:text-is('Begin')");
        await Assertions.Expect(page.Locator("button:text-is('Hand it in')")).ToBeVisibleAsync();
        var bank = KnowledgeBase.Shipped.CourseById[Course].Questions.ToDictionary(q => $"q-{q.Id}");
        var names = await page.Locator("fieldset")
            .EvaluateAllAsync<string[]>("sets => sets.map(s => s.querySelector('input').name)");
        foreach (var name in names)
        {
            var question = bank[name];
            var option = right ? question.Answer : (question.Answer % question.Options.Count) + 1;
            await page.CheckAsync($"input[name='{name}'][value='{option}']");
        }
        await page.ClickAsync("button:text-is('Hand it in')");
    }

    private static Task Look(IPage page, string name) => Browser.Look(page, "people", name, whole: true);
}
