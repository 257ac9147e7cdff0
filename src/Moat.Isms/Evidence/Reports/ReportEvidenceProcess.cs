using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Controls;
using Moat.Isms.Evidence.Attestations;
using Moat.Isms.Evidence.Checks;
using Moat.Isms.Evidence.Facts;
using Moat.Isms.Evidence.Grades;
using Moat.Isms.Kernel;
using Moat.Knowledge.Checks;

namespace Moat.Isms.Evidence.Reports;

/// <summary>
/// Takes in what pipelines report: the file is kept as evidence, what it says becomes facts, and checks are evaluated
/// over them.
/// </summary>
[Process(EvidenceProcess.Name, EvidenceProcess.Summary)]
public sealed class ReportEvidenceProcess(
    MoatDb db,
    CheckBook book,
    FactIntake intake,
    EvidenceKeeper keeper,
    AttestationVerifier verifier,
    CurrentCaller caller,
    IEnumerable<IReportFollower> followers
)
{
    /// <summary>Who tells of what reports are about; the token of a pipeline may change, its subject stays.</summary>
    private const string ToldBy = "reports";

    /// <summary>
    /// Reads a report and keeps it. The controls it shows are those of the checks over its kind, and what the caller
    /// adds.
    /// </summary>
    [
        ProvenInPack,
        Operation(
            "report",
            Permission.EditEvidence,
            "Take in a pipeline's report: SARIF, JUnit XML, Great Expectations, CycloneDX or in-toto"
        )
    ]
    public async Task<ReportTaken> Report(ReportEvidence input, CancellationToken ct)
    {
        var report = input.File.Read(ReportReader.Read);
        await verifier.Verify(report, ct);
        var observed = ObservedAt(input);
        var remarks = new List<string>(report.Remarks);
        foreach (var follower in followers)
            remarks.AddRange(await follower.Bind(report, input, observed, ct));
        var facts = report.Facts.Select(f => FactOf(input, report, f, observed)).ToList();
        var (usual, absent) = await UsualControls(report.Kind, ct);
        var controls = usual.Concat(input.Controls).Distinct().Order(StringComparer.Ordinal).ToList();
        var taken = await intake.Take(facts, ct);
        var item = await keeper.Keep(
            new EvidenceContent(
                input.Title ?? $"{ResourceKind.Of(report.Kind).Title}: {facts[0].Name}",
                EvidenceKind.File,
                input.File.Content,
                FileName: Path.GetFileName(input.File.Name),
                Origin: OriginOf(report)
            ),
            FrameOf(input, report, controls, DateOnly.FromDateTime(observed > db.Now ? db.Now : observed)),
            ct
        );
        foreach (var follower in followers)
            remarks.AddRange(await follower.Follow(report, input, item, facts[0].ObservedAt, ct));
        if (absent.Count > 0)
            remarks.Add(NotYetShown(absent));
        return new ReportTaken(
            item.Ref,
            1,
            report.Format,
            facts.Count,
            taken.Discovered + taken.Changed + taken.Late,
            controls
        )
        {
            Remarks = remarks,
        };
    }

    /// <summary>When it was so: as told, else at the end of the period, else now.</summary>
    private DateTime ObservedAt(ReportEvidence input)
    {
        var observed =
            input.ObservedAt?.UtcDateTime
            ?? (
                input.PeriodTo is { } end && end < db.Today
                    ? end.ToDateTime(TimeOnly.MaxValue, DateTimeKind.Utc)
                    : db.Now
            );
        if (observed > db.Now.AddDays(1))
            throw new InputInvalid("observedAt", "This is in the future.");
        return observed;
    }

    private static ReportFrame FrameOf(ReportEvidence input, ReadReport report, List<string> controls, DateOnly day) =>
        new()
        {
            Controls = controls,
            Clauses = controls.Count + input.Clauses.Count == 0 ? ["9.1"] : input.Clauses,
            PeriodFrom = input.PeriodFrom ?? input.PeriodTo ?? day,
            PeriodTo = input.PeriodTo ?? day,
            Population = input.Population ?? $"{report.Format}{(report.LookedAt is { } looked ? $", {looked}" : "")}",
            Complete = input.Complete,
        };

    private static string NotYetShown(IReadOnlyList<string> absent) =>
        $"Such a report usually shows {string.Join(", ", absent)}, which {(absent.Count == 1 ? "is" : "are")} not in the "
        + "register of controls yet. Draft the controls; the next report shows them.";

    /// <summary>
    /// The controls of the checks over such a report, and those of them that the register does not have yet.
    /// </summary>
    private async Task<(List<string> Here, List<string> Absent)> UsualControls(string kind, CancellationToken ct)
    {
        var usual = (await book.All(ct))
            .Where(c => c.Resource == kind)
            .SelectMany(c => c.Controls)
            .Distinct()
            .Order(StringComparer.Ordinal)
            .ToList();
        var here = await db.Set<Control>().Where(c => usual.Contains(c.Code)).Select(c => c.Code).ToListAsync(ct);
        return (here, [.. usual.Except(here)]);
    }

    /// <summary>
    /// A pipeline is known by its token or by a signature that a named key made; a person who uploads its report is a
    /// person.
    /// </summary>
    private EvidenceOrigin? OriginOf(ReadReport report) =>
        caller.Value is { PersonId: null, ActorId: not null }
        || report.Facts.Any(f => f.Content["verified"]?.GetValueKind() == JsonValueKind.True)
            ? EvidenceOrigin.Pipeline
            : null;

    private static ObservedFact FactOf(ReportEvidence input, ReadReport report, ReportedFact fact, DateTime observed)
    {
        if (input.Dataset is not null)
            fact.Content["dataset"] = input.Dataset;
        if (report.Remarks.Count > 0)
            fact.Content["remarks"] = new JsonArray([.. report.Remarks.Select(r => (JsonNode)r)]);
        if (input.ModelVersion is not null)
            fact.Content["modelVersion"] = input.ModelVersion;
        var name =
            fact.Name
            ?? input.Subject
            ?? throw new InputInvalid("subject", "The report does not say what it is about. Say it.");
        var subject =
            input.Subject is null ? name
            : report.Facts.Count == 1 ? input.Subject
            : $"{input.Subject}/{name}";
        var at = observed.ToMillisecond();
        return new ObservedFact(report.Kind, ToldBy, Cut(subject), Cut(subject), at, FactText.Of(fact.Content));
    }

    private static string Cut(string text) => text.Length <= 400 ? text : text[..400];

    private sealed record ReportFrame : EvidenceFrame;
}
