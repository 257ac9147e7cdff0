using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
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
        .WithEnforceRequiredMembers()
        .Build();

    private static readonly Lazy<KnowledgeBase> Embedded = new(() => new KnowledgeBase(EmbeddedFiles()));

    /// <summary>Loads content from files, by path below <c>content/</c>. Throws <see cref="ContentError"/> on the first mistake.</summary>
    public KnowledgeBase(IEnumerable<(string Path, string Text)> files)
    {
        files = [.. files];
        Interview = LoadDraft<Interview>(files, "draft/interview.yaml");
        DraftedAssets = LoadDraft<DraftedAssets>(files, "draft/assets.yaml");
        DraftedContext = LoadDraft<DraftedContext>(files, "draft/context.yaml");
        var byFolder = files.Where(f => f.Path.EndsWith(".md", StringComparison.Ordinal)).ToLookup(f => f.Path.Split('/')[0]);
        Controls = [.. Load<ControlEntry>(byFolder["annex-a"]).OrderBy(c => c.Order)];
        Clauses = [.. Load<ClauseEntry>(byFolder["clauses"]).OrderBy(c => c.Order)];
        Threats = [.. Load<ThreatEntry>(byFolder["threats"])];
        Roles = [.. Load<RoleEntry>(byFolder["roles"])];
        Objectives = [.. Load<ObjectiveEntry>(byFolder["objectives"])];
        ControlById = Controls.ToDictionary(c => c.Id);
        ThreatById = Threats.ToDictionary(t => t.Id);
        RoleById = Roles.ToDictionary(r => r.Id);
        CheckReferences();
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

    private static IEnumerable<(string, string)> EmbeddedFiles()
    {
        var assembly = typeof(KnowledgeBase).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith("content/", StringComparison.Ordinal)).Order())
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
            yield return (name["content/".Length..].Replace('\\', '/'), reader.ReadToEnd());
        }
    }

    private static T LoadDraft<T>(IEnumerable<(string Path, string Text)> files, string path)
    {
        var text = files.Where(f => f.Path == path).Select(f => f.Text).FirstOrDefault()
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

    private static IEnumerable<T> Load<T>(IEnumerable<(string Path, string Text)> files) where T : Entry
    {
        foreach (var (path, text) in files)
        {
            var end = text.IndexOf("\n---\n", 4, StringComparison.Ordinal);
            if (!text.StartsWith("---\n", StringComparison.Ordinal) || end < 0)
                throw new ContentError(path, 1, "Front matter between two lines of --- is missing.");
            var entry = Parse<T>(path, text[4..(end + 1)], firstLine: 2);
            entry.Body = text[(end + 5)..].Trim();
            if (entry.Body.Length == 0) throw new ContentError(path, 1, "The text is missing.");
            if (entry.Id != Path.GetFileNameWithoutExtension(path)) throw new ContentError(path, 2, $"The id is '{entry.Id}'.");
            yield return entry;
        }
    }

    private void CheckReferences()
    {
        foreach (var control in Controls)
        {
            Known($"annex-a/{control.Id}.md", control.Related, ControlById.ContainsKey, "control");
            if (!control.Applies.IsAlways && control.ExcludedBecause is null)
                throw new ContentError($"annex-a/{control.Id}.md", 1, "excluded_because is missing.");
        }
        foreach (var threat in Threats)
        {
            var file = $"threats/{threat.Id}.md";
            Known(file, threat.Controls.All, ControlById.ContainsKey, "control");
            Known(file, threat.Assets, AssetKinds.All.ContainsKey, "asset kind");
            Known(file, threat.Start.Likelihood.Plus.Keys.Concat(threat.Start.Impact.Plus.Keys), Flags.All.Contains, "flag");
            Known(file, threat.Harms, h => h is "confidentiality" or "integrity" or "availability", "harm");
        }
        foreach (var role in Roles) Known($"roles/{role.Id}.md", role.NotAlso, RoleById.ContainsKey, "role");
        foreach (var objective in Objectives) Known($"objectives/{objective.Id}.md", [objective.OwnerRole], RoleById.ContainsKey, "role");
    }

    private static void Known(string file, IEnumerable<string> ids, Func<string, bool> isKnown, string what)
    {
        if (ids.FirstOrDefault(id => !isKnown(id)) is { } unknown)
            throw new ContentError(file, 1, $"There is no {what} '{unknown}'.");
    }
}
