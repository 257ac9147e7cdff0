using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Moat.Tests;

/// <summary>
/// The circle that clause 4.4 asks for, with a real Prometheus and Alertmanager at its beginning: a degrading model
/// becomes an alert, an incident, a run playbook, a review, lessons, a corrective action, a second version of the
/// coding policy, people who confirm and learn it, and an effect that somebody else verifies. The thread shows all of
/// it; an incident of which nothing was to be learned says why, and is no break of the process map.
/// </summary>
public sealed class ThreadJourneyTests : IAsyncLifetime
{
    // It changes much, so it has an example company of its own.
    private readonly DemoSite _site = new();

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private IPage _jonas = null!,
        _ivo = null!,
        _mara = null!;
    private IBrowser _browser = null!;
    private readonly List<string> _wrong = [];

    public ValueTask InitializeAsync() => Browser.Program is null ? ValueTask.CompletedTask : _site.InitializeAsync();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task From_the_alert_of_a_degrading_model_to_a_verified_effect_one_thread_holds_and_a_reason_for_no_lesson_leaves_no_gap()
    {
        Counterpart.Need(Browser.Program is not null, "Chromium");
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Browser.Start(playwright);
        _browser = browser;
        (_jonas, _ivo, _mara) = (await Enter("jonas"), await Enter("ivo"), await Enter("mara"));

        var alert = await Alert();
        var incident = await Triage("ModelDriftPSIHigh");
        await Assess(incident);
        await RunThePlaybook(incident);
        await Recover(incident);
        await Review(incident, learns: true);
        var (lesson, fault) = ((await Refs(incident, "LES"))[0], (await Refs(incident, "NC"))[0]);
        var action = await PlanTheAction(fault, lesson);
        var policy = await NewPolicy(action);
        await Verify(action, policy);
        await TheThreadShows(alert, [incident, lesson, fault, action, policy]);
        await TheMapHasNoGapAt(await IncidentThatTaughtNothing());
        Assert.Empty(_wrong);
    }

    private async Task<IPage> Enter(string who)
    {
        var (page, wrong) = await Browser.Page(_browser);
        await _site.SignIn(page, who);
        page.Close += (_, _) => _wrong.AddRange(wrong);
        return page;
    }

    private Task<IResponse?> Go(IPage page, string path) => page.GotoAsync($"{_site.Url}/corvid/{path}");

    /// <summary>The inputs of the model drift, Prometheus notices and Alertmanager tells Moat.</summary>
    private async Task<string> Alert()
    {
        var token = (
            await MoatProgram.Do(
                "token",
                "create",
                "--data",
                _site.Data,
                "--org",
                "corvid",
                "--role",
                "agent",
                "--name",
                "Alertmanager"
            )
        )
            .Trim()
            .Split('\n')[^1];
        await using var model = await WatchedService.Start($"{_site.Url}/api/v1/corvid/hooks/alertmanager", token);
        model.Drift = 0.41;
        var until = TimeProvider.System.GetUtcNow() + Patience;
        do
        {
            await Task.Delay(500);
            await Go(_jonas, "incidents/triage");
        } while (await Card("ModelDriftPSIHigh").CountAsync() == 0 && TimeProvider.System.GetUtcNow() < until);
        await Browser.Look(_jonas, "thread", "1-triage");
        return (await Card("ModelDriftPSIHigh").Locator("[id^=ALERT-]").First.GetAttributeAsync("id"))!;
    }

    private ILocator Card(string says) => _jonas.Locator("section.card", new() { HasText = says });

    private async Task<string> Triage(string says)
    {
        var card = Card(says);
        await card.Locator("input[name=incident][value=true]").CheckAsync();
        await card.Locator("[name=reason]")
            .FillAsync("The inputs moved far since yesterday and nobody released anything.");
        await card.Locator("button:text-is('Decide')").ClickAsync();
        await _jonas.WaitForURLAsync(new Regex("/incidents/INC-[0-9]+$"));
        return _jonas.Url.Split('/')[^1];
    }

    private async Task Assess(string incident)
    {
        await Unfold(_jonas, "#as-f-what", "Assess again");
        await _jonas.FillAsync(
            "#as-f-what",
            "The triage model sees inputs that look unlike its training data; answers for two hospitals got worse."
        );
        await _jonas.CheckAsync("[name=integrity]");
        await _jonas.CheckAsync("[name=affects][value=AST-1]");
        foreach (var fact in new[] { "personal-data", "customers", "nis2-entity", "high-risk-ai-system" })
            await _jonas.CheckAsync($"[name=fact-{fact}][value=no]");
        await _jonas.ClickAsync("button:text-is('Work out severity and duties')");
        await Assertions.Expect(_jonas.Locator("main")).ToContainTextAsync("crown jewel");
        await Browser.Look(_jonas, "thread", $"2-{incident}");
    }

    private async Task RunThePlaybook(string incident)
    {
        await _jonas.SelectOptionAsync("[name=playbook]", "training-data-poisoning");
        await _jonas.ClickAsync("button:text-is('Start it')");
        await _jonas.WaitForURLAsync("**/incidents/runs/**");
        await Browser.Look(_jonas, "thread", "3-run");
        var steps = await _jonas.Locator("section.m-runstep.now[id]").CountAsync();
        Assert.True(steps > 0, "A step is open.");
        for (var step = 0; step < 5; step++)
        {
            var open = _jonas.Locator("section.m-runstep.now[id]").First;
            var title = await open.Locator("h3").InnerTextAsync();
            if (await open.Locator("input[type=radio]").CountAsync() > 0)
                await open.Locator("input[type=radio]").First.CheckAsync();
            await open.Locator("textarea[name=text]")
                .First.FillAsync("Looked at with Ivo; noted in the sheet of the run.");
            await open.Locator("button:text-is('Done')").ClickAsync();
            await Assertions
                .Expect(_jonas.Locator("section.m-runstep.past h3", new() { HasText = title }))
                .ToBeVisibleAsync();
        }
        await _jonas.FillAsync(
            "#end-f-leftOutBecause",
            "The export was found at once; what is left is done with the next training run."
        );
        await _jonas.FillAsync(
            "#end-f-result",
            "It was a changed export of one hospital that reached training unchecked."
        );
        await _jonas.ClickAsync("button:text-is('End it')");
        await Assertions.Expect(_jonas.Locator("main")).ToContainTextAsync("Minutes");
        await Go(_jonas, $"incidents/{incident}");
    }

    private async Task Recover(string incident)
    {
        foreach (var state in new[] { "contained", "eradicated", "recovered" })
        {
            await Go(_jonas, $"incidents/{incident}");
            await _jonas.SelectOptionAsync("#adv-f-to", state);
            await _jonas.FillAsync(
                "#adv-f-how",
                "The alias is back on the version before; the ten pairs of notes agree."
            );
            await _jonas.ClickAsync("button:text-is('Say so')");
        }
        await Assertions.Expect(_jonas.Locator("main")).ToContainTextAsync("Hold the review");
    }

    private async Task Review(string incident, bool learns)
    {
        foreach (var attendee in await _jonas.Locator("[name=attendees]").AllAsync())
            await attendee.CheckAsync();
        await _jonas.FillAsync(
            "#f-story",
            "A hospital changed its export. The intake took it, training used it, and the first to notice was the drift alert."
        );
        await _jonas.FillAsync(
            "#f-whys",
            "The model saw units it was never trained on\nThe intake checks columns, not units\nNobody may stop a training run because of an input check\nThe coding policy does not say that checks of inputs are code"
        );
        await _jonas.SelectOptionAsync("#f-cause", "unchecked-input");
        await _jonas.FillAsync("#f-worked", "The older version was there and could be served within minutes.");
        if (!learns)
            await _jonas.FillAsync(
                "#f-noLessonBecause",
                "The incident of this morning taught the same, and its lessons are under way."
            );
        else
        {
            await _jonas.FillAsync("#f-lesson1", "Checks of inputs are code and stop the run");
            await _jonas.FillAsync(
                "#f-nonconformity",
                "Training ran on inputs that had failed their check\nThe training-data policy forbids it."
            );
        }
        await _jonas.ClickAsync("button:text-is('Keep the review')");
        await _jonas.ClickAsync("button:text-is('Close the incident')");
        await Assertions.Expect(_jonas.Locator("ol.m-steps")).ToContainTextAsync("Closed");
        await Browser.Look(_jonas, "thread", learns ? "4-closed" : "8-nothing-learned");
    }

    /// <summary>The same once more, with a review that says why nothing was taken from it.</summary>
    private async Task<string> IncidentThatTaughtNothing()
    {
        await Go(_ivo, "incidents/report");
        await _ivo.FillAsync("main [name=text]", "An answer of the demo endpoint named a unit that no hospital uses");
        await _ivo.ClickAsync("button:text-is('Report it')");
        await Go(_jonas, "incidents/triage");
        var incident = await Triage("a unit that no hospital uses");
        await Assess(incident);
        await Recover(incident);
        await Review(incident, learns: false);
        return incident;
    }

    /// <summary>What hangs on a record directly, by the interface that programs use, the oldest first.</summary>
    private async Task<IReadOnlyList<string>> Refs(string of, string kind)
    {
        var thread = await (await _jonas.APIRequest.GetAsync($"{_site.Url}/api/v1/corvid/thread/{of}")).JsonAsync();
        return
        [
            .. thread!
                .Value.GetProperty("links")
                .EnumerateArray()
                .Select(l => l.GetProperty("ref").GetString()!)
                .Where(r => r.StartsWith(kind + "-", StringComparison.Ordinal))
                .OrderBy(r => int.Parse(r[(kind.Length + 1)..], System.Globalization.CultureInfo.InvariantCulture)),
        ];
    }

    private async Task<string> PlanTheAction(string fault, string lesson)
    {
        await Go(_jonas, $"nonconformities/{fault}");
        await _jonas.FillAsync("[name=correction]", "The run was taken back and trained again on the checked export.");
        await _jonas.ClickAsync("button:text-is('Keep')");
        await Unfold(_jonas, "#f-cause", "Find the cause");
        await _jonas.FillAsync(
            "#f-whys",
            "Training ran on unchecked inputs\nA failed check was a warning only\nThe coding policy does not say that checks of inputs are code"
        );
        await _jonas.FillAsync("#f-cause", "A failed check of inputs is a warning that nobody has to read");
        await _jonas.FillAsync("#f-lookedElsewhere", "All intakes of the five hospitals");
        await _jonas.FillAsync("#f-foundElsewhere", "Two more that only warn");
        await _jonas.ClickAsync("button:text-is('Keep the cause')");
        await _jonas.FillAsync("#a-f-title", "A failed check of inputs stops the training run");
        await _jonas.FillAsync("#a-f-effectSeenBy", "A planted wrong unit stops the run at every intake");
        await _jonas.SelectOptionAsync("#a-f-owner", new SelectOptionValue { Label = "Ivo Petrov" });
        await _jonas.FillAsync("#a-f-dueOn", Today);
        await _jonas.FillAsync("#a-f-verifyFrom", Today);
        await _jonas.ClickAsync("button:text-is('Plan')");
        await Browser.Look(_jonas, "thread", "5-nonconformity");
        var action = (await Refs(fault, "ACT"))[^1];
        await Go(_jonas, $"lessons/{lesson}");
        await _jonas.ClickAsync("summary:text-is('Something that exists already')");
        await _jonas.FillAsync("#n-f-became", action);
        await _jonas.ClickAsync("button:text-is('Name it')");
        await Assertions.Expect(_jonas.Locator("main")).ToContainTextAsync(action);
        return action;
    }

    /// <summary>
    /// The coding policy gets a second version because of the action; whoever must know confirms it and takes the
    /// course again.
    /// </summary>
    private async Task<string> NewPolicy(string action)
    {
        await Go(_jonas, "documents?q=secure+development");
        await _jonas.ClickAsync("main a:has-text('Secure development of product') >> nth=0");
        var policy = _jonas.Url.Split('/')[^1];
        await _jonas.ClickAsync("summary:text-is('Begin a new version')");
        await _jonas.FillAsync("#f-reason", "A check of inputs is code: when it fails, the run stops.");
        await _jonas.FillAsync("#f-because", action);
        await _jonas.CheckAsync("[name=major]");
        await _jonas.ClickAsync("button:text-is('Begin')");
        await Go(_jonas, $"documents/{policy}/edit");
        await _jonas.FillAsync(
            "[name=source]",
            $"{await _jonas.InputValueAsync("[name=source]")}\n\nA failed check of inputs stops the run.\n"
        );
        await _jonas.ClickAsync("button:text-is('Save')");
        await Go(_jonas, $"documents/{policy}");
        await _jonas.Locator("label:has-text('Ivo Petrov') input[name=reviewers]").CheckAsync();
        await _jonas.ClickAsync("text=Give it to reviewers");
        await Go(_ivo, $"documents/{policy}");
        await _ivo.ClickAsync("text=Give my word");
        await Go(_mara, $"documents/{policy}");
        await _mara.FillAsync("main [name=password]", _site.Password);
        await _mara.ClickAsync("text=Approve exactly this text");
        await _mara
            .Locator(
                "label:has-text('engineers') input[type=checkbox], label:has-text('Engineers') input[type=checkbox]"
            )
            .First.CheckAsync();
        await _mara.ClickAsync("button:text-is('Publish')");
        await Browser.Look(_mara, "thread", "6-published");
        await Go(_ivo, $"read/{policy}");
        await _ivo.ClickAsync("text=I have read and understood it");
        await Go(_jonas, $"thread/{policy}");
        await Assertions.Expect(_jonas.Locator("main")).ToContainTextAsync("TRN-");
        return policy;
    }

    /// <summary>Who did it says so; who did it may not verify it; somebody else does, with what shows it.</summary>
    private async Task Verify(string action, string policy)
    {
        await Go(_ivo, $"actions/{action}");
        await _ivo.FillAsync("[name=outcome]", "Every intake refuses a failed check, and the policy says so.");
        await _ivo.FillAsync("[name=updates]", $"{policy}, A.8.28");
        await _ivo.ClickAsync("button:text-is('Done')");
        await Assertions.Expect(_ivo.Locator("button:text-is('Keep what was seen')")).ToHaveCountAsync(0);
        await Go(_jonas, $"actions/{action}");
        await _jonas.FillAsync(
            "#v-f-seen",
            "A wrong unit was planted at each of the five intakes; each stopped the run."
        );
        await _jonas.SelectOptionAsync("#v-f-effective", "true");
        await _jonas.SetInputFilesAsync(
            "#v-f-file",
            new FilePayload
            {
                Name = "planted.csv",
                MimeType = "text/csv",
                Buffer = "intake,stopped\n1,yes\n2,yes\n"u8.ToArray(),
            }
        );
        await _jonas.FillAsync("main [name=password]", _site.Password);
        await _jonas.ClickAsync("button:text-is('Keep what was seen')");
        await Assertions.Expect(_jonas.Locator("main")).ToContainTextAsync("Effective", new() { IgnoreCase = true });
    }

    private async Task TheThreadShows(string alert, string[] records)
    {
        await Go(_jonas, $"thread/{alert}");
        foreach (var record in records)
            await Assertions.Expect(_jonas.Locator("main")).ToContainTextAsync(record);
        await Browser.Look(_jonas, "thread", "7-thread", whole: true);
    }

    private async Task TheMapHasNoGapAt(string incident)
    {
        await Go(_jonas, "processes");
        var gaps = _jonas.Locator(
            "tr",
            new() { HasText = "A closed incident left a lesson, or a named reason why not" }
        );
        await Assertions.Expect(gaps.Filter(new() { HasText = incident })).ToHaveCountAsync(0);
        await Browser.Look(_jonas, "thread", "9-map", whole: true);
    }

    /// <summary>Opens what is folded away, unless it is open already.</summary>
    private static async Task Unfold(IPage page, string field, string summary)
    {
        if (!await page.Locator(field).IsVisibleAsync())
            await page.ClickAsync($"summary:text-is('{summary}')");
    }

    private static string Today =>
        TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
