using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Assets;
using Moat.Isms.Communication;
using Moat.Isms.Context;
using Moat.Isms.Context.Interviews;
using Moat.Isms.Controls;
using Moat.Isms.Documents;
using Moat.Isms.Kernel;
using Moat.Isms.Objectives;
using Moat.Isms.People.Responsibilities;
using Moat.Isms.Risks;
using Moat.Isms.Suppliers;
using Moat.Isms.Work.Cadences;
using Moat.Knowledge;
using YamlDotNet.Serialization;

namespace Moat.Tests;

/// <summary>One sentence, or a few, that the draft of a profile says, with the record it stands in.</summary>
internal sealed record DraftedText(string Record, string Text);

/// <summary>The draft of one of the twelve companies, and how a reviewer reads it.</summary>
internal sealed class DraftProfile
{
    private const int FirstRisks = 10;

    private static readonly ConcurrentDictionary<string, Lazy<Task<DraftProfile>>> Drafted = new();

    private readonly List<Proposable> _records = [];

    private DraftProfile(string name, DraftBasis basis) => (Name, Basis) = (name, basis);

    public static string Folder { get; } = Path.Combine(Root(), "tests", "Moat.Isms.Tests", "Drafts", "Profiles");

    public static IEnumerable<string> Names =>
        Directory
            .GetFiles(Folder, "*.yaml")
            .Select(f => Path.GetFileNameWithoutExtension(f)!)
            .Order(StringComparer.Ordinal);

    public string Name { get; }

    public DraftBasis Basis { get; }

    public IReadOnlyList<Proposable> Records => _records;

    public IEnumerable<T> All<T>()
        where T : Proposable => _records.OfType<T>().OrderBy(r => r.Number);

    public static JsonObject Answers(string name)
    {
        var yaml = new DeserializerBuilder()
            .Build()
            .Deserialize<Dictionary<string, object>>(File.ReadAllText(Path.Combine(Folder, name + ".yaml")));
        return new JsonObject(
            yaml.Select(a => new KeyValuePair<string, JsonNode?>(
                a.Key,
                a.Value is IEnumerable<object> list
                    ? new JsonArray([.. list.Select(v => (JsonNode)v.ToString()!)])
                    : JsonValue.Create(a.Value.ToString())
            ))
        );
    }

    /// <summary>The draft of a profile; made once, because many tests read it and none changes it.</summary>
    public static Task<DraftProfile> Draft(string name) =>
        Drafted.GetOrAdd(name, n => new Lazy<Task<DraftProfile>>(() => Make(n))).Value;

    private static async Task<DraftProfile> Make(string name)
    {
        await using var company = await Company.Found("sqlite");
        await company.Do("interview.answer", new { answers = Answers(name), complete = true });
        await company.Do("draft.generate", new { });
        return await company.Read(async db =>
        {
            var profile = new DraftProfile(
                name,
                DraftBasis.Of(KnowledgeBase.Shipped, await db.Set<CompanyProfile>().FirstAsync())
            );
            await profile.Load(db);
            return profile;
        });
    }

    /// <summary>
    /// What the draft says in the company's name or to it; templates of documents are filled later and are not part of
    /// it.
    /// </summary>
    public IEnumerable<DraftedText> Texts() =>
        _records.Where(r => r is not Document).SelectMany(r => Said(r).Select(text => new DraftedText(r.Ref, text)));

    public string Golden()
    {
        var text = new StringBuilder($"# {Name}\n\n{All<Scope>().First().Statement}\n\n## Proposals\n\n");
        foreach (
            var kind in _records
                .GroupBy(r => RecordKind.Of(r.GetType()).Process)
                .OrderBy(g => g.Key, StringComparer.Ordinal)
        )
            Line(text, $"{kind.Key}: {kind.Count()}");
        Section(text, "Boundaries", All<Scope>().First().Boundaries.Split('\n'));
        Section(text, "Left out of the scope", All<Scope>().First().Exclusions.Split('\n').Select(OpenText.Read));
        var excluded = All<Control>().Where(c => c.Applicability == Applicability.Excluded).ToList();
        Section(
            text,
            $"Controls left out ({excluded.Count} of 93)",
            excluded.Select(c => $"{c.Code}: {c.Justification}")
        );
        Section(text, "First ten risks", All<Risk>().Take(FirstRisks).Select(r => $"**{r.Title}**. {r.WhyProposed}"));
        Section(text, "Obligations", All<Obligation>().Select(o => $"{o.Name}: {o.WhyProposed}"));
        Section(text, "Interested parties", All<InterestedParty>().Select(p => p.Name));
        Section(text, "Issues", All<ContextIssue>().Select(i => $"{i.Title}: {OpenText.Read(i.Told)}"));
        Section(
            text,
            "Assets",
            All<Asset>()
                .Select(a =>
                    $"{a.Name} ({AssetKinds.All[a.Kind]}, C{a.NeedsConfidentiality} I{a.NeedsIntegrity} A{a.NeedsAvailability}): {a.WhyProposed}"
                )
        );
        return text.ToString();
    }

    private static void Section(StringBuilder text, string title, IEnumerable<string> lines)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n## {title}\n\n");
        foreach (var line in lines)
            Line(text, line);
    }

    private static void Line(StringBuilder text, string line) =>
        text.Append(CultureInfo.InvariantCulture, $"- {line}\n");

    private static IEnumerable<string> Said(Proposable record) => (
            (string?[])(
                record switch
                {
                    Scope s => [s.Statement, s.Boundaries, s.Exclusions],
                    ContextIssue i => [i.Title, i.Effect],
                    InterestedParty p => [p.Name, p.Needs, p.Answer],
                    Obligation o => [o.Name, o.Asks],
                    BusinessObjective b => [b.Title, b.WhySecurity],
                    Asset a => [a.Name],
                    Risk r => [r.Title, r.Cause, r.Consequence],
                    Control c => [c.Justification],
                    Objective o => [o.Title, o.Metric, o.Plan],
                    CommunicationEntry c => [c.What, c.When, c.WithWhom, c.How],
                    Cadence c => [c.Title, c.What],
                    Supplier s => [s.Name],
                    RoleAssignment r => [r.Duties],
                    _ => [],
                }
            )
        ).Append(record.WhyProposed).OfType<string>();

    private async Task Load(MoatDb db)
    {
        _records.AddRange(await db.Set<Scope>().ToListAsync());
        _records.AddRange(await db.Set<ContextIssue>().ToListAsync());
        _records.AddRange(await db.Set<InterestedParty>().ToListAsync());
        _records.AddRange(await db.Set<Obligation>().ToListAsync());
        _records.AddRange(await db.Set<BusinessObjective>().ToListAsync());
        _records.AddRange(await db.Set<Asset>().ToListAsync());
        _records.AddRange(await db.Set<Risk>().ToListAsync());
        _records.AddRange(await db.Set<Control>().ToListAsync());
        _records.AddRange(await db.Set<Objective>().ToListAsync());
        _records.AddRange(await db.Set<RoleAssignment>().ToListAsync());
        _records.AddRange(await db.Set<CommunicationEntry>().ToListAsync());
        _records.AddRange(await db.Set<Cadence>().ToListAsync());
        _records.AddRange(await db.Set<Supplier>().ToListAsync());
        _records.AddRange(await db.Set<Document>().ToListAsync());
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Moat.slnx")))
            folder = folder.Parent;
        return folder.FullName;
    }
}
