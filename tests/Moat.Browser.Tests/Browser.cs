using System.Text.RegularExpressions;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Moat.Tests.DemoSite))]

namespace Moat.Tests;

/// <summary>The system's Chromium, driven by Playwright.</summary>
internal static class Browser
{
    private const float LongestWait = 30_000;

    private static readonly string[] Arguments =
    [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ];

    public static string? Program { get; } = Counterpart.Find("chromium", "chromium-browser", "google-chrome");

    public static async Task<IBrowser> Start(IPlaywright playwright)
    {
        // What has to come is waited for as long as for a page: other tests use the same processors.
        Assertions.SetDefaultExpectTimeout(LongestWait);
        return await playwright.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions { ExecutablePath = Program, Args = Arguments }
        );
    }

    /// <summary>Keeps a picture of the page where MOAT_SCREENSHOTS names a folder.</summary>
    public static async Task Look(IPage page, string set, string name, bool whole = false)
    {
        if (Environment.GetEnvironmentVariable("MOAT_SCREENSHOTS") is not { Length: > 0 } folder)
            return;
        await page.ScreenshotAsync(
            new PageScreenshotOptions { Path = Path.Combine(folder, set, $"{name}.png"), FullPage = whole }
        );
    }

    /// <summary>A page that notes every console error and every blocked resource.</summary>
    public static async Task<(IPage Page, List<string> Wrong)> Page(
        IBrowser browser,
        BrowserNewContextOptions? options = null
    )
    {
        var context = await browser.NewContextAsync(
            options
                ?? new BrowserNewContextOptions
                {
                    ViewportSize = new ViewportSize { Width = 1360, Height = 900 },
                }
        );
        var page = await context.NewPageAsync();
        var wrong = new List<string>();
        // A refused form answers 4xx on purpose; the browser notes that as an error of the network.
        page.Console += (_, message) =>
        {
            if (message.Type == "error" && !message.Text.Contains("status of 4", StringComparison.Ordinal))
                wrong.Add(message.Text);
        };
        page.PageError += (_, error) => wrong.Add(error);
        return (page, wrong);
    }
}

/// <summary>The demo, made once and served for all browser tests.</summary>
public sealed class DemoSite : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private ServedMoat? _server;

    public string Url => _server!.Url;

    public string Password { get; private set; } = "";

    /// <summary>The data folder.</summary>
    public string Data => _folder.Of("demo");

    public async ValueTask InitializeAsync()
    {
        _server = await MoatProgram.Serve("demo", "--data", _folder.Of("demo"));
        Password = Regex.Match(_server.Said, "password ([a-z0-9]+)").Groups[1].Value;
    }

    public ValueTask DisposeAsync()
    {
        _server?.Dispose();
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    public async Task SignIn(IPage page, string who)
    {
        await page.GotoAsync($"{Url}/sign-in");
        await page.FillAsync("[name=email]", $"{who}@corvid.example");
        await page.FillAsync("[name=password]", Password);
        await page.ClickAsync("button[type=submit]");
        await page.WaitForURLAsync(u => !u.Contains("/sign-in", StringComparison.Ordinal));
    }
}
