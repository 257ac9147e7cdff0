using System.Diagnostics;
using Moat.Isms.Kernel;

namespace Moat.Reports.Documents;

/// <summary>
/// Prints HTML to PDF through a Chromium that is installed on the machine; without one, PDF is not offered.
/// </summary>
public static class PdfPrinter
{
    private static readonly string[] Programs =
    [
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
    ];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly SemaphoreSlim OneAtATime = new(1);
    private static readonly Lazy<string?> Program = new(() =>
        Named is { } named
            ? named
            : (Environment.GetEnvironmentVariable("PATH") ?? "")
                .Split(Path.PathSeparator)
                .SelectMany(f => Programs.Select(p => Path.Combine(f, p)))
                .FirstOrDefault(File.Exists)
    );

    /// <summary>The one that the operator named, if any; before the first is looked for.</summary>
    public static string? Named { get; set; } =
        Environment.GetEnvironmentVariable("MOAT_CHROMIUM") is { Length: > 0 } program ? program : null;

    /// <summary>Whether there is one.</summary>
    public static bool IsHere => Program.Value is not null;

    /// <summary>The PDF of a page. Throws <see cref="Unavailable"/> when there is no Chromium or it fails.</summary>
    public static async Task<byte[]> Print(string html, CancellationToken ct)
    {
        if (Program.Value is not { } program)
            throw new Unavailable(
                "No Chromium is installed on the server, so there is no PDF. Take DOCX or HTML, or install it."
            );
        var folder = Directory.CreateTempSubdirectory("moat-pdf-");
        await OneAtATime.WaitAsync(ct);
        try
        {
            var (page, pdf) = (Path.Combine(folder.FullName, "page.html"), Path.Combine(folder.FullName, "page.pdf"));
            await File.WriteAllTextAsync(page, html, ct);
            await Run(program, folder.FullName, page, pdf, ct);
            return File.Exists(pdf)
                ? await File.ReadAllBytesAsync(pdf, ct)
                : throw new Unavailable("Chromium made no PDF. Take DOCX or HTML.");
        }
        finally
        {
            OneAtATime.Release();
            folder.Delete(recursive: true);
        }
    }

    private static async Task Run(string program, string folder, string page, string pdf, CancellationToken ct)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (
            var argument in new[]
            {
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-javascript",
                "--host-resolver-rules=MAP * ~NOTFOUND",
                $"--user-data-dir={Path.Combine(folder, "profile")}",
                "--no-pdf-header-footer",
                $"--print-to-pdf={pdf}",
                new Uri(page).AbsoluteUri,
            }
        )
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start) ?? throw new Unavailable("Chromium does not start.");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new Unavailable("Chromium took longer than a minute. Take DOCX or HTML.");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }
}
