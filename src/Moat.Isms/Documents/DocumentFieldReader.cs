using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Assets;
using Moat.Isms.Context;
using Moat.Isms.Context.Interviews;
using Moat.Isms.Controls;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Isms.People.Responsibilities;
using Moat.Knowledge;
using Moat.Knowledge.Documents;

namespace Moat.Isms.Documents;

/// <summary>
/// Reads the fields that documents are filled from. Only what people adopted is in them: a document never claims a
/// proposal.
/// </summary>
public sealed class DocumentFieldReader(MoatDb db, KnowledgeBase knowledge, IEnumerable<IDocumentFieldSource> sources)
{
    private const int MostRows = IDocumentFieldSource.MostRows;

    private static readonly (string List, string[] Kinds)[] ByKind =
    [
        ("datasets", ["dataset", "feature-store"]),
        ("models", ["model"]),
        ("endpoints", ["endpoint"]),
        ("repositories", ["repository"]),
        ("pipelines", ["pipeline"]),
        ("buckets", ["bucket"]),
        ("environments", ["training-environment"]),
        ("notebooks", ["notebook"]),
        ("supplierAssets", ["supplier-api", "saas"]),
    ];

    private DocumentNames _names = new(new Dictionary<Guid, string>(), key => key);

    /// <summary>The fields as of now.</summary>
    public Task<DocumentFields> Read(CancellationToken ct) =>
        db.Unchanged(nameof(DocumentFieldReader), () => Compute(ct), ct);

    private async Task<DocumentFields> Compute(CancellationToken ct)
    {
        _names = new DocumentNames(await db.Set<Person>().ToDictionaryAsync(p => p.Id, p => p.Name, ct), RoleTitle);
        var profile = await db.Set<CompanyProfile>().FirstOrDefaultAsync(ct);
        var answers = profile is null
            ? null
            : InterviewAnswers.Read(knowledge.Interview, (JsonObject)JsonNode.Parse(profile.Answers)!);
        var roles = await db.Set<RoleAssignment>()
            .Where(r => r.Standing == Standing.Adopted)
            .OrderBy(r => r.Number)
            .ToListAsync(ct);
        var controls = await db.Set<Control>().Of(null).OrderBy(c => c.Order).ThenBy(c => c.Number).ToListAsync(ct);
        var excluded = controls.Where(c => c.Applicability == Applicability.Excluded).Select(c => c.Code).ToHashSet();
        var fields = new DocumentFields(
            profile?.Facts.ToHashSet() ?? [],
            answers?.Number("people") ?? 0,
            id => RoleWords(id, roles),
            code => !excluded.Contains(code)
        );
        if (answers is not null)
            Company(fields, answers);
        await ScopeOf(fields, ct);
        await Assets(fields, ct);
        await Context(fields, ct);
        Roles(fields, roles);
        ControlsOf(fields, controls);
        await Others(fields, ct);
        foreach (var source in sources)
            await source.Fill(fields, _names, ct);
        return fields;
    }

    private string RoleWords(string id, List<RoleAssignment> roles)
    {
        var title = RoleTitle(id);
        var holders = roles
            .Where(r => r.Key == id && r.PersonId is not null)
            .Select(r => Name(r.PersonId, r.Title))
            .ToList();
        var spoken = char.ToLowerInvariant(title[0]) + title[1..];
        return holders.Count == 0
            ? $"the {(title.StartsWith("ISMS", StringComparison.Ordinal) ? title : spoken)}"
            : $"{string.Join(" and ", holders)} ({title})";
    }

    private string Name(Guid? person, string what) => _names.Name(person, what);

    private static void Company(DocumentFields fields, InterviewAnswers answers)
    {
        void Set(string field, string? value) => fields.Set("company", field, value);
        string Labels(string key) => DocumentWords.Join(answers.Labels(key).Select(DocumentWords.Spoken));
        Set("name", answers.One("name"));
        Set("people", answers.One("people"));
        Set("sector", Labels("sector"));
        Set("product", answers.One("product")?.TrimEnd('.'));
        Set("serving", Labels("serving"));
        Set("countries", DocumentWords.Join(answers.Labels("countries")));
        Set("infrastructure", DocumentWords.Join(answers.Labels("infrastructure")));
        Set("customers", Labels("customers"));
        Set("models", Labels("models"));
        Set("data", Labels("data"));
        Set(
            "code",
            answers.One("code") is null
                ? "a code host that is not named yet"
                : DocumentWords.Join(answers.Labels("code"))
        );
    }

    private async Task ScopeOf(DocumentFields fields, CancellationToken ct)
    {
        var scope = await db.Set<Scope>()
            .Where(s => s.Standing == Standing.Adopted && s.State != ApprovalState.Superseded)
            .OrderByDescending(s => s.ApprovedAt != null)
            .ThenByDescending(s => s.Number)
            .FirstOrDefaultAsync(ct);
        fields.Set("scope", "statement", scope?.Statement);
        fields.Set("scope", "boundaries", DocumentWords.Bullets(scope?.Boundaries));
        fields.Set("scope", "exclusions", DocumentWords.Bullets(scope?.Exclusions));
        fields.Set("scope", "approval", DocumentWords.Approval(scope?.ApprovedBy, scope?.ApprovedAt));
    }

    private async Task Assets(DocumentFields fields, CancellationToken ct)
    {
        var assets = await db.Set<Asset>()
            .Where(a => a.Standing == Standing.Adopted && a.InScope)
            .OrderByDescending(a => a.CrownJewel)
            .ThenBy(a => a.Number)
            .Take(MostRows)
            .ToListAsync(ct);
        string[] Row(Asset a) =>
            [
                a.Name,
                AssetKinds.All[a.Kind],
                Name(a.OwnerId, a.Name),
                $"C{a.NeedsConfidentiality} I{a.NeedsIntegrity} A{a.NeedsAvailability}",
            ];
        foreach (var (list, kinds) in ByKind)
            fields.Set(list, assets.Where(a => kinds.Contains(a.Kind)).Select(Row));
        fields.Set("assets", assets.Select(Row));
        fields.Set("crownJewels", assets.Where(a => a.CrownJewel).Select(Row));
    }

    private async Task Context(DocumentFields fields, CancellationToken ct)
    {
        fields.Set(
            "issues",
            (await Adopted<ContextIssue>(ct)).Select(i => (string[])[i.Title, i.Side.Words(), i.Told])
        );
        fields.Set("parties", (await Adopted<InterestedParty>(ct)).Select(p => (string[])[p.Name, p.Needs, p.Answer]));
        fields.Set(
            "obligations",
            (await Adopted<Obligation>(ct)).Select(o => (string[])[o.Name, o.Kind.Words(), o.Asks])
        );
    }

    private void Roles(DocumentFields fields, List<RoleAssignment> roles) =>
        fields.Set(
            "roles",
            roles.Select(r =>
            {
                var entry = knowledge.RoleById.GetValueOrDefault(r.Key);
                string Joined(IEnumerable<string>? lines) =>
                    DocumentWords.Or(string.Join("; ", lines ?? []), "as agreed with the holder");
                var apart = entry?.NotAlso.Select(k => knowledge.RoleById[k].Title) ?? [];
                return (string[])
                    [
                        r.Title,
                        Name(r.PersonId, r.Title),
                        r.Duties,
                        Joined(entry?.Authority),
                        Joined(entry?.Competence),
                        DocumentWords.Or(string.Join(", ", apart), "none"),
                    ];
            })
        );

    private void ControlsOf(DocumentFields fields, List<Control> controls)
    {
        fields.Set(
            "soa",
            "applicable",
            DocumentWords.Number(controls.Count(c => c.Applicability == Applicability.Applicable))
        );
        fields.Set(
            "soa",
            "excluded",
            DocumentWords.Number(controls.Count(c => c.Applicability == Applicability.Excluded))
        );
        fields.Set(
            "controls",
            controls
                .Where(c => c.Standing == Standing.Adopted)
                .Select(c =>
                    (string[])
                        [
                            c.Code,
                            c.Title,
                            c.Applicability.Words(),
                            c.Justification ?? "no reason given yet",
                            c.Applicability == Applicability.Applicable ? c.Implementation.Words() : "–",
                            c.Applicability == Applicability.Excluded ? "–" : Name(c.OwnerId, c.Code),
                        ]
                )
        );
    }

    private async Task Others(DocumentFields fields, CancellationToken ct)
    {
        var documents = await db.Set<Document>()
            .Where(d => d.Standing == Standing.Adopted && d.RetiredAt == null)
            .OrderBy(d => d.Title)
            .Take(MostRows)
            .ToListAsync(ct);
        fields.Set(
            "documents",
            documents.Select(d =>
                (string[])
                    [
                        d.Title,
                        d.Kind.Words(),
                        Name(d.OwnerId, d.Title),
                        $"every {d.ReviewDays} days",
                        d.Classification.Words(),
                    ]
            )
        );
        fields.Set(
            "processes",
            knowledge.Processes.Select(p =>
                (string[])
                    [
                        p.Title,
                        p.Clause,
                        RoleTitle(p.OwnerRole),
                        string.Join("; ", p.Inputs),
                        string.Join("; ", p.Outputs),
                        p.Cadence,
                    ]
            )
        );
        fields.Set(
            "courses",
            knowledge.Courses.Select(c =>
                (string[])[c.Title, string.Join(", ", c.Audience.Select(AudienceWords)), $"every {c.RefreshDays} days"]
            )
        );
    }

    private string RoleTitle(string key) => knowledge.RoleById.TryGetValue(key, out var role) ? role.Title : key;

    private string AudienceWords(string audience) =>
        audience.StartsWith("department:", StringComparison.Ordinal)
            ? audience["department:".Length..]
            : RoleTitle(audience);

    private async Task<List<T>> Adopted<T>(CancellationToken ct)
        where T : Proposable =>
        await db.Set<T>()
            .Where(r => r.Standing == Standing.Adopted)
            .OrderBy(r => r.Number)
            .Take(MostRows)
            .ToListAsync(ct);
}
