using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Evidence;
using Moat.Isms.Improvement;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Isms.Risks;
using Moat.Isms.Work;

namespace Moat.Isms.Incidents;

/// <summary>What a review brought about.</summary>
/// <param name="Ref">The incident.</param>
/// <param name="Version">Its version.</param>
/// <param name="Minutes">The evidence that keeps the minutes.</param>
/// <param name="Lessons">The lessons.</param>
/// <param name="Nonconformity">The nonconformity, if one was raised.</param>
public sealed record Reviewed(
    string Ref,
    int Version,
    string Minutes,
    IReadOnlyList<string> Lessons,
    string? Nonconformity
);

/// <summary>Reviews of incidents: what happened, why, what worked and what was learned (A.5.27).</summary>
[Process(IncidentProcess.Name, IncidentProcess.Summary)]
public sealed class ReviewProcess(MoatDb db, IncidentDesk desk, ImprovementDesk improvement, WorkList work)
{
    private const int CountsDays = 365;
    private const int DaysToReassess = 14;
    private const int LeastWhy = 10;
    private static readonly string[] Shows = ["A.5.25", "A.5.26", "A.5.27"];

    /// <summary>
    /// Keeps what those who were there said; lessons, a nonconformity and risks to assess again follow from it.
    /// </summary>
    [
        ProvenInPack,
        Operation(
            "review",
            Permission.HandleIncidents,
            "Keep the review of an incident: story, causes, what worked, lessons; its minutes become evidence"
        )
    ]
    public async Task<Reviewed> Review(ReviewIncident input, CancellationToken ct)
    {
        var incident = await db.One<Incident>(input, ct);
        Check(input, incident);
        incident.Review(db.Now);
        var attendees = new List<string>();
        foreach (var reference in input.Attendees.Distinct())
            attendees.Add((await db.One<Person>(reference, ct)).Name);
        var review = await db.Enter(
            new IncidentReview
            {
                IncidentId = incident.Id,
                HeldOn = input.HeldOn ?? db.Today,
                Attendees = attendees,
                Story = input.Story,
                Whys = input.Whys,
                Cause = input.Cause,
                Contributing = input.Contributing,
                Worked = input.Worked,
                Failed = input.Failed,
                NoLessonBecause = input.Lessons.Count == 0 ? input.NoLessonBecause : null,
            },
            ct
        );
        var lessons = new List<Lesson>();
        foreach (var lesson in input.Lessons)
            lessons.Add(
                await improvement.Learn(
                    incident,
                    lesson.Title,
                    lesson.Text,
                    await db.OwnerId(lesson.Owner, ct) ?? incident.LeadId,
                    ct
                )
            );
        var risks = await Reassess(incident, input.Risks, ct);
        var raised = await Raise(incident, input, ct);
        var minutes = await Minutes(incident, review, lessons, risks, raised, ct);
        review.MinutesId = minutes.Id;
        await desk.Note(
            incident,
            db.Now,
            TimelineKind.State,
            $"Reviewed with {string.Join(", ", attendees)}. Cause: {Causes.All[input.Cause].ToLowerInvariant()}. {(lessons.Count > 0 ? $"{lessons.Count} lessons." : $"No lesson: {review.NoLessonBecause}")}",
            ct,
            minutes.Id
        );
        await desk.AskLead(incident, ct);
        return new Reviewed(incident.Ref, incident.Version, minutes.Ref, [.. lessons.Select(l => l.Ref)], raised?.Ref);
    }

    private void Check(ReviewIncident input, Incident incident)
    {
        if (!Causes.All.ContainsKey(input.Cause))
            throw new InputInvalid("cause", $"One of: {string.Join(", ", Causes.All.Keys)}.");
        if (input.Whys.Any(w => w.Trim().Length < LeastWhy))
            throw new InputInvalid("whys", "A why without words explains nothing: answer each in a sentence.");
        if (input.Lessons.Count == 0 && input.NoLessonBecause is null)
            throw new InputInvalid("noLessonBecause", "Write down what was learned, or why there is nothing to learn.");
        if (input.HeldOn > db.Today)
            throw new InputInvalid("heldOn", "This day has not come yet.");
        if (incident.RecoveredAt is { } recovered && input.HeldOn < DateOnly.FromDateTime(recovered))
            throw new InputInvalid(
                "heldOn",
                $"The incident was over on {recovered:yyyy-MM-dd}. What is talked about before that is not the review."
            );
    }

    private async Task<IReadOnlyList<Risk>> Reassess(Incident incident, List<string> references, CancellationToken ct)
    {
        var risks = new List<Risk>();
        foreach (var reference in references.Distinct())
        {
            var risk = await db.One<Risk>(reference, ct);
            await db.Connect(risk, LinkTypes.LearnedFrom, incident, ct);
            await work.Ensure(
                risk,
                "assess",
                $"Assess again: {risk.Title}".Cut(300),
                $"{incident.Ref} showed that it is likelier or worse than was thought (8.2).",
                risk.OwnerId,
                db.Today.AddDays(DaysToReassess),
                ct
            );
            risks.Add(risk);
        }
        return risks;
    }

    private async Task<Nonconformity?> Raise(Incident incident, ReviewIncident input, CancellationToken ct) =>
        input.Nonconformity is not { } text
            ? null
            : await improvement.Raise(
                incident,
                new RaisedNonconformity(
                    text.Split('\n')[0].Cut(300),
                    text,
                    NonconformityOrigin.Incident,
                    input.Major ? NonconformityGrade.Major : NonconformityGrade.Minor,
                    null,
                    incident.LeadId
                )
                {
                    SameWhen = await SameWhen(input, text, ct),
                },
                ct
            );

    /// <summary>
    /// A cause that comes back was not removed, in whatever words it is told this time. Something else, by its name, is
    /// no cause that could.
    /// </summary>
    private async Task<string> SameWhen(ReviewIncident input, string text, CancellationToken ct)
    {
        var same = $"incident {input.Cause}: {text}".ToLowerInvariant().Cut(400);
        if (input.Separate || input.Cause == Causes.Other)
            return same;
        var ofCause = $"incident {input.Cause}:";
        return await db.Set<Nonconformity>()
                .Where(n => n.SameWhen.StartsWith(ofCause))
                .OrderByDescending(n => n.SameWhen == same)
                .ThenByDescending(n => n.Number)
                .Select(n => n.SameWhen)
                .FirstOrDefaultAsync(ct)
            ?? same;
    }

    private async Task<EvidenceItem> Minutes(
        Incident incident,
        IncidentReview review,
        IReadOnlyList<Lesson> lessons,
        IReadOnlyList<Risk> risks,
        Nonconformity? raised,
        CancellationToken ct
    )
    {
        var timeline = await db.Set<TimelineEntry>()
            .Where(t => t.IncidentId == incident.Id)
            .OrderBy(t => t.At)
            .ThenBy(t => t.Position)
            .ToListAsync(ct);
        var text = IncidentMinutes.Text(
            incident,
            review,
            timeline,
            lessons,
            [.. risks.Cast<Referenced>(), .. raised is null ? Array.Empty<Referenced>() : [raised]]
        );
        var item = await desk.KeepMinutes(
            $"Review of {incident.Ref} {incident.Title}",
            $"{incident.Ref}-review.md",
            text,
            incident.DetectedAt,
            Shows,
            CountsDays,
            ct
        );
        await db.Connect(item, LinkTypes.Evidences, incident, ct);
        return item;
    }
}

/// <summary>The minutes of a review as a text that stands for itself.</summary>
internal static class IncidentMinutes
{
    public static string Text(
        Incident incident,
        IncidentReview review,
        IReadOnlyList<TimelineEntry> timeline,
        IReadOnlyList<Lesson> lessons,
        IReadOnlyList<Referenced> follows
    )
    {
        var text = new StringBuilder();
        void Line(FormattableString line) => text.Append(FormattableString.Invariant(line)).Append('\n');
        Line($"# Review of {incident.Ref}: {incident.Title}\n");
        Line(
            $"Held on {review.HeldOn:yyyy-MM-dd} with {string.Join(", ", review.Attendees)}. Severity {incident.Severity.Words().ToLowerInvariant()}.\n"
        );
        Line($"| began | first sign | known | contained | eradicated | recovered |\n|---|---|---|---|---|---|");
        Line(
            $"| {At(incident.OccurredAt)} | {At(incident.DetectedAt)} | {At(incident.AwareAt)} | {At(incident.ContainedAt)} | {At(incident.EradicatedAt)} | {At(incident.RecoveredAt)} |\n"
        );
        Line($"## What happened\n\n{review.Story}\n");
        Line($"## Why\n");
        foreach (var (why, index) in review.Whys.Select((w, i) => (w, i + 1)))
            Line($"{index}. {why}");
        Line($"\nKind of cause: {Causes.All.GetValueOrDefault(review.Cause, review.Cause)}\n");
        List(text, "What made it likelier or worse", review.Contributing);
        Line($"## What worked\n\n{review.Worked}\n");
        if (review.Failed is { } failed)
            Line($"## What did not work\n\n{failed}\n");
        if (review.NoLessonBecause is { } none)
            Line($"## No lesson\n\n{none}\n");
        List(text, "Lessons", lessons.Select(l => $"{l.Ref} {l.Title}: {l.Text}"));
        List(text, "What follows", follows.Select(f => $"{f.Ref} {f.Caption}"));
        Line($"## Timeline\n\n| time (UTC) | by | what |\n|---|---|---|");
        foreach (var entry in timeline)
            Line($"| {At(entry.At)} | {Cell(entry.By)} | {Cell(entry.Text)} |");
        return text.ToString();
    }

    private static void List(StringBuilder text, string title, IEnumerable<string> lines)
    {
        var items = lines.ToList();
        if (items.Count == 0)
            return;
        text.Append(CultureInfo.InvariantCulture, $"## {title}\n\n");
        foreach (var item in items)
            text.Append(CultureInfo.InvariantCulture, $"- {item}\n");
        text.Append('\n');
    }

    private static string At(DateTime? at) =>
        at?.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "not known";

    private static string Cell(string text) => text.ReplaceLineEndings(" ").Replace("|", "/", StringComparison.Ordinal);
}
