using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Moat.Cli.Demo;

/// <summary>
/// What the company's collectors tell of its repositories, buckets and models, every second day, with a few bad weeks
/// as any company has them.
/// </summary>
internal sealed partial class DemoStory
{
    private const int FirstFactDay = 95;
    private const int EveryDays = 2;
    private static readonly string[] Tags = ["data", "owner"];
    private const int GatesToldFrom = 320;
    private const int GatesMended = 336;
    private int _toldUntil = FirstFactDay;

    /// <summary>Lets the days up to one pass, with what collectors told on them.</summary>
    private async Task On(int day, int hour = 9, CancellationToken ct = default)
    {
        for (var told = _toldUntil; told <= day && cast.People.Count > 0; told += EveryDays)
        {
            MoveTo(told, 4);
            if (told == FirstFactDay)
            {
                await ConnectSources(ct);
                await SayWhoMeasures(ct);
            }
            await Collect(told, ct);
            _toldUntil = told + EveryDays;
        }
        MoveTo(day, hour);
    }

    private void MoveTo(int day, int hour)
    {
        _day = Math.Max(_day, day);
        clock.MoveTo(new DateTimeOffset(_begin.AddDays(_day).Date, TimeSpan.Zero).AddHours(hour));
    }

    private IEnumerable<JsonNode> Events(int day) =>
        [
            OrganizationFact(day),
            .. RepositoryFacts(day),
            .. BucketFacts(day),
            ModelFact(day),
            .. GateFacts(day),
            MonitoringFact(day),
        ];

    private JsonNode OrganizationFact(int day) =>
        Fact(
            day,
            "github.organization",
            "corvid",
            new
            {
                name = "corvid",
                twoFactorRequired = true,
                owners = 3,
                defaultRepositoryPermission = "read",
                membersCanCreatePublic = day < 120,
                principals = new[]
                {
                    new { id = "dana", permission = "owner" },
                    new { id = "ivo", permission = "owner" },
                    new { id = "jonas", permission = "owner" },
                },
            }
        );

    private IEnumerable<JsonNode> RepositoryFacts(int day)
    {
        foreach (
            var (name, reviews, admins) in new[]
            {
                ("corvid/training", IsLoosened(day) ? 0 : 2, day < 200 ? 5 : 3),
                ("corvid/inference-gateway", 1, 2),
                ("corvid/prompt-library", day < 180 ? 0 : 1, 2),
            }
        )
            yield return Fact(
                day,
                "github.repository",
                name,
                new
                {
                    name,
                    url = $"https://github.example/{name}",
                    visibility = "private",
                    archived = false,
                    fork = false,
                    defaultBranch = "main",
                    codeOwners = true,
                    codeOwnerErrors = 0,
                    admins,
                    protection = Protection(day, reviews),
                    outsiders = name == "corvid/prompt-library" && day is > 150 and < 330 ? 1 : 0,
                    principals = new[]
                    {
                        new { id = "dana", permission = "write" },
                        new { id = "ivo", permission = "admin" },
                        new { id = "emil", permission = name == "corvid/training" && day > 380 ? "read" : "write" },
                        new { id = "nadia", permission = "write" },
                    },
                    secretScanning = LeakedSecrets(day, name),
                    dependabot = new
                    {
                        open = 2 + day / 40 % 3,
                        severe = day is >= 310 and < 330 ? 1 : 0,
                        oldestAt = Date(day is >= 310 and < 330 ? 275 : day / 40 * 40 - 12),
                        severeOver30Days = day is >= 310 and < 330 ? 1 : 0,
                    },
                    codeScanning = name == "corvid/prompt-library" ? null : new { open = 1, severe = 0 },
                    actions = new
                    {
                        enabled = true,
                        allowed = day < 140 ? "all" : "selected",
                        tokenPermission = "read",
                        runs = 50,
                        failedRuns = 3,
                    },
                    unknown = name == "corvid/prompt-library"
                        ? new { codeScanning = "the feature is off or the token may not read it (GitHub answers 403)" }
                        : null,
                }
            );
    }

    /// <summary>
    /// For two weeks in autumn administrators could push past the rules, until somebody noticed.
    /// </summary>
    private static bool IsLoosened(int day) => day is >= 236 and < 250;

    private static object Protection(int day, int reviews) =>
        new
        {
            enabled = true,
            requiredReviews = reviews,
            dismissStale = true,
            codeOwnerReview = day > 300,
            statusChecks = true,
            signedCommits = day > 200,
            administrators = !IsLoosened(day),
            forcePush = false,
            rulesets = 1,
        };

    private object LeakedSecrets(int day, string name)
    {
        var isLeaked = name == "corvid/training" && day is >= 270 and < 272;
        return new
        {
            open = isLeaked ? 1 : 0,
            severe = 0,
            oldestAt = isLeaked ? (DateOnly?)Date(270) : null,
            severeOver30Days = 0,
        };
    }

    private IEnumerable<JsonNode> BucketFacts(int day)
    {
        foreach (
            var (name, grants) in new[]
            {
                ("corvid-weights", false),
                ("corvid-clinical-notes", false),
                ("corvid-demo-models", day is >= 160 and < 163),
            }
        )
            yield return Fact(
                day,
                "s3.bucket",
                name,
                new
                {
                    name,
                    encryption = name == "corvid-demo-models" ? "AES256" : "aws:kms",
                    versioning = "Enabled",
                    logging = name == "corvid-demo-models" && day < 300 ? "none" : "corvid-logs",
                    objectLock = "none",
                    lifecycleRules = name == "corvid-demo-models" ? 0 : 2,
                    expiringRules = name == "corvid-demo-models" ? 0 : 2,
                    publicByPolicy = false,
                    publicByAcl = grants,
                    publicAccessBlock = new
                    {
                        blockPublicAcls = !grants,
                        ignorePublicAcls = !grants,
                        blockPublicPolicy = true,
                        restrictPublicBuckets = true,
                    },
                    principals = new[]
                    {
                        new { id = "role/training", permission = "WRITE" },
                        new { id = "role/serving", permission = "READ" },
                    },
                }
            );
    }

    private JsonNode ModelFact(int day) =>
        Fact(
            day,
            "mlflow.model",
            "corvid-triage-7b",
            new
            {
                name = "corvid-triage-7b",
                description = "Triage advice for clinicians from notes in German and English; never for children.",
                versions = 6 + day / 60,
                served = 1,
                servedWithoutRun = 0,
                servedNotReady = 0,
                aliases = new[] { $"champion={6 + day / 60}" },
                tags = Tags,
            }
        );

    private IEnumerable<JsonNode> GateFacts(int day)
    {
        if (day >= GatesToldFrom)
            yield return Fact(
                day,
                "pipeline.gates",
                "corvid/training",
                new
                {
                    name = "Gates of the training pipeline",
                    gates = 23,
                    waivableByOne = day < GatesMended ? 3 : 0,
                }
            );
    }

    private JsonNode MonitoringFact(int day) =>
        Fact(
            day,
            "prometheus.server",
            "https://prometheus.corvid.example",
            new
            {
                name = "prometheus.corvid.example",
                targets = 14,
                targetsDown = 0,
                alertingRules = day < 190 ? 2 : 11,
                brokenRules = 0,
                alertmanagers = 1,
                firing = 0,
            }
        );

    private JsonNode Fact(int day, string type, string subject, object data) =>
        new JsonObject
        {
            ["id"] = string.Create(CultureInfo.InvariantCulture, $"{type}-{subject}-{day}"),
            ["source"] = "https://collectors.corvid.example",
            ["type"] = type,
            ["subject"] = subject,
            ["time"] = clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture),
            ["data"] = JsonSerializer.SerializeToNode(data),
        };
}
