using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Requirements;

namespace Moat.Isms.Audits;

/// <summary>
/// Certification visits, rehearsed: the way an auditor walks, what they would see, what they would ask.
/// </summary>
[Process(ProgrammeProcess.Name, ProgrammeProcess.Summary)]
public sealed class RehearsalProcess(MoatDb db, AuditChecklist checklist, ProgrammeWeights weights)
{
    private const int MostControls = 24;

    private static readonly (string Title, string Why, string[] Requirements)[] StageOne =
    [
        (
            "What is certified",
            "The auditor reads the scope first: it decides what everything else is compared with.",
            ["4.3", "4.1", "4.2", "4.4"]
        ),
        ("Who wants it", "Policy, commitment and roles, signed by people who can pay for it.", ["5.2", "5.1", "5.3"]),
        (
            "How risks become controls",
            "The method, the register and the Statement of Applicability have to tell one story.",
            ["6.1.1", "6.1.2", "6.1.3", "6.2", "6.3"]
        ),
        (
            "Whether documents are controlled",
            "One document is picked and followed: owner, version, approval, who knows it.",
            ["7.5.1", "7.5.2", "7.5.3"]
        ),
        (
            "Whether you looked yourself",
            "Without an internal audit and a management review there is no stage 2.",
            ["9.2.2", "9.2.1", "9.3.1", "9.3.2", "9.3.3"]
        ),
    ];

    private static readonly (string Title, string Why, string[] Requirements)[] StageTwo =
    [
        (
            "With management",
            "The opening talk: is it theirs, or the ISMS manager's hobby?",
            ["5.1", "6.2", "9.3.2", "9.3.3"]
        ),
        (
            "Risks as they live",
            "One risk is followed from its owner to the control, its evidence and the last reassessment.",
            ["8.2", "8.3", "6.1.3", "8.1"]
        ),
        (
            "People",
            "A sample of joiners, leavers and courses; then three people are asked what they would do.",
            ["7.2", "7.3", "7.4"]
        ),
        (
            "Measured and audited",
            "Numbers of the year, what was concluded from them, and what the internal audit found.",
            ["9.1", "9.2.1", "10.2", "10.1"]
        ),
    ];

    /// <summary>Walks the requirements in an auditor's order.</summary>
    [Query(
        "rehearse",
        Permission.PlanAudits,
        "Rehearse a certification visit, stage 1 or 2: what the auditor would open, see and ask"
    )]
    public Task<RehearsalView> Rehearse(RehearseAudit input, CancellationToken ct) =>
        db.Unchanged((nameof(Rehearse), input.Stage), () => Walk(input.Stage, ct), ct);

    private async Task<RehearsalView> Walk(int stage, CancellationToken ct)
    {
        (string Title, string Why, string[] Requirements)[] visit =
            stage == 1
                ? StageOne
                :
                [
                    .. StageTwo,
                    (
                        "Controls, where it matters most",
                        "The auditor takes the controls over your crown jewels first and asks for a sample of each.",
                        await Weighty(ct)
                    ),
                ];
        var entries = (await checklist.Entries([.. visit.SelectMany(p => p.Requirements).Distinct()], ct)).ToDictionary(
            e => e.Requirement
        );
        var parts = visit
            .Select(p => new RehearsalPart(
                p.Title,
                p.Why,
                [.. p.Requirements.Where(entries.ContainsKey).Select(r => Stop(entries[r], stage))]
            ))
            .ToList();
        var stops = parts.SelectMany(p => p.Stops).ToList();
        var (ready, questions) = (stops.Count(s => s.Questions.Count == 0), stops.Sum(s => s.Questions.Count));
        return new RehearsalView(stage, Verdict(stage, stops.Count, ready), stops.Count, ready, questions, parts);
    }

    private async Task<string[]> Weighty(CancellationToken ct) =>
        [
            .. (await weights.All(ct))
                .Where(w => w.Kind == "control")
                .OrderByDescending(w => w.Weight)
                .Take(MostControls)
                .Select(w => w.Requirement),
        ];

    private static RehearsalStop Stop(ChecklistEntry entry, int stage)
    {
        var asked = entry.Rules.Where(r =>
            !r.Holds && (stage == 1 ? r.Dimension == "documented" : r.Dimension != "documented")
        );
        return new RehearsalStop(
            entry.Requirement,
            entry.Title,
            [.. entry.LookAt.Take(4)],
            stage == 1 ? [.. entry.Documents.Concat(entry.Records.Take(3)).DistinctBy(r => r.Ref)] : entry.Records,
            [.. asked.Select(r => Question(r, stage))],
            entry.Page
        );
    }

    private static string Question(RuleView rule, int stage) =>
        rule.Dimension switch
        {
            _ when !rule.Built => $"Where do you keep this? {rule.Next}.",
            "documented" => $"{rule.Because}. Where is it written, and who approved it? {rule.Next}.",
            "operating" => $"{rule.Because}. Can you show me a case from the last months? {rule.Next}.",
            _ => $"{rule.Because}. What changed here because you learned something? {rule.Next}.",
        };

    private static string Verdict(int stage, int stops, int ready) =>
        (stage, stops - ready) switch
        {
            (1, 0) => "Stage 1 would find every document that it opens.",
            (2, 0) => "Stage 2 would see records wherever it looks.",
            (1, var open) =>
                $"Stage 1 would stop at {open} of {stops} requirements. Close those about scope, risks and your own audit first: without them stage 2 is not booked.",
            (_, var open) =>
                $"Stage 2 would ask on at {open} of {stops} requirements. A question without a record becomes a finding.",
        };
}
