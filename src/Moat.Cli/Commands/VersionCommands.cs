using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Moat.Isms.Kernel;

namespace Moat.Cli.Commands;

/// <summary>
/// <c>moat version push</c> and <c>moat version verify</c>: what a pipeline calls after it made a model or a dataset,
/// and before it deploys one. Files are read here and stay here; only their digests go to the server.
/// </summary>
internal static class VersionCommands
{
    private static readonly Argument<string[]> Made = new("file")
    {
        Description = "The files of the version",
        Arity = ArgumentArity.ZeroOrMore,
    };
    private static readonly Argument<string[]> Found = new("file")
    {
        Description = "The files to look at",
        Arity = ArgumentArity.OneOrMore,
    };
    private static readonly Option<string> Asset = new("--asset")
    {
        Description = "The asset of which it is a version, such as AST-3",
        Required = true,
    };
    private static readonly Option<string> Name = new("--name")
    {
        Description = "What the version is called, such as v3",
        Required = true,
    };
    private static readonly Option<string[]> MadeFrom = new("--made-from")
    {
        Description = "A version it was made from, as AVER-2 or sha256:…; may be repeated",
    };
    private static readonly Option<string?> Format = new("--format")
    {
        Description = "How it is written, such as safetensors",
    };
    private static readonly Option<string[]> Pointer = new("--pointer")
    {
        Description =
            "A pointer of DVC (.dvc) or Git LFS, or S3's answer about an object, in the place of a file; may be repeated",
    };
    private static readonly Option<string?> Stored = new("--location") { Description = "Where it is stored" };
    private static readonly Option<string?> ObjectVersion = new("--object-version")
    {
        Description = "The version of the object that --location names, as S3 gives it",
    };
    private static readonly Option<string?> Run = new("--run")
    {
        Description = "The run that made it (default: the job's address at GitHub or GitLab)",
        DefaultValueFactory = _ => RunHere(),
    };
    private static readonly Option<string?> Commit = new("--commit")
    {
        Description = "The commit of the code that made it (default: GITHUB_SHA or CI_COMMIT_SHA)",
        DefaultValueFactory = _ => Given("GITHUB_SHA") ?? Given("CI_COMMIT_SHA"),
    };
    private static readonly Option<string?> Within = new("--within")
    {
        Description = "Only this version, such as AVER-4: are these the bytes that were released with it?",
    };

    public static Command Make()
    {
        var push = new Command(
            "push",
            "Enter a version with the SHA-256 of its files; other bytes under its name are refused"
        )
        {
            Made,
            Pointer,
            Asset,
            Name,
            MadeFrom,
            Format,
            Stored,
            ObjectVersion,
            Run,
            Commit,
            ServerDoor.Server,
            ServerDoor.Token,
            Installation.As,
            Installation.Organization,
            Installation.Data,
            Installation.Postgres,
        };
        push.SetAction(Push);
        var verify = new Command(
            "verify",
            "Tell whether each file is what a person released: exit code 0 when all are, 1 when one is not"
        )
        {
            Found,
            Within,
            ServerDoor.Server,
            ServerDoor.Token,
            Installation.As,
            Installation.Organization,
            Installation.Data,
            Installation.Postgres,
        };
        verify.SetAction(Verify);
        return new Command("version", "Versions of models and data in pipelines") { push, verify };
    }

    private static async Task<int> Push(ParseResult parsed, CancellationToken ct)
    {
        var (digests, pointers, bytes) = (new JsonArray(), await Pointers(parsed, ct), 0L);
        foreach (var path in parsed.GetValue(Made) ?? [])
        {
            MustBeNamable(path);
            digests.Add($"{await Digest(path, ct)}  {Path.GetFileName(path)}");
            bytes += new FileInfo(path).Length;
        }
        if (digests.Count + pointers.Count == 0)
            throw new InputInvalid("file", "Name the files of the version, or their pointers with --pointer.");
        var input = new JsonObject
        {
            ["asset"] = parsed.GetValue(Asset),
            ["name"] = parsed.GetValue(Name),
            ["digests"] = digests,
            ["madeFrom"] = new JsonArray([.. (parsed.GetValue(MadeFrom) ?? []).Select(v => (JsonNode)v)]),
        };
        if (pointers.Count > 0)
            input["pointers"] = pointers;
        else
            input["bytes"] = bytes;
        var said = new (string Name, Option<string?> Option)[]
        {
            ("format", Format),
            ("location", Stored),
            ("run", Run),
            ("commit", Commit),
        };
        foreach (var (name, option) in said)
            if (parsed.GetValue(option) is { Length: > 0 } value)
                input[name] = value;
        AddObjectVersion(parsed, input);
        using var door = ServerDoor.Of(parsed);
        await using var here = Here(parsed, door);
        Console.WriteLine(
            here is null
                ? (await door!.Post(pointers.Count > 0 ? "versions/point" : "versions", input, ct)).ToJsonString()
                : Installation.Show(
                    await here.Run(
                        parsed,
                        OperationCatalog.Whole.Find(pointers.Count > 0 ? "versions.point" : "versions.create")!,
                        input,
                        ct
                    )
                )
        );
        return 0;
    }

    private static async Task<JsonArray> Pointers(ParseResult parsed, CancellationToken ct)
    {
        var pointers = new JsonArray();
        foreach (var path in parsed.GetValue(Pointer) ?? [])
        {
            MustBeNamable(path);
            RegularFile.MustBe(path);
            pointers.Add(
                (JsonNode)
                    new JsonObject
                    {
                        ["name"] = Path.GetFileName(path),
                        ["content"] = Convert.ToBase64String(await File.ReadAllBytesAsync(path, ct)),
                    }
            );
        }
        return pointers;
    }

    // A place in a store that keeps versions names exact bytes only together with the version of the object.
    private static void AddObjectVersion(ParseResult parsed, JsonObject input)
    {
        if (parsed.GetValue(ObjectVersion) is not { Length: > 0 } version)
            return;
        if (input["location"] is not { } location)
            throw new InputInvalid("--object-version", "Name the object with --location, such as s3://weights/v3.");
        input["location"] = $"{location}?versionId={Uri.EscapeDataString(version)}";
    }

    private static async Task<int> Verify(ParseResult parsed, CancellationToken ct)
    {
        using var door = ServerDoor.Of(parsed);
        // All files are read first: one that is not there is a wrong use, whatever the others are.
        var files = new List<(string Path, string Digest)>();
        foreach (var path in parsed.GetValue(Found)!)
            files.Add((path, await Digest(path, ct)));
        await using var here = Here(parsed, door);
        var (good, find) = (true, OperationCatalog.Whole.Find("versions.find")!);
        foreach (var (path, digest) in files)
        {
            var input = new JsonObject { ["digest"] = digest };
            if (parsed.GetValue(Within) is { Length: > 0 } within)
                input["within"] = within;
            var found = await Asked(async () =>
                here is null
                    ? await door!.Get("versions/find", input, ct)
                    : JsonNode.Parse(Installation.Show(await here.Run(parsed, find, input, ct)))!
            );
            var released = (string?)found["are"] == "released";
            Console.WriteLine($"{(released ? "OK" : "FAILED")}: {RegularFile.Shown(path)}: {found["says"]}");
            good &= released;
        }
        return good ? 0 : 1;
    }

    // The only record that is named here is the version.
    private static async Task<JsonNode> Asked(Func<Task<JsonNode>> ask)
    {
        try
        {
            return await ask();
        }
        catch (NotFound none)
        {
            throw new InputInvalid("--within", none.Message);
        }
    }

    private static async Task<string> Digest(string path, CancellationToken ct)
    {
        RegularFile.MustBe(path);
        await using var file = File.OpenRead(path);
        return $"sha256:{Convert.ToHexStringLower(await SHA256.HashDataAsync(file, ct))}";
    }

    // Names stand in lists of digests, one in a line.
    private static void MustBeNamable(string path)
    {
        if (Path.GetFileName(path).AsSpan().ContainsAny('\n', '\r'))
            throw new InputInvalid(
                RegularFile.Shown(path),
                "Its name has a line break, which no list of digests can hold. Rename it."
            );
    }

    // Where no server is named, the installation of the data folder is asked.
    private static Installation? Here(ParseResult parsed, ServerDoor? door) =>
        door is null ? Installation.OpenExisting(Installation.Storage(parsed)) : null;

    private static string? RunHere() =>
        Given("CI_JOB_URL")
        ?? (
            Given("GITHUB_RUN_ID") is { } run
                ? $"{Given("GITHUB_SERVER_URL")}/{Given("GITHUB_REPOSITORY")}/actions/runs/{run}"
                : null
        );

    private static string? Given(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null;
}
