using System.Text;
using Moat.Knowledge.Checks;
using Moat.Knowledge.Documents;
using Moat.Knowledge.Playbooks;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.Converters;
using YamlDotNet.Serialization.NamingConventions;

namespace Moat.Knowledge;

/// <summary>A mistake in the content, with the file and the line.</summary>
public sealed class ContentError(string file, long line, string message) : Exception($"{file}:{line}: {message}");

/// <summary>What a consultant knows, loaded and validated once.</summary>
public sealed class KnowledgeBase
{
    private static readonly IDeserializer Yaml = new DeserializerBuilder()
        .WithNamingConvention(UnderscoredNamingConvention.Instance)
        .WithTypeConverter(new ConditionYaml())
        .WithTypeConverter(new DateOnlyConverter(formats: "yyyy-MM-dd"))
        .WithEnforceRequiredMembers()
        .Build();

    private static readonly Lazy<KnowledgeBase> Embedded = new(() => new KnowledgeBase(EmbeddedFiles()));

    /// <summary>
    /// Loads content from files, by path below <c>content/</c>. Throws <see cref="ContentError"/> on the first mistake.
    /// </summary>
    public KnowledgeBase(IEnumerable<(string Path, string Text)> files)
    {
        files = [.. files];
        Interview = LoadDraft<Interview>(files, "draft/interview.yaml");
        DraftedAssets = LoadDraft<DraftedAssets>(files, "draft/assets.yaml");
        DraftedContext = LoadDraft<DraftedContext>(files, "draft/context.yaml");
        var byFolder = files
            .Where(f => f.Path.EndsWith(".md", StringComparison.Ordinal))
            .ToLookup(f => f.Path.Split('/')[0]);
        Controls = [.. Load<ControlEntry>(byFolder["annex-a"]).OrderBy(c => c.Order)];
        Clauses = [.. Load<ClauseEntry>(byFolder["clauses"]).OrderBy(c => c.Order)];
        Threats = [.. Load<ThreatEntry>(byFolder["threats"])];
        Roles = [.. Load<RoleEntry>(byFolder["roles"])];
        Objectives = [.. Load<ObjectiveEntry>(byFolder["objectives"])];
        Documents = [.. Load<DocumentTemplate>(byFolder["documents"])];
        Courses = [.. Load<CourseEntry>(byFolder["courses"])];
        Checks = [.. Load<CheckEntry>(byFolder["checks"]).OrderBy(c => c.Id, StringComparer.Ordinal)];
        Processes =
        [
            .. Load<ProcessEntry>(byFolder["processes"])
                .OrderBy(p => ClauseEntry.OrderOf(p.Clause))
                .ThenBy(p => p.Id, StringComparer.Ordinal),
        ];
        Playbooks = [.. Load<PlaybookEntry>(byFolder["playbooks"]).OrderBy(p => p.Id, StringComparer.Ordinal)];
        Duties = [.. Load<DutyEntry>(byFolder["duties"]).OrderBy(d => d.Id, StringComparer.Ordinal)];
        Mappings =
        [
            .. files
                .Where(f => f.Path.StartsWith("mappings/", StringComparison.Ordinal))
                .Select(f => Parse<FrameworkMapping>(f.Path, f.Text, firstLine: 1)),
        ];
        Checklists = LoadDraft<List<Checklist>>(files, "draft/checklists.yaml").ToDictionary(c => c.Id);
        SupplierQuestions = LoadDraft<List<SupplierQuestion>>(files, "draft/suppliers.yaml");
        DraftedCommunications = LoadDraft<List<DraftedCommunication>>(files, "draft/communication.yaml");
        DraftedCadences = LoadDraft<List<DraftedCadence>>(files, "draft/cadences.yaml");
        HandTies = LoadDraft<List<HandTie>>(files, "links.yaml");
        ControlById = Controls.ToDictionary(c => c.Id);
        ThreatById = Threats.ToDictionary(t => t.Id);
        RoleById = Roles.ToDictionary(r => r.Id);
        DocumentById = Documents.ToDictionary(d => d.Id);
        CourseById = Courses.ToDictionary(c => c.Id);
        CheckById = Checks.ToDictionary(c => c.Id);
        PlaybookById = Playbooks.ToDictionary(p => p.Id);
        DutyById = Duties.ToDictionary(d => d.Id);
        ContentCheck.Of(this);
    }

    /// <summary>
    /// Fills every template with every decision and compiles every check. Throws <see cref="ContentError"/> on the
    /// first that cannot be.
    /// </summary>
    public void CheckTexts()
    {
        TemplateCheck.Texts(this);
        RuleCheck.Rules(this);
    }

    /// <summary>The content that this program ships.</summary>
    public static KnowledgeBase Shipped => Embedded.Value;

    /// <summary>The interview.</summary>
    public Interview Interview { get; }

    /// <summary>Assets to draft.</summary>
    public DraftedAssets DraftedAssets { get; }

    /// <summary>Context to draft.</summary>
    public DraftedContext DraftedContext { get; }

    /// <summary>The 93 controls of Annex A in order.</summary>
    public IReadOnlyList<ControlEntry> Controls { get; }

    /// <summary>Clauses 4 to 10 in order.</summary>
    public IReadOnlyList<ClauseEntry> Clauses { get; }

    /// <summary>The threat catalogue.</summary>
    public IReadOnlyList<ThreatEntry> Threats { get; }

    /// <summary>The roles.</summary>
    public IReadOnlyList<RoleEntry> Roles { get; }

    /// <summary>The objectives.</summary>
    public IReadOnlyList<ObjectiveEntry> Objectives { get; }

    /// <summary>Controls by id.</summary>
    public IReadOnlyDictionary<string, ControlEntry> ControlById { get; }

    /// <summary>Threats by id.</summary>
    public IReadOnlyDictionary<string, ThreatEntry> ThreatById { get; }

    /// <summary>Roles by id.</summary>
    public IReadOnlyDictionary<string, RoleEntry> RoleById { get; }

    /// <summary>The templates of documents.</summary>
    public IReadOnlyList<DocumentTemplate> Documents { get; }

    /// <summary>Templates by id.</summary>
    public IReadOnlyDictionary<string, DocumentTemplate> DocumentById { get; }

    /// <summary>The courses.</summary>
    public IReadOnlyList<CourseEntry> Courses { get; }

    /// <summary>Courses by id.</summary>
    public IReadOnlyDictionary<string, CourseEntry> CourseById { get; }

    /// <summary>Checks over collected facts.</summary>
    public IReadOnlyList<CheckEntry> Checks { get; }

    /// <summary>Checks by id.</summary>
    public IReadOnlyDictionary<string, CheckEntry> CheckById { get; }

    /// <summary>Playbooks for incidents.</summary>
    public IReadOnlyList<PlaybookEntry> Playbooks { get; }

    /// <summary>Playbooks by id.</summary>
    public IReadOnlyDictionary<string, PlaybookEntry> PlaybookById { get; }

    /// <summary>Duties to notify about incidents.</summary>
    public IReadOnlyList<DutyEntry> Duties { get; }

    /// <summary>Duties by id.</summary>
    public IReadOnlyDictionary<string, DutyEntry> DutyById { get; }

    /// <summary>The processes of the ISMS in the order of clauses.</summary>
    public IReadOnlyList<ProcessEntry> Processes { get; }

    /// <summary>Other frameworks, mapped to clauses and controls.</summary>
    public IReadOnlyList<FrameworkMapping> Mappings { get; }

    /// <summary>What is done when somebody joins, moves or leaves, by id.</summary>
    public IReadOnlyDictionary<string, Checklist> Checklists { get; }

    /// <summary>What suppliers are asked.</summary>
    public IReadOnlyList<SupplierQuestion> SupplierQuestions { get; }

    /// <summary>The communication plan to draft.</summary>
    public IReadOnlyList<DraftedCommunication> DraftedCommunications { get; }

    /// <summary>What has to happen again and again, to draft.</summary>
    public IReadOnlyList<DraftedCadence> DraftedCadences { get; }

    /// <summary>Which kinds of records a person may tie together by hand.</summary>
    public IReadOnlyList<HandTie> HandTies { get; }

    /// <summary>
    /// Reads a check that somebody wrote in the form of the shipped ones. Throws <see cref="ContentError"/>.
    /// </summary>
    public static CheckEntry ReadCheck(string file, string text) =>
        ReadOne<CheckEntry>(file, text.ReplaceLineEndings("\n"));

    private static IEnumerable<(string, string)> EmbeddedFiles()
    {
        var assembly = typeof(KnowledgeBase).Assembly;
        foreach (
            var name in assembly
                .GetManifestResourceNames()
                .Where(n => n.StartsWith("content/", StringComparison.Ordinal))
                .Order()
        )
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
            yield return (name["content/".Length..].Replace('\\', '/'), reader.ReadToEnd());
        }
    }

    private static T LoadDraft<T>(IEnumerable<(string Path, string Text)> files, string path)
    {
        var text =
            files.Where(f => f.Path == path).Select(f => f.Text).FirstOrDefault()
            ?? throw new ContentError(path, 1, "The file is missing.");
        return Parse<T>(path, text, firstLine: 1);
    }

    private static T Parse<T>(string path, string yaml, int firstLine)
    {
        try
        {
            return Yaml.Deserialize<T>(yaml);
        }
        catch (YamlException e)
        {
            throw new ContentError(path, e.Start.Line + firstLine - 1, e.InnerException?.Message ?? e.Message);
        }
    }

    private static IEnumerable<T> Load<T>(IEnumerable<(string Path, string Text)> files)
        where T : Entry
    {
        foreach (var (path, text) in files)
        {
            var entry = ReadOne<T>(path, text);
            if (entry.Id != Path.GetFileNameWithoutExtension(path))
                throw new ContentError(path, 2, $"The id is '{entry.Id}'.");
            yield return entry;
        }
    }

    private static T ReadOne<T>(string path, string text)
        where T : Entry
    {
        var end = text.Length < 4 ? -1 : text.IndexOf("\n---\n", 3, StringComparison.Ordinal);
        if (!text.StartsWith("---\n", StringComparison.Ordinal) || end < 0)
            throw new ContentError(path, 1, "Front matter between two lines of --- is missing.");
        var entry = Parse<T>(path, text[4..(end + 1)], firstLine: 2);
        entry.Body = text[(end + 5)..].Trim();
        if (entry.Body.Length == 0)
            throw new ContentError(path, 1, "The text is missing.");
        return entry;
    }
}
