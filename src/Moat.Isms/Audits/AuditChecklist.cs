using System.Text.RegularExpressions;
using Moat.Isms.Kernel.Requirements;
using Moat.Knowledge;

namespace Moat.Isms.Audits;

/// <summary>
/// What to look at for each requirement: the content's advice, how it stands today, and the records that make it so.
/// </summary>
public sealed partial class AuditChecklist(KnowledgeBase knowledge, IReadiness readiness, RequirementRecords records)
{
    private const int MostRecords = 12;

    /// <summary>
    /// Ids of everything that can be audited: sub-clauses and applicable controls, in the order of the standard.
    /// </summary>
    public async Task<IReadOnlyList<RequirementView>> Requirements(CancellationToken ct) => await readiness.Today(ct);

    /// <summary>The entries for these requirements, in the order in which they are named.</summary>
    public async Task<IReadOnlyList<ChecklistEntry>> Entries(
        IReadOnlyCollection<string> requirements,
        CancellationToken ct
    )
    {
        var standing = (await readiness.Today(ct)).ToDictionary(r => r.Id);
        var documents = await records.Documents(ct);
        var evidence = await records.Evidence(requirements, ct);
        var controls = await records.Controls(ct);
        var risks = await records.TreatedRisks(requirements, ct);
        var entries = new List<ChecklistEntry>();
        foreach (var id in requirements.Where(standing.ContainsKey))
        {
            var requirement = standing[id];
            var shown = new List<StandingRecord>();
            if (controls.TryGetValue(id, out var control))
                shown.Add(RequirementRecords.Of(control, control.OwnerId));
            shown.AddRange(await records.OfClause(id, ct));
            shown.AddRange(evidence[id].Take(MostRecords / 2));
            shown.AddRange(risks[id].Select(r => r.Standing));
            entries.Add(
                new ChecklistEntry(
                    id,
                    requirement.Title,
                    requirement.Asks,
                    LookAt(id),
                    requirement.Doi,
                    requirement.Rules,
                    [.. documents[id]],
                    [.. shown.DistinctBy(r => r.Ref).Take(MostRecords)],
                    requirement.Kind == "clause" ? $"readiness/{id}" : $"controls/{id}"
                )
            );
        }
        return entries;
    }

    /// <summary>What the content tells an auditor to open.</summary>
    public IReadOnlyList<string> LookAt(string requirement)
    {
        if (knowledge.ControlById.TryGetValue(requirement, out var control))
            return
            [
                .. Lines(Section(control.Body, "What convinces an auditor")),
                .. control.Evidence.Select(e =>
                    $"{char.ToUpperInvariant(e.What[0])}{e.What[1..]}, not older than {e.MaxAgeDays} days"
                ),
            ];
        var clause = knowledge.Clauses.FirstOrDefault(c => c.Id == requirement);
        return clause is null ? [] : [.. Lines(Section(clause.Body, "What an auditor opens first"))];
    }

    private static string Section(string body, string title)
    {
        var start = body.IndexOf($"## {title}", StringComparison.Ordinal);
        if (start < 0)
            return "";
        var text = body[(start + title.Length + 3)..];
        var end = text.IndexOf("\n## ", StringComparison.Ordinal);
        return end < 0 ? text : text[..end];
    }

    // A list stays a list; a paragraph becomes its sentences, each a step of the look.
    private static IEnumerable<string> Lines(string section) =>
        section
            .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(line => Bullet().IsMatch(line) ? [Bullet().Replace(line, "")] : Sentences(line))
            .Where(l => l.Length > 3)
            .Select(l => l.Replace("**", "", StringComparison.Ordinal));

    private static List<string> Sentences(string line)
    {
        var sentences = new List<string>();
        foreach (var part in Sentence().Split(line))
            if (sentences.Count > 0 && sentences[^1].Count(c => c == '"') % 2 == 1)
                sentences[^1] += $" {part}";
            else
                sentences.Add(part);
        return sentences;
    }

    [GeneratedRegex(@"^(?:[-*]|\d+\.)\s+")]
    private static partial Regex Bullet();

    [GeneratedRegex(@"(?<=[.?!])\s+(?=[A-Z])")]
    private static partial Regex Sentence();
}
