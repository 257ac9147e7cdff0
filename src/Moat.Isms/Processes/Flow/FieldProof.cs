using Moat.Isms.Assets;
using Moat.Isms.Context;
using Moat.Isms.Documents;
using Moat.Isms.Kernel;
using Moat.Isms.People.Competence;
using Moat.Isms.People.Responsibilities;
using Moat.Isms.Risks;
using Moat.Isms.Training;
using Moat.Isms.Work;

namespace Moat.Isms.Processes.Flow;

/// <summary>Something that flowed from one record to another, said by a field of one of them.</summary>
public sealed class FieldFlow
{
    /// <summary>When.</summary>
    public required DateTime At { get; init; }

    /// <summary>Who changed the record last.</summary>
    public required string By { get; init; }

    /// <summary>The record that says it, and the other one where a field names it.</summary>
    public required string Refs { get; init; }
}

/// <summary>
/// A proof that is a field and no link: a task is about a risk, an obligation names its controls. Each is one
/// statement, however many records there are.
/// </summary>
/// <param name="Proof">How the content calls it, such as <c>TASK done RISK</c>.</param>
/// <param name="Query">The records that say so.</param>
public sealed record FieldProof(string Proof, Func<MoatDb, IQueryable<FieldFlow>> Query)
{
    private const string OfControl = "CTL-",
        OfPerson = "PER-";
    private static readonly List<string> None = [];

    /// <summary>Every one, by what the content calls it.</summary>
    public static IReadOnlyDictionary<string, FieldProof> All { get; } =
        new FieldProof[]
        {
            new(
                "TASK about PER",
                db =>
                    db.Set<WorkItem>()
                        .Where(t => t.SubjectRef.StartsWith(OfPerson))
                        .Select(t => new FieldFlow
                        {
                            At = t.CreatedAt,
                            By = t.ChangedBy,
                            Refs = "TASK-" + t.Number + " " + t.SubjectRef,
                        })
            ),
            new(
                "TASK done CTL",
                db =>
                    db.Set<WorkItem>()
                        .Where(t =>
                            t.State == WorkState.Done
                            && t.ClosedAt != null
                            && (
                                t.SubjectRef.StartsWith(OfControl)
                                || db.Links.Any(l =>
                                    l.FromId == t.Id && l.Type == LinkTypes.Serves && l.ToKind == "CTL"
                                )
                            )
                        )
                        .Select(t => new FieldFlow
                        {
                            At = t.ClosedAt!.Value,
                            By = t.ChangedBy,
                            Refs = "TASK-" + t.Number + " " + t.SubjectRef,
                        })
            ),
            new(
                "TASK done RISK",
                db =>
                    db.Set<WorkItem>()
                        .OfTreatment()
                        .Where(t => t.State == WorkState.Done && t.ClosedAt != null)
                        .Select(t => new FieldFlow
                        {
                            At = t.ClosedAt!.Value,
                            By = t.ChangedBy,
                            Refs = "TASK-" + t.Number + " " + t.SubjectRef,
                        })
            ),
            new(
                "OBL names CTL",
                db =>
                    db.Set<Obligation>()
                        .Where(o => o.Standing == Standing.Adopted && o.Controls != None)
                        .Select(o => new FieldFlow
                        {
                            At = o.ChangedAt,
                            By = o.ChangedBy,
                            Refs = "OBL-" + o.Number,
                        })
            ),
            new(
                "DOC names CTL",
                db =>
                    db.Set<Document>()
                        .Where(d => d.Standing == Standing.Adopted && d.Controls != None)
                        .Select(d => new FieldFlow
                        {
                            At = d.CreatedAt,
                            By = d.ChangedBy,
                            Refs = "DOC-" + d.Number,
                        })
            ),
            new(
                "AST drafted-from PRO",
                db =>
                    db.Set<Asset>()
                        .Where(a => a.Standing == Standing.Adopted && a.WhyProposed != null)
                        .Select(a => new FieldFlow
                        {
                            At = a.CreatedAt,
                            By = a.ChangedBy,
                            Refs = "AST-" + a.Number,
                        })
            ),
            new(
                "COMP of ROLE",
                db =>
                    db.Set<CompetenceNeed>()
                        .Where(n =>
                            n.Standing == Standing.Adopted
                            && db.Set<RoleAssignment>().Any(r => r.Key == n.RoleKey && r.PersonId != null)
                        )
                        .Select(n => new FieldFlow
                        {
                            At = n.ChangedAt,
                            By = n.ChangedBy,
                            Refs = "COMP-" + n.Number,
                        })
            ),
            new(
                "PROOF judges ROLE",
                db =>
                    db.Set<CompetenceProof>()
                        .Where(p =>
                            db.Set<CompetenceNeed>()
                                .Any(n =>
                                    n.Id == p.NeedId
                                    && db.Set<RoleAssignment>().Any(r => r.Key == n.RoleKey && r.PersonId == p.PersonId)
                                )
                        )
                        .Select(p => new FieldFlow
                        {
                            At = p.CreatedAt,
                            By = p.JudgedBy,
                            Refs = "PROOF-" + p.Number,
                        })
            ),
            new(
                "TRN passed PROOF",
                db =>
                    db.Set<CourseAssignment>()
                        .Where(t =>
                            t.PassedAt != null
                            && db.Links.Any(l =>
                                l.FromId == t.Id && l.Type == LinkTypes.CausedBy && l.ToKind == "PROOF"
                            )
                        )
                        .Select(t => new FieldFlow
                        {
                            At = t.PassedAt!.Value,
                            By = t.ChangedBy,
                            Refs = "TRN-" + t.Number,
                        })
            ),
        }.ToDictionary(p => p.Proof);
}
