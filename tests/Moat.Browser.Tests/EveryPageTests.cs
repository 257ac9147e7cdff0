using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Moat.Tests;

/// <summary>Walks all pages of the demo: no console error, no blocked resource, nothing that axe-core finds.</summary>
public abstract class EveryPageTests(DemoSite site, int half)
{
    public static readonly string[] Pages =
    [
        "",
        "interview",
        "draft",
        "context",
        "scope",
        "assets",
        "assets/AST-1",
        "assets/new",
        "assets/graph",
        "assets/import",
        "risks",
        "risks/RISK-1",
        "risks/new",
        "risks/import",
        "risks/method",
        "controls",
        "controls/A.8.4",
        "controls/new",
        "soa",
        "soa/SOA-1",
        "soa/SOA-1?to=today",
        "objectives",
        "objectives/OBJ-1",
        "evidence/new",
        "evidence/new?kind=report",
        "evidence/EVD-1",
        "freshness?state=missing",
        "checks?outcome=failing",
        "audits",
        "audits/AUD-1",
        "audits/AUD-1?at=7.3",
        "audits/programme",
        "audits/rehearsal",
        "audits/rehearsal?stage=2",
        "audits/samples/SMP-1",
        "findings",
        "findings/FIND-1",
        "requests",
        "requests/REQ-2",
        "requests/import",
        "auditor",
        "access-reviews",
        "access-reviews/ARV-1",
        "roles",
        "my",
        "documents",
        "documents?q=weights",
        "documents/DOC-2",
        "documents/DOC-2?from=1.0",
        "documents/DOC-2/acknowledgements",
        "documents/new",
        "read/DOC-2",
        "people",
        "people/PER-2",
        "people/import",
        "competence",
        "training",
        "training/everyone",
        "training/list",
        "suppliers",
        "suppliers/SUP-1",
        "communication",
        "frameworks",
        "frameworks/soc2",
        "tasks",
        "tasks?due=week",
        "tasks?change=TASK-1",
        "calendar",
        "calendar?mine=true",
        "cadences",
        "cadences/CAD-1",
        "absences",
        "webhooks",
        "evidence",
        "freshness",
        "checks",
        "checks/s3-encrypted",
        "checks/new",
        "checks/exceptions",
        "checks/exceptions?over=true",
        "collectors",
        "collectors?kind=github",
        "collectors?kind=bom",
        "attestation-keys",
        "alert-sources",
        "resources",
        "resources/RES-5",
        "controls/A.8.4?days=365",
        "nonconformities",
        "nonconformities/NC-1",
        "actions",
        "actions/ACT-1",
        "lessons",
        "lessons/LES-1",
        "improvements",
        "improvements/IMP-1",
        "changes",
        "changes/CHG-1",
        "outsourced",
        "threat-news",
        "threat-news/NEWS-1",
        "incidents",
        "incidents/new",
        "incidents/report",
        "incidents/triage",
        "incidents/triage?state=all",
        "incidents/INC-1",
        "incidents/INC-2",
        "incidents/runs/RUN-1",
        "incidents/runs/RUN-3",
        "duties",
        "playbooks",
        "playbooks/training-data-poisoning",
        "playbooks/leaked-credential",
        "leadership",
        "alignment",
        "reviews",
        "reviews/MREV-1",
        "reviews/MREV-3",
        "processes",
        "processes?at=3&months=3",
        "processes/risk-treatment",
        "thread/INC-1",
        "thread/ALERT-2",
        "thread/RISK-1",
        "readiness",
        "readiness/6.1.2",
        "readiness/A.8.4",
        "journal",
        "journal?verify=true",
        "pack",
        "access",
        "search?q=weights",
        "search?q=nothing-like-this",
        "not-a-page",
    ];

    private static readonly string[] Rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

    [Fact]
    public async Task No_page_has_an_error_or_an_accessibility_violation_wide_dark_or_narrow()
    {
        Counterpart.Need(Browser.Program is not null, "Chromium");
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Browser.Start(playwright);
        var (page, wrong) = await Browser.Page(browser);
        await site.SignIn(page, "mara");
        var found = new List<string>();
        // Two halves side by side: one browser after the other leaves a machine with two processors idle half of the
        // time.
        foreach (var path in Pages.Where((_, index) => index % 2 == half))
        {
            wrong.Clear();
            await See(page, "light", 1360);
            var response = await page.GotoAsync($"{site.Url}/corvid/{path}".TrimEnd('/'));
            if (path != "not-a-page" && response!.Status != 200)
                found.Add($"{path}: status {response.Status}");
            found.AddRange(await Faults(page, path, "light", 1360, "tag", Rules));
            // The scheme changes colours and nothing else.
            found.AddRange(await Faults(page, path, "dark", 1360, "rule", ["color-contrast"]));
            found.AddRange(await Faults(page, path, "light", 390, "tag", Rules));
            found.AddRange(wrong.Select(w => $"{path}: {w}"));
        }
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    private static async Task<IReadOnlyList<string>> Faults(
        IPage page,
        string path,
        string scheme,
        int width,
        string by,
        string[] rules
    )
    {
        await See(page, scheme, width);
        await Browser.Look(page, $"{scheme}-{width}", NameOf(path), whole: true);
        // Whatever is in order is not sent over: on a long page that is most of the time.
        var axe = await page.RunAxe(
            new AxeRunOptions
            {
                RunOnly = new RunOnlyOptions { Type = by, Values = [.. rules] },
                ResultTypes = [ResultType.Violations],
            }
        );
        var found = axe
            .Violations.Select(v =>
                $"{path} ({scheme}, {width}): {v.Id}: {v.Help}: {string.Join(" | ", v.Nodes.Take(3).Select(n => n.Html.Length > 160 ? n.Html[..160] : n.Html))}"
            )
            .ToList();
        if (await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > window.innerWidth + 1"))
            found.Add($"{path}: wider than the window of {width}");
        return found;
    }

    private static async Task See(IPage page, string scheme, int width)
    {
        await page.SetViewportSizeAsync(width, 900);
        await page.EmulateMediaAsync(
            new PageEmulateMediaOptions { ColorScheme = scheme == "dark" ? ColorScheme.Dark : ColorScheme.Light }
        );
    }

    private static string NameOf(string path) =>
        path.Length == 0 ? "home" : path.Replace('/', '-').Replace('?', '-').Replace('=', '-');
}

public sealed class EveryPageFirstHalfTests(DemoSite site) : EveryPageTests(site, 0);

public sealed class EveryPageSecondHalfTests(DemoSite site) : EveryPageTests(site, 1);
