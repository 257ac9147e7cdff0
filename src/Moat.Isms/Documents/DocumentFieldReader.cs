using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Assets;
using Moat.Isms.Communication;
using Moat.Isms.Context;
using Moat.Isms.Context.Interviews;
using Moat.Isms.Controls;
using Moat.Isms.Kernel;
using Moat.Isms.Objectives;
using Moat.Isms.People;
using Moat.Isms.People.Responsibilities;
using Moat.Isms.Reviews;
using Moat.Isms.Risks;
using Moat.Isms.Suppliers;
using Moat.Isms.Work;
using Moat.Knowledge;
using Moat.Knowledge.Documents;

namespace Moat.Isms.Documents;

/// <summary>Reads the fields that documents are filled from. Only what people adopted is in them: a document never claims a proposal.</summary>
public sealed class DocumentFieldReader(MoatDb db, KnowledgeBase knowledge)
{
    private const int MostRows = 300;

    private static readonly (string List, string[] Kinds)[] ByKind =
    [
        ("datasets", ["dataset", "feature-store"]), ("models", ["model"]), ("endpoints", ["endpoint"]), ("repositories", ["repository"]),
        ("pipelines", ["pipeline"]), ("buckets", ["bucket"]), ("environments", ["training-environment"]), ("notebooks", ["notebook"]),
        ("supplierAssets", ["supplier-api", "saas"]),
    ];

    private Dictionary<Guid, string> _people = [];

    /// <summary>The fields as of now.</summary>
    public Task<DocumentFields> Read(CancellationToken ct) => db.Unchanged(nameof(DocumentFieldReader), () => Compute(ct), ct);

    private async Task<DocumentFields> Compute(CancellationToken ct)
    {
        _people = await db.Set<Person>().ToDictionaryAsync(p => p.Id, p => p.Name, ct);
        var profile = await db.Set<CompanyProfile>().FirstOrDefaultAsync(ct);
        var answers = profile is null ? null : InterviewAnswers.Read(knowledge.Interview, (JsonObject)JsonNode.Parse(profile.Answers)!);
        var roles = await db.Set<RoleAssignment>().Where(r => r.Standing == Standing.Adopted).OrderBy(r => r.Number).ToListAsync(ct);
        var controls = await db.Set<Control>().Of(null).OrderBy(c => c.Order).ThenBy(c => c.Number).ToListAsync(ct);
        var excluded = controls.Where(c => c.Applicability == Applicability.Excluded).Select(c => c.Code).ToHashSet();
        var fields = new DocumentFields(
            profile?.Facts.ToHashSet() ?? [], answers?.Number("people") ?? 0, id => RoleWords(id, roles), code => !excluded.Contains(code));
        if (answers is not null) Company(fields, answers);
        await ScopeAndMethod(fields, ct);
        await Assets(fields, ct);
        await Context(fields, ct);
        await Risks(fields, ct);
        Roles(fields, roles);
        await ControlsOf(fields, controls, ct);
        await Others(fields, ct);
        return fields;
    }

    private string RoleWords(string id, List<RoleAssignment> roles)
    {
        var title = RoleTitle(id);
        var holders = roles.Where(r => r.Key == id && r.PersonId is not null).Select(r => Name(r.PersonId, r.Title)).ToList();
        var spoken = char.ToLowerInvariant(title[0]) + title[1..];
        return holders.Count == 0 ? $"the {(title.StartsWith("ISMS", StringComparison.Ordinal) ? title : spoken)}" : $"{string.Join(" and ", holders)} ({title})";
    }

    private string Name(Guid? person, string what) => person is { } id ? _people.GetValueOrDefault(id, "somebody who left") : OpenText.Ask($"Who is it? {what} has nobody yet.");

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
        Set("code", answers.One("code") is null ? "a code host that is not named yet" : DocumentWords.Join(answers.Labels("code")));
    }

    private async Task ScopeAndMethod(DocumentFields fields, CancellationToken ct)
    {
        var scope = await db.Set<Scope>().Where(s => s.Standing == Standing.Adopted && s.State != ApprovalState.Superseded)
            .OrderByDescending(s => s.ApprovedAt != null).ThenByDescending(s => s.Number).FirstOrDefaultAsync(ct);
        fields.Set("scope", "statement", scope?.Statement);
        fields.Set("scope", "boundaries", DocumentWords.Bullets(scope?.Boundaries));
        fields.Set("scope", "exclusions", DocumentWords.Bullets(scope?.Exclusions));
        fields.Set("scope", "approval", DocumentWords.Approval(scope?.ApprovedBy, scope?.ApprovedAt));
        // While none is approved, a document shows the draft and says that nobody approved it.
        var method = await RiskMethod.InForce(db).FirstOrDefaultAsync(ct) ?? await db.Set<RiskMethod>().Where(m => m.State == ApprovalState.Draft).OrderByDescending(m => m.Number).FirstOrDefaultAsync(ct);
        var drafted = knowledge.DraftedContext.Method;
        fields.Set("method", "criteria", method?.Criteria ?? drafted.Criteria);
        fields.Set("method", "appetite", DocumentWords.Number(method?.Appetite ?? drafted.Appetite));
        fields.Set("method", "high", DocumentWords.Number(method?.High ?? drafted.High));
        fields.Set("method", "approval", DocumentWords.Approval(method?.ApprovedBy, method?.ApprovedAt));
        fields.Set("likelihood", (method?.LikelihoodScale ?? drafted.Likelihood).Select((m, i) => (string[])[DocumentWords.Number(i + 1), m]));
        fields.Set("impact", (method?.ImpactScale ?? drafted.Impact).Select((m, i) => (string[])[DocumentWords.Number(i + 1), m]));
    }

    private async Task Assets(DocumentFields fields, CancellationToken ct)
    {
        var assets = await db.Set<Asset>().Where(a => a.Standing == Standing.Adopted && a.InScope)
            .OrderByDescending(a => a.CrownJewel).ThenBy(a => a.Number).Take(MostRows).ToListAsync(ct);
        string[] Row(Asset a) => [a.Name, AssetKinds.All[a.Kind], Name(a.OwnerId, a.Name), $"C{a.NeedsConfidentiality} I{a.NeedsIntegrity} A{a.NeedsAvailability}"];
        foreach (var (list, kinds) in ByKind) fields.Set(list, assets.Where(a => kinds.Contains(a.Kind)).Select(Row));
        fields.Set("assets", assets.Select(Row));
        fields.Set("crownJewels", assets.Where(a => a.CrownJewel).Select(Row));
    }

    private async Task Context(DocumentFields fields, CancellationToken ct)
    {
        fields.Set("issues", (await Adopted<ContextIssue>(ct)).Select(i => (string[])[i.Title, i.Side.Words(), i.Told]));
        fields.Set("parties", (await Adopted<InterestedParty>(ct)).Select(p => (string[])[p.Name, p.Needs, p.Answer]));
        fields.Set("obligations", (await Adopted<Obligation>(ct)).Select(o => (string[])[o.Name, o.Kind.Words(), o.Asks]));
        fields.Set("objectives", (await Adopted<Objective>(ct)).Where(o => o.DroppedOn is null).Select(o => (string[])[
            o.Title, o.Metric, $"{(o.Comparator == Comparator.AtLeast ? "at least" : "at most")} {o.Target.ToString("0.##", CultureInfo.InvariantCulture)} {o.Unit}",
            o.Period, Name(o.OwnerId, o.Title), o.Plan, DocumentWords.Day(o.DueOn, "no date yet")]));
    }

    private async Task Risks(DocumentFields fields, CancellationToken ct)
    {
        var risks = await db.Set<Risk>().Where(r => r.Standing == Standing.Adopted)
            .OrderByDescending(r => r.CurrentScore).ThenBy(r => r.Number).Take(MostRows).ToListAsync(ct);
        string Score(int score) => score == 0 ? "not assessed" : DocumentWords.Number(score);
        fields.Set("risks", risks.Select(r => (string[])[
            r.Ref, r.Title, Name(r.OwnerId, r.Ref), Score(r.InherentScore), Score(r.CurrentScore), Score(r.ResidualScore), r.Treatment.Words(),
            r.Consequence, DocumentWords.Or(DocumentWords.Join(r.Harms), "not said yet"), DocumentWords.Rating(r.InherentLikelihood, r.InherentImpact),
            DocumentWords.Rating(r.CurrentLikelihood, r.CurrentImpact), DocumentWords.Rating(r.ResidualLikelihood, r.ResidualImpact)]));
        var ids = risks.Select(r => r.Id).ToList();
        var controls = (await (from link in db.Links
                               where link.Type == LinkTypes.Treats
                               join control in db.Set<Control>() on link.FromId equals control.Id
                               where control.Standing == Standing.Adopted
                               select new { link.ToId, control.Code }).ToListAsync(ct)).ToLookup(c => c.ToId, c => c.Code);
        var actions = (await db.Set<WorkItem>().Where(t => t.Purpose == "action" && t.State != WorkState.Dropped && ids.Contains(t.SubjectId)).ToListAsync(ct))
            .ToLookup(t => t.SubjectId, t => $"{t.Title} ({Name(t.OwnerId, t.Title)}, {(t.State == WorkState.Done ? "done" : $"by {DocumentWords.Day(t.DueOn, "")}")})");
        fields.Set("treatments", risks.Where(r => r.Treatment != TreatmentOption.Undecided).Select(r => (string[])[
            r.Ref, r.Title, r.Treatment.Words(), r.TreatmentPlan ?? "no plan yet", DocumentWords.Or(string.Join(", ", controls[r.Id]), "none"),
            DocumentWords.Or(string.Join("; ", actions[r.Id]), "none"), Name(r.OwnerId, r.Ref), r.AcceptedUntil is { } until ? $"accepted until {DocumentWords.Day(until, "")}" : "not accepted yet"]));
    }

    private void Roles(DocumentFields fields, List<RoleAssignment> roles) => fields.Set("roles", roles.Select(r =>
    {
        var entry = knowledge.RoleById.GetValueOrDefault(r.Key);
        string Joined(IEnumerable<string>? lines) => DocumentWords.Or(string.Join("; ", lines ?? []), "as agreed with the holder");
        var apart = entry?.NotAlso.Select(k => knowledge.RoleById[k].Title) ?? [];
        return (string[])[
            r.Title, Name(r.PersonId, r.Title), r.Duties, Joined(entry?.Authority), Joined(entry?.Competence), DocumentWords.Or(string.Join(", ", apart), "none")];
    }));

    private async Task ControlsOf(DocumentFields fields, List<Control> controls, CancellationToken ct)
    {
        var soa = await db.Set<Soa>().OrderByDescending(s => s.Number).FirstOrDefaultAsync(ct);
        fields.Set("soa", "state", soa is null ? "no version is published yet" : $"version {soa.Number}, {DocumentWords.Approval(soa.ApprovedBy, soa.CreatedAt)}");
        fields.Set("soa", "applicable", DocumentWords.Number(controls.Count(c => c.Applicability == Applicability.Applicable)));
        fields.Set("soa", "excluded", DocumentWords.Number(controls.Count(c => c.Applicability == Applicability.Excluded)));
        fields.Set("controls", controls.Where(c => c.Standing == Standing.Adopted).Select(c => (string[])[
            c.Code, c.Title, c.Applicability.Words(), c.Justification ?? "no reason given yet",
            c.Applicability == Applicability.Applicable ? c.Implementation.Words() : "–", c.Applicability == Applicability.Excluded ? "–" : Name(c.OwnerId, c.Code)]));
    }

    private async Task Others(DocumentFields fields, CancellationToken ct)
    {
        var documents = await db.Set<Document>().Where(d => d.Standing == Standing.Adopted && d.RetiredAt == null).OrderBy(d => d.Title).Take(MostRows).ToListAsync(ct);
        fields.Set("documents", documents.Select(d => (string[])[
            d.Title, d.Kind.Words(), Name(d.OwnerId, d.Title), $"every {d.ReviewDays} days", d.Classification.Words()]));
        var suppliers = await db.Set<Supplier>().Where(s => s.Standing == Standing.Adopted && s.EndedOn == null).OrderBy(s => s.Name).Take(MostRows).ToListAsync(ct);
        fields.Set("suppliers", suppliers.Select(s => (string[])[
            s.Name, s.Service, s.Tier.Words(), s.Gets ?? "not said yet", DocumentWords.Day(s.NextAssessmentOn, "not assessed yet")]));
        fields.Set("communications", (await Adopted<CommunicationEntry>(ct)).Select(c => (string[])[
            c.What, c.When, c.WithWhom, c.OwnerId is null ? RoleTitle(c.OwnerRole) : Name(c.OwnerId, c.What), c.How]));
        fields.Set("processes", knowledge.Processes.Select(p => (string[])[
            p.Title, p.Clause, RoleTitle(p.OwnerRole), string.Join("; ", p.Inputs), string.Join("; ", p.Outputs), p.Cadence]));
        fields.Set("courses", knowledge.Courses.Select(c => (string[])[
            c.Title, string.Join(", ", c.Audience.Select(AudienceWords)), $"every {c.RefreshDays} days"]));
    }

    private string RoleTitle(string key) => knowledge.RoleById.TryGetValue(key, out var role) ? role.Title : key;

    private string AudienceWords(string audience) => audience.StartsWith("department:", StringComparison.Ordinal)
        ? audience["department:".Length..]
        : RoleTitle(audience);

    private async Task<List<T>> Adopted<T>(CancellationToken ct) where T : Proposable =>
        await db.Set<T>().Where(r => r.Standing == Standing.Adopted).OrderBy(r => r.Number).Take(MostRows).ToListAsync(ct);
}
