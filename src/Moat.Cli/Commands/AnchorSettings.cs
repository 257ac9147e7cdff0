using System.CommandLine;
using Moat.Isms.Kernel;
using Moat.Server.Host.Anchors;

namespace Moat.Cli.Commands;

/// <summary>Where checkpoints go, as the operator says it.</summary>
internal static class AnchorSettings
{
    private static readonly Option<string[]> Folders = Several(
        "--anchor-folder",
        "MOAT_ANCHOR_FOLDER",
        "A folder that checkpoints of the journals are written to each day, such as a drive that somebody else keeps"
    );

    private static readonly Option<string[]> Repositories = Several(
        "--anchor-git",
        "MOAT_ANCHOR_GIT",
        "A Git repository that checkpoints are pushed to, with an optional #branch (needs the git program)"
    );

    private static readonly Option<string[]> Buckets = Several(
        "--anchor-s3",
        "MOAT_ANCHOR_S3",
        "A bucket that checkpoints are written to and locked in: s3://BUCKET/PREFIX?region=eu-central-1&lock-days=1126 "
            + "or https://STORAGE/BUCKET/PREFIX (key: MOAT_ANCHOR_S3_KEY as id:secret)"
    );

    private static readonly Option<string[]> Witnesses = Several(
        "--witness",
        "MOAT_WITNESS",
        "A witness that cosigns checkpoints, as URL=KEY; moat witness prints both"
    );

    /// <summary>The options.</summary>
    public static IReadOnlyList<Option> All { get; } = [Folders, Repositories, Buckets, Witnesses];

    /// <summary>What was given. Throws <see cref="InputInvalid"/>.</summary>
    public static AnchorOptions Read(ParseResult parsed) =>
        new()
        {
            Folders = [.. parsed.GetValue(Folders)!.Select(Path.GetFullPath)],
            Repositories =
            [
                .. parsed.GetValue(Repositories)!.Select(text => Read(Repositories, text, GitAddress.Read)),
            ],
            Buckets =
            [
                .. parsed
                    .GetValue(Buckets)!
                    .Select(text =>
                        Read(
                            Buckets,
                            text,
                            t => BucketAddress.Read(t, Environment.GetEnvironmentVariable("MOAT_ANCHOR_S3_KEY"))
                        )
                    ),
            ],
            Witnesses = [.. parsed.GetValue(Witnesses)!.Select(text => Read(Witnesses, text, WitnessAddress.Read))],
        };

    private static T Read<T>(Option option, string text, Func<string, T> read)
    {
        try
        {
            return read(text);
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            throw new InputInvalid(option.Name, e.Message);
        }
    }

    private static Option<string[]> Several(string name, string variable, string what) =>
        new(name)
        {
            Description = $"{what}; may be repeated (default: {variable}, separated by commas)",
            DefaultValueFactory = _ =>
                (Environment.GetEnvironmentVariable(variable) ?? "").Split(
                    ',',
                    StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
                ),
        };
}
