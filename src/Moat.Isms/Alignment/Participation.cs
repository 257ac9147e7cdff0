using Microsoft.EntityFrameworkCore;
using Moat.Isms.Assets;
using Moat.Isms.Changes;
using Moat.Isms.Context;
using Moat.Isms.Controls;
using Moat.Isms.Documents;
using Moat.Isms.Improvement;
using Moat.Isms.Incidents.Intake;
using Moat.Isms.Kernel;
using Moat.Isms.Objectives;
using Moat.Isms.People;
using Moat.Isms.People.Responsibilities;
using Moat.Isms.Risks;
using Moat.Isms.Suppliers;
using Moat.Isms.Training;

namespace Moat.Isms.Alignment;

/// <summary>
/// Who takes part in the ISMS, department by department. When one of them owns nearly everything, it has become that
/// department's own affair.
/// </summary>
public sealed class Participation(MoatDb db)
{
    /// <summary>A larger share of ownership in one department is a silo, in per cent.</summary>
    public const int Silo = 60;

    private const string Nowhere = "No department";
    private const int FewestOwned = 5;

    /// <summary>The departments of those who work here.</summary>
    public async Task<ParticipationView> Read(CancellationToken ct)
    {
        var people = await Audiences.Working(db).AsNoTracking().Select(p => new { p.Id, p.Department }).ToListAsync(ct);
        var of = people.ToDictionary(
            p => p.Id,
            p => string.IsNullOrWhiteSpace(p.Department) ? Nowhere : p.Department.Trim()
        );
        var owned = await OwnedByKind(ct);
        var acknowledged = await Confirmations(ct);
        var courses = await Courses(ct);
        var reports = await Owned(
            db.Set<ReportedEvent>().Where(e => e.ReportedById != null).Select(e => e.ReportedById),
            ct
        );
        var rows = of.GroupBy(p => p.Value, p => p.Key)
            .Select(d =>
            {
                int Of(string kind) => Sum(d, owned[kind]);
                return new DepartmentRow(
                    d.Key,
                    d.Count(),
                    Of("assets"),
                    Of("risks"),
                    Of("controls"),
                    Of("objectives"),
                    Of("documents"),
                    Of("suppliers"),
                    Of("roles"),
                    Of("improvement"),
                    d.Sum(p => acknowledged[p].Count(done => done)),
                    d.Sum(p => acknowledged[p].Count()),
                    d.Sum(p => courses[p].Count(done => done)),
                    d.Sum(p => courses[p].Count()),
                    Sum(d, reports)
                );
            })
            .OrderByDescending(r => r.Owned)
            .ThenBy(r => r.Department, StringComparer.Ordinal)
            .ToList();
        var unowned = owned.Values.Sum(o =>
            o.Where(x => x.Key == Guid.Empty || !of.ContainsKey(x.Key)).Sum(x => x.Value)
        );
        return View(rows, unowned);
    }

    private async Task<Dictionary<string, Dictionary<Guid, int>>> OwnedByKind(CancellationToken ct) =>
        new()
        {
            ["assets"] = await Owned(
                db.Set<Asset>().Where(a => a.Standing == Standing.Adopted).Select(a => a.OwnerId),
                ct
            ),
            ["risks"] = await Owned(
                db.Set<Risk>().Where(r => r.Standing == Standing.Adopted).Select(r => r.OwnerId),
                ct
            ),
            ["controls"] = await Owned(
                db.Set<Control>()
                    .Where(c => c.Standing == Standing.Adopted && c.Applicability == Applicability.Applicable)
                    .Select(c => c.OwnerId),
                ct
            ),
            ["objectives"] = await Owned(
                db.Set<Objective>()
                    .Pursued()
                    .Select(o => o.OwnerId)
                    .Concat(
                        db.Set<BusinessObjective>()
                            .Where(b => b.Standing == Standing.Adopted && b.EndedOn == null)
                            .Select(b => b.OwnerId)
                    ),
                ct
            ),
            ["documents"] = await Owned(
                db.Set<Document>()
                    .Where(d => d.Standing == Standing.Adopted && d.RetiredAt == null)
                    .Select(d => d.OwnerId),
                ct
            ),
            ["suppliers"] = await Owned(
                db.Set<Supplier>()
                    .Where(s => s.Standing == Standing.Adopted)
                    .Select(s => s.OwnerId)
                    .Concat(db.Set<OutsourcedProcess>().Select(o => o.OwnerId)),
                ct
            ),
            ["roles"] = await Owned(
                db.Set<RoleAssignment>().Where(r => r.Standing == Standing.Adopted).Select(r => r.PersonId),
                ct
            ),
            ["improvement"] = await Owned(
                db.Set<Nonconformity>()
                    .Select(n => n.OwnerId)
                    .Concat(db.Set<CorrectiveAction>().Select(a => (Guid?)a.OwnerId))
                    .Concat(db.Set<Improvement.Improvement>().Select(i => i.OwnerId))
                    .Concat(db.Set<IsmsChange>().Select(c => c.OwnerId)),
                ct
            ),
        };

    /// <summary>Of each person, for every text that is to be confirmed, whether it was.</summary>
    private async Task<ILookup<Guid, bool>> Confirmations(CancellationToken ct) =>
        (
            await db.Set<Acknowledgement>()
                .AsNoTracking()
                .Where(a => a.ReplacedAt == null)
                .Select(a => new { a.PersonId, Done = a.ConfirmedAt != null })
                .ToListAsync(ct)
        ).ToLookup(a => a.PersonId, a => a.Done);

    /// <summary>Of each person, for every course that is to be passed, whether it was.</summary>
    private async Task<ILookup<Guid, bool>> Courses(CancellationToken ct) =>
        (
            await db.Set<CourseAssignment>()
                .AsNoTracking()
                .Where(a => a.EndedAt == null)
                .Select(a => new { a.PersonId, Done = a.PassedAt != null })
                .ToListAsync(ct)
        ).ToLookup(a => a.PersonId, a => a.Done);

    private static ParticipationView View(IReadOnlyList<DepartmentRow> rows, int unowned)
    {
        var all = rows.Sum(r => r.Owned);
        if (all < FewestOwned)
            return new ParticipationView(
                rows,
                unowned,
                0,
                false,
                "Too little has an owner to say who carries the ISMS."
            );
        var (share, quiet) = (
            100 * rows[0].Owned / all,
            rows.Where(r => r.Owned == 0 && r.Department != Nowhere).Select(r => r.Department).ToList()
        );
        var silent =
            quiet.Count == 0
                ? "Every department answers for something."
                : $"{string.Join(", ", quiet)} {(quiet.Count == 1 ? "answers" : "answer")} for nothing.";
        return share > Silo
            ? new(
                rows,
                unowned,
                share,
                true,
                $"{share} % of what is owned sits in {rows[0].Department}: the ISMS is becoming that department's own affair. {silent}"
            )
            : new(rows, unowned, share, false, $"{rows[0].Department} owns most, {share} % of what is owned. {silent}");
    }

    private static int Sum(IEnumerable<Guid> people, Dictionary<Guid, int> owned) =>
        people.Sum(p => owned.GetValueOrDefault(p));

    private static async Task<Dictionary<Guid, int>> Owned(IQueryable<Guid?> owners, CancellationToken ct) =>
        (await owners.GroupBy(o => o).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(ct)).ToDictionary(
            g => g.Key ?? Guid.Empty,
            g => g.Count
        );
}
