using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Moat.Tests;

/// <summary>
/// An external auditor's session: the list that was sent before the visit, answers that are returned and accepted, a
/// sample, and a finding that the company accepts and that becomes a nonconformity. The seat changes nothing else.
/// </summary>
public sealed class AuditorJourneyTests(DemoSite site)
{
    private const string Requirement = "7.3";
    private IPage _jonas = null!,
        _paul = null!;

    private static string Today => TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    [Fact]
    public async Task From_the_request_list_to_a_finding_that_became_a_nonconformity()
    {
        Counterpart.Need(Browser.Program is not null, "Chromium");
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Browser.Start(playwright);
        (_jonas, var wrong) = await Browser.Page(browser);
        (_paul, var alsoWrong) = await Browser.Page(browser);
        await site.SignIn(_jonas, "jonas");
        await site.SignIn(_paul, "paul");

        var audit = await Plan();
        await TheSeatIsTimeBoxedAndReadOnly();
        var request = await ImportTheList();
        await AnswerReturnAccept(request);
        await Begin(audit);
        var sample = await Sample(audit);
        var finding = await Raise(audit, sample);
        var fault = await Accept(finding);
        await TheAuditorSees(finding, fault);
        Assert.Empty(wrong.Concat(alsoWrong));
    }

    private Task<IResponse?> Go(IPage page, string path) => page.GotoAsync($"{site.Url}/corvid/{path}");

    private async Task<string> Plan()
    {
        await Go(_jonas, "audits");
        await _jonas.FillAsync("#f-title", "Surveillance visit: people and what they know");
        await _jonas.SelectOptionAsync("#f-kind", "surveillance");
        await _jonas.FillAsync("#f-startsOn", Today);
        await _jonas.FillAsync("#f-endsOn", Today);
        await _jonas.SelectOptionAsync("#f-lead", new SelectOptionValue { Label = "Paul Anders" });
        await _jonas.FillAsync("#f-requirements", Requirement);
        await _jonas.FillAsync("#f-extent", "Everybody who trains, evaluates or serves models");
        await _jonas.FillAsync("#f-body", "Meridian Certification");
        await _jonas.ClickAsync("button:text-is('Plan')");
        await _jonas.WaitForURLAsync(new Regex("/audits/AUD-[0-9]+$"));
        return _jonas.Url.Split('/')[^1];
    }

    private async Task TheSeatIsTimeBoxedAndReadOnly()
    {
        await Go(_paul, "auditor");
        await Assertions.Expect(_paul.Locator("main")).ToContainTextAsync("Your seat ends with");
        await Browser.Look(_paul, "auditor", "1-seat");
        Assert.Equal(403, (await Go(_paul, "assets/new"))!.Status);
        await Go(_paul, "controls/A.8.4");
        await Assertions.Expect(_paul.Locator("main form[method=post]")).ToHaveCountAsync(0);
    }

    /// <summary>
    /// The list has a line whose date is none: it is named, and the others can be entered without it.
    /// </summary>
    private async Task<string> ImportTheList()
    {
        var list = $"""
            No;Requested evidence;ISO 27001 reference;Due date;Responsible
            A1;Certificates of the annotators who began this quarter;7.2;{Today};Jonas Weber
            A2;Minutes in which the training budget was decided;9.3;next spring;Jonas Weber
            """;
        await Go(_paul, "requests/import");
        await _paul.SetInputFilesAsync(
            "main input[type=file]",
            new FilePayload
            {
                Name = "visit.csv",
                MimeType = "text/csv",
                Buffer = Encoding.UTF8.GetBytes(list),
            }
        );
        await _paul.ClickAsync("button:text-is('Show what it changes')");
        await Assertions.Expect(_paul.Locator("main")).ToContainTextAsync("next spring");
        await Browser.Look(_paul, "auditor", "2-list");
        await _paul.CheckAsync("[name=skipWrong]");
        await _paul.ClickAsync("button:text-is('Apply')");
        await _paul.WaitForURLAsync(new Regex("/requests(\\?|$)"));
        await Go(_paul, "requests?q=annotators+who+began");
        await Assertions.Expect(_paul.Locator("main tbody tr")).ToHaveCountAsync(1);
        return (await _paul.Locator("main tbody tr").GetAttributeAsync("id"))!;
    }

    private async Task AnswerReturnAccept(string request)
    {
        await Answer(request, "All three are in the training register.", "DOC-1");
        await Go(_paul, $"requests/{request}");
        await _paul.FillAsync("#r-f-text", "The register shows two. Where is the third?");
        await _paul.ClickAsync("button:text-is('Return it')");
        await Answer(request, "The third began yesterday; the course is assigned and due next week.", "DOC-1");
        await Go(_paul, $"requests/{request}");
        await _paul.FillAsync("#a-f-text", "Seen on the screen.");
        await _paul.ClickAsync("button:text-is('It is enough')");
        await Assertions.Expect(_paul.Locator("main")).ToContainTextAsync("Accepted", new() { IgnoreCase = true });
        await Browser.Look(_paul, "auditor", "3-answered", whole: true);
    }

    private async Task Answer(string request, string text, string shown)
    {
        await Go(_jonas, $"requests/{request}");
        await _jonas.FillAsync("#f-text", text);
        await _jonas.FillAsync("#f-shown", shown);
        await _jonas.ClickAsync("button:text-is('Answer')");
        await Assertions.Expect(_jonas.Locator("main")).ToContainTextAsync(text);
    }

    private async Task Begin(string audit)
    {
        await Go(_paul, $"audits/{audit}");
        await _paul.ClickAsync("button:text-is('Begin the audit')");
        await Assertions.Expect(_paul.Locator("main")).ToContainTextAsync("Checklist: 0 of 1 looked at");
    }

    private async Task<string> Sample(string audit)
    {
        await Go(_paul, $"audits/{audit}?at={Requirement}");
        await _paul.ClickAsync("summary:text-is('Draw a sample')");
        await _paul.SelectOptionAsync("#f-population", "training-assignments");
        await _paul.FillAsync("#f-size", "3");
        await _paul.FillAsync("#f-seed", "surveillance one");
        await _paul.ClickAsync("button:text-is('Freeze and draw')");
        await _paul.WaitForURLAsync(new Regex("/samples/SMP-[0-9]+$"));
        await Assertions.Expect(_paul.Locator("main")).ToContainTextAsync("the same again");
        await _paul.Locator("[name=positions]").First.CheckAsync();
        await _paul.SelectOptionAsync("#f-result", "deviates");
        await _paul.FillAsync("#f-note", "Passed, a month after the work began.");
        await _paul.ClickAsync("button:text-is('Keep for those that are ticked')");
        await Assertions.Expect(_paul.Locator("main")).ToContainTextAsync("a month after the work began");
        await Browser.Look(_paul, "auditor", "4-sample");
        return _paul.Url.Split('/')[^1].Split('?')[0];
    }

    private async Task<string> Raise(string audit, string sample)
    {
        await Go(_paul, $"audits/{audit}?at={Requirement}");
        await _paul.ClickAsync("summary:text-is('Raise a finding')");
        await _paul.FillAsync("#f-f-title", "The course came after the work");
        await _paul.SelectOptionAsync("#f-f-grade", "minor");
        await _paul.FillAsync("#f-f-seen", $"{sample}, first line: passed a month after the work began.");
        await _paul.FillAsync("#f-f-statement", "The rule says that a course comes before the work it is for.");
        await _paul.FillAsync("#f-f-records", sample);
        await _paul.ClickAsync("button:text-is('Raise')");
        await _paul.ClickAsync("main a:text-is('The course came after the work')");
        await Assertions.Expect(_paul.Locator("button:text-is('Accept')")).ToHaveCountAsync(0);
        await Browser.Look(_paul, "auditor", "5-finding");
        return _paul.Url.Split('/')[^1];
    }

    private async Task<string> Accept(string finding)
    {
        await Go(_jonas, $"findings/{finding}");
        await _jonas.FillAsync("#a-f-reason", "True; the course of evaluators is assigned when somebody asks.");
        await _jonas.SelectOptionAsync("#a-f-owner", new SelectOptionValue { Label = "Jonas Weber" });
        await _jonas.ClickAsync("button:text-is('Accept')");
        var link = _jonas.Locator("main a[href*='/nonconformities/NC-']").First;
        await Assertions.Expect(link).ToBeVisibleAsync();
        return (await link.GetAttributeAsync("href"))!.Split('/')[^1];
    }

    private async Task TheAuditorSees(string finding, string fault)
    {
        await Go(_paul, $"findings/{finding}");
        await Assertions.Expect(_paul.Locator("main")).ToContainTextAsync(fault);
        await Go(_paul, $"nonconformities/{fault}");
        await Assertions.Expect(_paul.Locator("main")).ToContainTextAsync("The course came after the work");
        await Assertions.Expect(_paul.Locator("main form[method=post]")).ToHaveCountAsync(0);
        await Browser.Look(_paul, "auditor", "6-nonconformity", whole: true);
    }
}
