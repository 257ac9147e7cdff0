using System.CommandLine;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Moat.Isms.Evidence.Reports;
using Moat.Isms.Kernel;

namespace Moat.Cli.Commands;

/// <summary>
/// <c>moat evidence push</c>: what a pipeline calls after a step. A report that is understood becomes facts as well;
/// one that is broken is refused; anything else is kept as a file. Pushing the same file for the same thing again
/// changes nothing, so a step may be repeated.
/// </summary>
internal static class PushCommand
{
    private static readonly Argument<string> File = new("file") { Description = "The file" };
    private static readonly Option<string[]> Control = new("--control")
    {
        Description = "A control it shows, such as A.8.28; may be repeated",
    };
    private static readonly Option<string?> Period = new("--period")
    {
        Description = "What it observes: 2026-11-24, 2026-11, or 2026-11-01..2026-11-24 (default: today)",
    };
    private static readonly Option<string?> Title = new("--title")
    {
        Description = "What it shows (default: the file's name, or the kind of report and its subject)",
    };
    private static readonly Option<string[]> Clause = new("--clause")
    {
        Description = "A clause it shows, such as 9.1; may be repeated",
    };
    private static readonly Option<string?> Population = new("--population")
    {
        Description = "Of what it is a look at all or at some, such as \"all 14 repositories\"",
    };
    private static readonly Option<bool?> Complete = new("--complete")
    {
        Description = "Whether it looks at the whole population",
    };
    private static readonly Option<DateTimeOffset?> ObservedAt = new("--observed-at")
    {
        Description = "When a report's run was, such as 2026-11-24T10:00:00Z (default: now)",
    };
    private static readonly Option<string?> Subject = new("--subject")
    {
        Description = "What a report is about and stays the same from run to run, such as training-pipeline/main",
    };
    private static readonly Option<string?> Dataset = new("--dataset")
    {
        Description = "The dataset that was validated, with its version or digest",
    };
    private static readonly Option<string?> Model = new("--model-version")
    {
        Description = "The model version that it is about",
    };
    private static readonly Option<bool> AsFile = new("--as-file")
    {
        Description = "Keep a report as a file only, also one that cannot be read",
    };

    public static Command Make()
    {
        var command = new Command(
            "push",
            "Push a pipeline's file as evidence: SARIF, JUnit XML, Great Expectations, CycloneDX, in-toto, or any file"
        )
        {
            File,
            Control,
            Clause,
            Period,
            ObservedAt,
            Title,
            Population,
            Complete,
            Subject,
            Dataset,
            Model,
            AsFile,
            ServerDoor.Server,
            ServerDoor.Token,
            Installation.As,
            Installation.Organization,
            Installation.Data,
            Installation.Postgres,
        };
        command.SetAction(Push);
        return command;
    }

    private static async Task<int> Push(ParseResult parsed, CancellationToken ct)
    {
        var path = parsed.GetValue(File)!;
        var file = await Files.Read(path, ct);
        var isReport = !parsed.GetValue(AsFile) && IsReport(path, (GivenFile)InputBinder.Bind(typeof(GivenFile), file));
        var controls = new JsonArray([.. (parsed.GetValue(Control) ?? []).Select(c => (JsonNode)c)]);
        var clauses = new JsonArray([.. (parsed.GetValue(Clause) ?? []).Select(c => (JsonNode)c)]);
        if (!isReport && controls.Count + clauses.Count == 0)
            throw new InputInvalid(
                "--control",
                "Say which control or clause the file shows, such as --control A.8.28."
            );
        var (from, to) = parsed.GetValue(Period) is null && isReport ? (null, null) : Days(parsed.GetValue(Period));
        var input = new JsonObject
        {
            ["file"] = file,
            ["controls"] = controls,
            ["clauses"] = clauses,
        };
        var given = new (string Name, JsonNode? Value)[]
        {
            ("title", parsed.GetValue(Title) ?? (isReport ? null : Path.GetFileName(path))),
            ("periodFrom", from),
            ("periodTo", to),
            ("population", parsed.GetValue(Population)),
            ("complete", parsed.GetValue(Complete)),
        };
        var ofReport = new (string Name, JsonNode? Value)[]
        {
            ("subject", parsed.GetValue(Subject)),
            ("dataset", parsed.GetValue(Dataset)),
            ("modelVersion", parsed.GetValue(Model)),
            ("observedAt", parsed.GetValue(ObservedAt)),
        };
        foreach (var (name, value) in isReport ? given.Concat(ofReport) : given)
            if (value is not null)
                input[name] = value;
        var verb = isReport ? "report" : "add";
        Console.WriteLine(
            parsed.GetValue(ServerDoor.Server) is { Length: > 0 } server
                ? await Send(server, parsed, verb, input, ct)
                : await Keep(parsed, $"evidence.{verb}", input, ct)
        );
        return 0;
    }

    /// <summary>
    /// Whether it is a report that is understood. One that means to be a report and cannot be read is refused, with the
    /// place.
    /// </summary>
    private static bool IsReport(string path, GivenFile file)
    {
        // No operation takes a larger one, as what it says itself.
        if (file.Content.Length > GivenFile.MostBytes)
            return false;
        try
        {
            ReportReader.Read(file);
            return true;
        }
        catch (InputInvalid e) when (ReportClaim.Of(path, file.Bytes()))
        {
            throw new InputInvalid(
                "file",
                $"{e.Errors[0].Message} Write the report again, or add --as-file to keep it as a file that is not read."
            );
        }
        catch (InputInvalid)
        {
            return false;
        }
    }

    private static async Task<string> Keep(ParseResult parsed, string operation, JsonObject input, CancellationToken ct)
    {
        await using var installation = Installation.OpenExisting(Installation.Storage(parsed));
        return Installation.Show(await installation.Run(parsed, OperationCatalog.Whole.Find(operation)!, input, ct));
    }

    private static async Task<string> Send(
        string server,
        ParseResult parsed,
        string verb,
        JsonObject input,
        CancellationToken ct
    )
    {
        var token =
            parsed.GetValue(ServerDoor.Token)
            ?? throw new InputInvalid("--token", "A token is needed. Put it into MOAT_TOKEN.");
        // A token begins with its organisation, so it need not be said twice.
        var organization =
            parsed.GetValue(Installation.Organization)
            ?? (
                Moat.Isms.People.Secret.Read(token) ?? throw new InputInvalid("--token", "This is no token of Moat.")
            ).Organization;
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(
            HttpMethod.Post,
            $"{server.TrimEnd('/')}/api/v1/{organization}/evidence/{verb}"
        )
        {
            Content = Form(input),
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
        };
        request.Headers.Add(
            "Idempotency-Key",
            // What lies in a file is told by its hash here.
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{verb} {input.ToJsonString()}")))
        );
        try
        {
            using var response = await client.SendAsync(request, ct);
            var body = await response.Content.ReadAsStringAsync(ct);
            return response.IsSuccessStatusCode ? body : throw Refused((int)response.StatusCode, body);
        }
        catch (HttpRequestException e)
        {
            throw new ServerSilent($"{server} cannot be reached: {e.Message}");
        }
    }

    /// <summary>The input as a form, whose file is sent as it lies there.</summary>
    private static MultipartFormDataContent Form(JsonObject input)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, value) in input.Where(i => i.Key != "file"))
        foreach (var each in value is JsonArray list ? list.Select(v => $"{v}") : [$"{value}"])
            form.Add(new StringContent(each), name);
        var file = (GivenFile)InputBinder.Bind(typeof(GivenFile), input["file"]!.AsObject());
        form.Add(new StreamContent(file.Content.Open()), "file", file.Name);
        return form;
    }

    private static Exception Refused(int status, string body)
    {
        try
        {
            if (JsonNode.Parse(body)?["errors"] is JsonArray { Count: > 0 } errors)
                return new InputInvalid([.. errors.Select(e => new FieldError($"{e?["field"]}", $"{e?["message"]}"))]);
            return new ServerSilent(
                $"The server refused it ({status}): {JsonNode.Parse(body)?["detail"] ?? JsonNode.Parse(body)?["title"]}"
            );
        }
        catch (JsonException)
        {
            return new ServerSilent($"The server answers {status}.");
        }
    }

    private static (string? From, string? To) Days(string? period)
    {
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        DateOnly Day(string text) =>
            DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                ? day
                : throw new InputInvalid(
                    "--period",
                    $"'{text}' is no day. Write 2026-11-24, 2026-11, or 2026-11-01..2026-11-24."
                );
        if (period is null)
            return (Text(today), Text(today));
        if (period.Split("..") is [var first, var last])
            return (Text(Day(first)), Text(Day(last)));
        if (period.Length != "2026-11".Length)
            return (Text(Day(period)), Text(Day(period)));
        var start = Day($"{period}-01");
        var end = start.AddMonths(1).AddDays(-1);
        return (Text(start), Text(end > today ? today : end));
    }

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>A server that did not do what it was asked.</summary>
internal sealed class ServerSilent(string message) : Exception(message);
