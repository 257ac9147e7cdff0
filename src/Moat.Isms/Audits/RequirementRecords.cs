using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Controls;
using Moat.Isms.Documents;
using Moat.Isms.Evidence;
using Moat.Isms.Kernel;
using Moat.Isms.Risks;

namespace Moat.Isms.Audits;

/// <summary>A record that stands behind a requirement.</summary>
public sealed record StandingRecord(string Ref, string Process, string Title, DateTime ChangedAt)
{
    internal Guid Id { get; init; }
    internal Guid? OwnerId { get; init; }
}

/// <summary>A risk that a control treats.</summary>
public sealed record TreatedRisk(
    Guid Id,
    int Number,
    string Title,
    Guid? OwnerId,
    int InherentScore,
    DateTime ChangedAt
)
{
    internal string Ref => $"RISK-{Number}";

    internal StandingRecord Standing =>
        new(Ref, RecordKind.Of(typeof(Risk)).Process, Title, ChangedAt) { Id = Id, OwnerId = OwnerId };
}

/// <summary>
/// Finds the records behind requirements: documents, controls with the risks they treat, evidence, and what a clause
/// keeps.
/// </summary>
public sealed class RequirementRecords(MoatDb db)
{
    private const int MostShown = 8;
    private const string Owner = "OwnerId";
    private static readonly MethodInfo LatestOf = Method(nameof(Latest));
    private static readonly MethodInfo OwnedOf = Method(nameof(Owned));

    /// <summary>Documents in force or in work, by requirement.</summary>
    public async Task<ILookup<string, StandingRecord>> Documents(CancellationToken ct) =>
        (
            await db.Set<Document>()
                .AsNoTracking()
                .Where(d => d.Standing == Standing.Adopted && d.RetiredAt == null)
                .OrderBy(d => d.Number)
                .ToListAsync(ct)
        )
            .SelectMany(d => d.Clauses.Concat(d.Controls), (d, requirement) => (requirement, Record: Of(d, d.OwnerId)))
            .ToLookup(x => x.requirement, x => x.Record);

    /// <summary>The controls themselves, by code.</summary>
    public async Task<IReadOnlyDictionary<string, Control>> Controls(CancellationToken ct) =>
        await db.Set<Control>()
            .AsNoTracking()
            .Where(c => c.Standing == Standing.Adopted && c.Applicability == Applicability.Applicable)
            .ToDictionaryAsync(c => c.Code, ct);

    /// <summary>Adopted risks that these controls treat, by the control's code.</summary>
    public async Task<ILookup<string, TreatedRisk>> TreatedRisks(IEnumerable<string> codes, CancellationToken ct)
    {
        var treated = await (
            from link in db.Links
            where link.Type == LinkTypes.Treats
            join control in db.Set<Control>() on link.FromId equals control.Id
            join risk in db.Set<Risk>() on link.ToId equals risk.Id
            where codes.Contains(control.Code) && risk.Standing == Standing.Adopted
            select new
            {
                control.Code,
                Risk = new TreatedRisk(
                    risk.Id,
                    risk.Number,
                    risk.Title,
                    risk.OwnerId,
                    risk.InherentScore,
                    risk.ChangedAt
                ),
            }
        ).ToListAsync(ct);
        return treated.ToLookup(x => x.Code, x => x.Risk);
    }

    /// <summary>Evidence for these requirements that was not withdrawn, by requirement, the latest first.</summary>
    public async Task<ILookup<string, StandingRecord>> Evidence(IEnumerable<string> requirements, CancellationToken ct)
    {
        var byControl = await (
            from link in db.Links
            where link.Type == LinkTypes.Evidences
            join item in db.Set<EvidenceItem>() on link.FromId equals item.Id
            join control in db.Set<Control>() on link.ToId equals control.Id
            where item.WithdrawnAt == null && requirements.Contains(control.Code)
            select new { Requirement = control.Code, Item = item }
        )
            .AsNoTracking()
            .ToListAsync(ct);
        var all = await db.Set<EvidenceItem>()
            .AsNoTracking()
            .Where(e => e.WithdrawnAt == null && e.Clauses != new List<string>())
            .ToListAsync(ct);
        return byControl
            .Concat(all.SelectMany(e => e.Clauses, (e, clause) => new { Requirement = clause, Item = e }))
            .OrderByDescending(x => x.Item.Number)
            .ToLookup(x => x.Requirement, x => Of(x.Item, null));
    }

    /// <summary>The latest records of the kinds that show a clause.</summary>
    public async Task<IReadOnlyList<StandingRecord>> OfClause(string clause, CancellationToken ct)
    {
        var found = new List<StandingRecord>();
        foreach (var kind in Kinds(RequirementKinds.Showing(clause)))
            found.AddRange(await (Task<List<StandingRecord>>)LatestOf.MakeGenericMethod(kind.Type).Invoke(this, [ct])!);
        return found;
    }

    /// <summary>
    /// One record among those that do the work of a clause that the person answers for, if there is one.
    /// </summary>
    public async Task<StandingRecord?> OwnedIn(string clause, Guid person, CancellationToken ct)
    {
        foreach (var kind in Kinds(RequirementKinds.Work(clause)).Where(k => k.Type.GetProperty(Owner) is not null))
            if (
                await (Task<StandingRecord?>)OwnedOf.MakeGenericMethod(kind.Type).Invoke(this, [person, ct])! is
                { } owned
            )
                return owned;
        return null;
    }

    internal static StandingRecord Of(Referenced record, Guid? owner) =>
        new(record.Ref, RecordKind.Of(record.GetType()).Process, record.Caption, record.ChangedAt)
        {
            Id = record.Id,
            OwnerId = owner,
        };

    private async Task<List<StandingRecord>> Latest<T>(CancellationToken ct)
        where T : Referenced
    {
        var records = await Adopted(db.Set<T>().AsNoTracking())
            .OrderByDescending(r => r.Number)
            .Take(MostShown)
            .ToListAsync(ct);
        return [.. records.Select(r => Of(r, null))];
    }

    private async Task<StandingRecord?> Owned<T>(Guid person, CancellationToken ct)
        where T : Referenced =>
        await Adopted(db.Set<T>().AsNoTracking())
            .Where(r => EF.Property<Guid?>(r, Owner) == person)
            .OrderBy(r => r.Number)
            .FirstOrDefaultAsync(ct)
            is { } record
            ? Of(record, person)
            : null;

    private static IQueryable<T> Adopted<T>(IQueryable<T> records)
        where T : Referenced =>
        typeof(T).IsSubclassOf(typeof(Proposable))
            ? records.Where(r => EF.Property<Standing>(r, nameof(Proposable.Standing)) == Standing.Adopted)
            : records;

    private static IEnumerable<RecordKind> Kinds(IEnumerable<string> prefixes) =>
        prefixes.Select(p => RecordKind.All.GetValueOrDefault(p)).OfType<RecordKind>();

    private static MethodInfo Method(string name) =>
        typeof(RequirementRecords).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Instance)!;
}
