using Microsoft.Playwright;

namespace Moat.Tests;

/// <summary>
/// A policy from the interview to the day on which everybody has read its second version (clause 7.5).
/// </summary>
public sealed class PolicyJourneyTests
{
    private const string Password = "a sentence is fine here";
    private string _url = "",
        _policy = "";

    [Fact]
    public async Task A_policy_is_drafted_decided_reviewed_approved_published_confirmed_and_asked_for_again()
    {
        Counterpart.Need(Browser.Program is not null, "Chromium");
        using var folder = new TemporaryFolder();
        using var server = await MoatProgram.Serve("serve", "--data", folder.Of("data"));
        _url = server.Url;
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Browser.Start(playwright);
        var (nora, noraWrong) = await Browser.Page(browser);
        await FirstEveningTests.SetUp(nora, _url);
        await FirstEveningTests.Interview(nora);
        await Adopt(nora);
        var (max, maxWrong) = await Join(browser, nora, "Max Manager", "isms-manager");
        var (rita, ritaWrong) = await Join(browser, nora, "Rita Reader", "member");

        await Decide(max);
        await Write(max, "Whoever presents our models in public shows invented records.");
        await Agree(max, rita, nora);
        await Look(nora, "4-published");
        foreach (var page in new[] { nora, max, rita })
            await Confirm(page, "1.0");
        await nora.GotoAsync(_policy);
        await Assertions.Expect(nora.Locator("main")).ToContainTextAsync("3 of 3 have confirmed it");

        await Revise(max);
        await Write(max, "Screens are photographed by nobody.");
        await Agree(max, rita, nora);
        foreach (var page in new[] { nora, max, rita })
            await Confirm(page, "2.0");
        await nora.GotoAsync($"{_policy}?from=1.0&to=2.0");
        await Assertions.Expect(nora.Locator(".m-diff-new").First).ToBeVisibleAsync();
        await Look(nora, "6-compared");
        Assert.Empty(noraWrong.Concat(maxWrong).Concat(ritaWrong));
    }

    private async Task Adopt(IPage page)
    {
        await page.GotoAsync($"{_url}/northwind/documents?q=policy");
        await page.ClickAsync("a:has-text('Information security policy') >> nth=0");
        _policy = page.Url;
        await Look(page, "1-proposed");
        await page.ClickAsync("main button:text-is('Adopt')");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Give it to reviewers");
    }

    /// <summary>Somebody follows an invitation in a browser of their own.</summary>
    private async Task<(IPage Page, List<string> Wrong)> Join(IBrowser browser, IPage owner, string name, string role)
    {
        var email = $"{name.Split(' ')[0].ToLowerInvariant()}@northwind.example";
        await owner.GotoAsync($"{_url}/northwind/access");
        await owner.FillAsync("#i-f-name", name);
        await owner.FillAsync("#i-f-email", email);
        await owner.SelectOptionAsync("#i-f-role", role);
        await owner.ClickAsync("text=Make the link");
        var link = await owner.Locator("[role=status] .m-hash").InnerTextAsync();
        var (page, wrong) = await Browser.Page(browser);
        await page.GotoAsync(link.Trim());
        await page.FillAsync("[name=name]", name);
        await page.FillAsync("[name=email]", email);
        await page.FillAsync("[name=password]", Password);
        await page.ClickAsync("button:text-is('Join')");
        await page.WaitForURLAsync("**/northwind");
        return (page, wrong);
    }

    private async Task Decide(IPage page)
    {
        await page.GotoAsync(_policy);
        await Look(page, "2-decisions");
        var points = await page.Locator("[id^=decide-]").CountAsync();
        Assert.True(points >= 1, "A policy leaves something to decide.");
        for (var point = 0; point < points; point++)
        {
            var block = page.Locator("[id^=decide-]").Nth(point);
            await block.Locator("input[type=radio]").First.CheckAsync();
            await block.Locator("button:text-is('Decide')").ClickAsync();
            await Assertions.Expect(page.Locator("main")).ToContainTextAsync($"Decisions: {points - point - 1} open");
        }
    }

    private async Task Write(IPage page, string sentence)
    {
        await page.GotoAsync($"{_policy}/edit");
        var text = await page.InputValueAsync("[name=source]");
        await page.FillAsync("[name=source]", $"{text}\n\n{sentence}\n");
        await Assertions.Expect(page.Locator("#preview")).ToContainTextAsync(sentence);
        await page.ClickAsync("button:text-is('Save')");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync(sentence);
    }

    /// <summary>
    /// The author submits, the reviewer gives their word, somebody else approves with the password and publishes.
    /// </summary>
    private async Task Agree(IPage author, IPage reviewer, IPage approver)
    {
        await author.GotoAsync(_policy);
        await author.Locator("label:has-text('Rita Reader') input[name=reviewers]").CheckAsync();
        await author.ClickAsync("text=Give it to reviewers");
        await Assertions.Expect(author.Locator("main")).ToContainTextAsync("no word yet");
        await reviewer.GotoAsync($"{_url}/northwind/my");
        await reviewer.ClickAsync("a:text-is('Review')");
        await Look(reviewer, "3-review");
        await reviewer.ClickAsync("text=Give my word");
        await reviewer.WaitForURLAsync("**/my");
        await approver.GotoAsync(_policy);
        await approver.FillAsync("main [name=password]", "not the password at all");
        await approver.ClickAsync("text=Approve exactly this text");
        await Assertions.Expect(approver.Locator(".invalid-feedback")).ToContainTextAsync("not your password");
        await approver.FillAsync("main [name=password]", Password);
        await approver.ClickAsync("text=Approve exactly this text");
        await approver.ClickAsync("button:text-is('Publish')");
        await Assertions.Expect(approver.Locator("main")).ToContainTextAsync("0 of 3 have confirmed it");
    }

    private async Task Confirm(IPage page, string edition)
    {
        await page.GotoAsync($"{_url}/northwind/my");
        await Assertions
            .Expect(page.Locator(".m-todo", new() { HasText = $"Information security policy {edition}" }))
            .ToBeVisibleAsync();
        await page.ClickAsync("a:text-is('Read')");
        await page.ClickAsync("text=I have read and understood it");
        await page.WaitForURLAsync("**/my");
        await Assertions
            .Expect(page.Locator("main"))
            .ToContainTextAsync($"Information security policy {edition} confirmed on");
        await Look(page, "5-my");
    }

    private async Task Revise(IPage page)
    {
        await page.GotoAsync(_policy);
        await page.ClickAsync("summary:text-is('Begin a new version')");
        await page.FillAsync("#f-reason", "A visitor's photograph showed a customer's record.");
        await page.CheckAsync("[name=major]");
        await page.ClickAsync("button:text-is('Begin')");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Version 2.0");
    }

    private static Task Look(IPage page, string name) => Browser.Look(page, "policy", name);
}
