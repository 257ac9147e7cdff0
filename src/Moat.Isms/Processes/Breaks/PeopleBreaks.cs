using Moat.Isms.Communication;
using Moat.Isms.Kernel;
using Moat.Isms.Leadership;
using Moat.Isms.People.Competence;
using Moat.Isms.People.Training;
using Moat.Isms.Suppliers;

namespace Moat.Isms.Processes.Breaks;

/// <summary>What should flow between roles, competence, training, communication and suppliers (5.3, 7.2-7.4, A.5.19).</summary>
internal static class PeopleBreaks
{
    private const int DaysToFill = 30, DaysToJudge = 30;

    public static IReadOnlyList<FlowRule> Rules { get; } =
    [
        new("role-open", "leadership", "roles", "ROLE", "A role is given to somebody within a month", "Name who holds it", (db, day) =>
            db.Set<RoleAssignment>().Where(r => r.Standing == Standing.Adopted && r.PersonId == null && r.CreatedAt < day.Ago(DaysToFill))
                .Select(r => new Broken { Number = r.Number, Title = r.Title, At = r.CreatedAt })),
        new("course-overdue", "training", "awareness", "TRN", "A course is passed by its date", "Remind them", (db, day) =>
            db.Set<CourseAssignment>().Where(t => t.CreatedAt < day.End && t.DueOn < day.On && (t.PassedAt == null || t.PassedAt >= day.End) && (t.EndedAt == null || t.EndedAt >= day.End))
                .Select(t => new Broken { Number = t.Number, Title = t.Title, On = t.DueOn })),
        new("gap-overdue", "competence", "training", "PROOF", "A step against a gap is checked by its date", "Check whether it worked", (db, day) =>
            db.Set<CompetenceProof>().Where(p => p.CreatedAt < day.End && !p.Shown && p.StepBy < day.On && (p.CheckedOn == null || p.CheckedOn > day.On))
                .Select(p => new Broken { Number = p.Number, Title = p.What, On = p.StepBy })),
        new("communication-overdue", "communication", "management-review", "COMM", "What the plan says was told, on its day", "Tell them and keep it", (db, day) =>
            db.Set<CommunicationEntry>().Where(c => c.Standing == Standing.Adopted && c.CreatedAt < day.End && c.NextOn < day.On)
                .Select(c => new Broken { Number = c.Number, Title = c.What, On = c.NextOn })),
        new("supplier-unjudged", "supplier-management", "risk-assessment", "SUP", "A supplier that could stop us is judged within its cycle", "Judge it", (db, day) =>
            db.Set<Supplier>().Where(s => s.Standing == Standing.Adopted && (s.EndedOn == null || s.EndedOn > day.On) && (s.Tier == SupplierTier.High || s.Tier == SupplierTier.Critical)
                    && (s.NextAssessmentOn < day.On || (s.NextAssessmentOn == null && s.CreatedAt < day.Ago(DaysToJudge))))
                .Select(s => new Broken { Number = s.Number, Title = s.Name, On = s.NextAssessmentOn, At = s.CreatedAt })),
    ];
}
