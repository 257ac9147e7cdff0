using System.Runtime.CompilerServices;
using Moat.Collectors.Http;
using Moat.Isms.Evidence.Collectors;
using Moat.Isms.Evidence.Reports;
using Moat.Isms.Kernel;
using Moat.Knowledge.Checks;

namespace Moat.Collectors.Boms;

/// <summary>
/// Reads the bill of materials that a build publishes at one address, again and again: what a product is made of now
/// (A.5.9, A.8.8).
/// </summary>
public sealed class BomCollector(SourceHttp http) : ICollector
{
    /// <inheritdoc />
    public string Kind => "bom";

    /// <inheritdoc />
    public string Title => "Bill of materials over HTTPS";

    /// <inheritdoc />
    public string LeastPrivilege =>
        "Whatever reads this one file. Give it a token of its own that can do nothing else.";

    /// <inheritdoc />
    public string? SecretHint => "The value of the header named in the settings, such as Bearer abc";

    /// <inheritdoc />
    public IReadOnlyList<CollectorSetting> Settings { get; } =
    [
        new(
            "url",
            "Address",
            "Of the newest CycloneDX JSON, such as https://builds.acme.internal/triage/latest/bom.json",
            Required: true,
            Form: SettingForm.ShelteredAddress
        ),
        new(
            "subject",
            "What it describes",
            "Only when the bill does not say it, such as triage-service",
            Required: false
        ),
        new("header", "Header for the secret", "Such as Authorization", Required: false, "Authorization"),
    ];

    /// <inheritdoc />
    public IReadOnlyList<string> Lists(CollectorAccess access) => [ResourceKind.Bill];

    /// <inheritdoc />
    public async Task<string> Test(CollectorAccess access, CancellationToken ct)
    {
        var (report, _) = await Read(access, ct);
        return $"{report.Format} of {Subject(access, report)} with {report.Facts[0].Content["components"]} components can be read.";
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<Collected> Collect(
        CollectorAccess access,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var (report, content) = await Read(access, ct);
        var subject = Subject(access, report);
        yield return new CollectedFact(report.Kind, subject, subject, report.Facts[0].Content);
        yield return new CollectedBill($"{subject}.cdx.json", content);
    }

    private async Task<(ReadReport Report, byte[] Content)> Read(CollectorAccess access, CancellationToken ct)
    {
        using var client = http.Client();
        var content = await SourceHttp.GetFile(
            client,
            http.Sheltered(SourceHttp.Address(access)).AbsoluteUri,
            ct,
            request =>
            {
                if (access.Secret is { Length: > 0 } secret)
                    request.Headers.TryAddWithoutValidation(access.Get("header") ?? "Authorization", secret);
            }
        );
        try
        {
            var report = ReportReader.Read(content);
            return report.Kind == ResourceKind.Bill
                ? (report, content)
                : throw new CollectorFailed($"This is {report.Format}, not a bill of materials.");
        }
        catch (InputInvalid e)
        {
            throw new CollectorFailed($"What is there is no CycloneDX bill: {e.Errors[0].Message}");
        }
    }

    private static string Subject(CollectorAccess access, ReadReport report) =>
        access.Get("subject")
        ?? report.Facts[0].Name
        ?? throw new CollectorFailed("The bill does not say what it describes. Write it into the setting subject.");
}
