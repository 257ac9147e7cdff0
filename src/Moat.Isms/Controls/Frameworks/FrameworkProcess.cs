using System.Globalization;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Knowledge;

namespace Moat.Isms.Controls.Frameworks;

/// <summary>A framework in the list.</summary>
/// <param name="Id">Its id or reference.</param>
/// <param name="Name">Its name.</param>
/// <param name="Publisher">Who publishes it.</param>
/// <param name="Origin">Shipped with the product, or the form of the file it came from.</param>
/// <param name="Requirements">How many requirements it has.</param>
/// <param name="Mapped">How many of them name a clause or control that answers them.</param>
public sealed record FrameworkSummary(
    string Id,
    string Name,
    string Publisher,
    string Origin,
    int Requirements,
    int Mapped
);

/// <summary>A clause or control that answers a requirement, and how it stands here.</summary>
public sealed record AnsweringControl(string Code, string Title, string? State);

/// <summary>A requirement with what answers it here.</summary>
public sealed record MappedRow(string Id, string Title, string? Text, IReadOnlyList<AnsweringControl> Answers);

/// <summary>A framework with its requirements.</summary>
public sealed record FrameworkView(FrameworkSummary Summary, string Reliance, IReadOnlyList<MappedRow> Rows)
{
    /// <summary>Its version, to send with a change; 0 of one that Moat brings along.</summary>
    public int Version { get; init; }

    /// <summary>Whether it was taken out of the list.</summary>
    public bool IsRemoved { get; init; }
}

/// <summary>What an import added.</summary>
public sealed record FrameworkImported(
    string? Ref,
    string What,
    int Requirements,
    int Mapped,
    IReadOnlyList<string> Unmatched
)
{
    /// <summary>What of the file is not read, and where it does not follow its format, a sentence each.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];
}

/// <summary>A framework or mapping as a file.</summary>
public sealed record ImportFramework : IReadFirst
{
    /// <summary>An OSCAL catalog in JSON or YAML, or a library in YAML in the style of CISO Assistant.</summary>
    public required GivenFile File { get; init; }

    /// <inheritdoc />
    void IReadFirst.ReadFirst() => File.Read(FrameworkReader.Read);
}

/// <summary>Other frameworks seen through the controls that are already there.</summary>
[Process(Name, Summary)]
public sealed class FrameworkProcess(MoatDb db, KnowledgeBase knowledge)
{
    internal const string Name = "frameworks";
    internal const string Summary =
        "Other frameworks, shipped or added as a file, seen through the clauses and controls that answer them.";

    private const int UnmatchedShown = 20;

    /// <summary>The frameworks.</summary>
    [Query("list", Permission.ReadIsms, "List frameworks, shipped and added as files")]
    public async Task<IReadOnlyList<FrameworkSummary>> List(Nothing input, CancellationToken ct) =>
        [
            .. knowledge.Mappings.Select(Shipped),
            .. (
                await db.Set<Framework>().Where(f => f.RemovedOn == null).OrderBy(f => f.Number).ToListAsync(ct)
            ).Select(Added),
        ];

    /// <summary>One framework with what answers each requirement, and how that stands.</summary>
    [Query("get", Permission.ReadIsms, "Read a framework with the clauses and controls that answer each requirement")]
    public async Task<FrameworkView> Get(OneRecord input, CancellationToken ct)
    {
        var states = await db.Set<Control>()
            .Of(null)
            .ToDictionaryAsync(
                c => c.Code,
                c => c.Applicability == Applicability.Applicable ? c.Implementation.Words() : c.Applicability.Words(),
                ct
            );
        if (knowledge.Mappings.FirstOrDefault(m => m.Id == input.Ref) is { } mapping)
            return new FrameworkView(
                Shipped(mapping),
                Reliance(mapping),
                [
                    .. mapping.Requirements.Select(r => new MappedRow(
                        r.Id,
                        r.Title,
                        null,
                        [.. r.Answers.Select(a => Answer(a, states))]
                    )),
                ]
            );
        var framework = await db.One<Framework>(input.Ref, ct);
        var reliance = framework.RemovedOn is { } day
            ? string.Create(CultureInfo.InvariantCulture, $"Removed on {day:d MMMM yyyy}: {framework.RemovedBecause}")
            : $"Read from a file ({framework.Format}); the mapping is the file's.";
        return new FrameworkView(
            Added(framework),
            reliance,
            [
                .. framework
                    .Requirements()
                    .Select(r => new MappedRow(r.Id, r.Title, r.Text, [.. r.Answers.Select(a => Answer(a, states))])),
            ]
        )
        {
            Version = framework.Version,
            IsRemoved = framework.RemovedOn is not null,
        };
    }

    /// <summary>Adds a framework, or a mapping to one that was added.</summary>
    [Operation(
        "import",
        Permission.EditControls,
        "Add a framework (OSCAL catalog, CISO Assistant library) or a mapping to ISO/IEC 27001 as a file"
    )]
    public async Task<FrameworkImported> Import(ImportFramework input, CancellationToken ct)
    {
        var file = input.File.Read(FrameworkReader.Read);
        var added = file.Framework is { } read ? await Enter(file, read, input.File, ct) : await Map(file, ct);
        return added with { Remarks = file.Remarks };
    }

    private async Task<FrameworkImported> Enter(
        FrameworkFile file,
        ReadFramework read,
        GivenFile given,
        CancellationToken ct
    )
    {
        if (await db.Set<Framework>().FirstOrDefaultAsync(f => f.Key == read.Key, ct) is { } known)
            throw new RuleBroken(
                "frameworks.import.once",
                $"{known.Ref} {known.Name} is already here. Give a new edition on its page, where what changes is shown first."
            );
        var answers = FrameworkAnswers.Of(knowledge, file.Mapping).ToLookup(a => a.Requirement, a => a.Answer);
        var rows = read.Rows.Select(r => r.Row with { Answers = [.. answers[r.Key].Distinct()] }).ToList();
        var framework = await db.Enter(
            new Framework
            {
                Key = read.Key.Cut(300),
                Name = read.Name,
                Publisher = read.Publisher,
                Format = file.Format,
                Sha256 = Convert.ToHexStringLower(SHA256.HashData(given.Bytes())),
                Count = rows.Count,
                Rows = Framework.Write(rows),
            },
            ct
        );
        return new FrameworkImported(
            framework.Ref,
            framework.Name,
            rows.Count,
            rows.Count(r => r.Answers.Count > 0),
            []
        );
    }

    // A mapping names requirements by keys that end in their number, so it also fits a framework that came from another
    // file.
    private async Task<FrameworkImported> Map(FrameworkFile file, CancellationToken ct)
    {
        var other =
            file.Mapping.Select(m =>
                    m.SourceFramework.Contains(FrameworkAnswers.Iso27001, StringComparison.Ordinal)
                        ? m.TargetFramework
                        : m.SourceFramework
                )
                .FirstOrDefault()
            ?? "";
        var framework =
            await db.Set<Framework>().FirstOrDefaultAsync(f => f.Key == other, ct)
            ?? throw new RuleBroken(
                "frameworks.import.missing",
                $"The mapping is for {other}. Add that framework first."
            );
        var answers = FrameworkAnswers
            .Of(knowledge, file.Mapping)
            .ToLookup(a => FrameworkAnswers.Number(a.Requirement), a => a.Answer);
        var rows = framework
            .Requirements()
            .Select(r => r with { Answers = [.. r.Answers.Concat(answers[r.Id.ToLowerInvariant()]).Distinct()] })
            .ToList();
        framework.Rows = Framework.Write(rows);
        var known = rows.Select(r => r.Id.ToLowerInvariant()).ToHashSet();
        return new FrameworkImported(
            framework.Ref,
            framework.Name,
            rows.Count,
            rows.Count(r => r.Answers.Count > 0),
            [.. answers.Select(a => a.Key).Where(k => !known.Contains(k)).Take(UnmatchedShown)]
        );
    }

    private AnsweringControl Answer(string id, Dictionary<string, string> states) =>
        knowledge.ControlById.TryGetValue(id, out var control)
            ? new AnsweringControl(id, control.Title, states.GetValueOrDefault(id))
            : new AnsweringControl(id, knowledge.Clauses.First(c => c.Id == id).Title, null);

    private static string Reliance(FrameworkMapping mapping) =>
        mapping.AsOf is { } day
            ? $"{mapping.Reliance} The text as it was read on {day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}."
            : mapping.Reliance;

    private static FrameworkSummary Shipped(FrameworkMapping mapping) =>
        new(
            mapping.Id,
            mapping.Name,
            mapping.Publisher,
            "shipped",
            mapping.Requirements.Count,
            mapping.Requirements.Count(r => r.Answers.Count > 0)
        );

    private static FrameworkSummary Added(Framework framework) =>
        new(
            framework.Ref,
            framework.Name,
            framework.Publisher,
            framework.Format,
            framework.Count,
            framework.Requirements().Count(r => r.Answers.Count > 0)
        );
}
