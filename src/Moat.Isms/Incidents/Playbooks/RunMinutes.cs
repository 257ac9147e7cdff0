using System.Globalization;
using System.Text;
using Moat.Isms.Evidence;
using Moat.Isms.Improvement;
using Moat.Isms.Kernel;
using Moat.Knowledge;

namespace Moat.Isms.Incidents.Playbooks;

/// <summary>Writes down what a run did, and keeps it as evidence of the controls that it puts to the test.</summary>
public sealed class RunMinutes(MoatDb db, KnowledgeBase knowledge, IncidentDesk desk, ImprovementDesk improvement)
{
    private const int CountsDays = 365;

    // Being prepared is what an exercise shows, whatever the playbook is about.
    private const string Preparation = "A.5.24";
    private const string Response = "A.5.26";

    /// <summary>
    /// Whether the minutes show anything: a run for an incident always, an exercise when half of the steps were done
    /// that its own decisions left.
    /// </summary>
    public bool ShowsSomething(PlaybookRun run, IReadOnlyList<RunItem> items)
    {
        if (!run.Exercise)
            return true;
        var steps = items.Where(i => i.Kind == RunItemKind.Step).ToList();
        var entry = knowledge.PlaybookById.GetValueOrDefault(run.PlaybookId);
        var decided = steps
            .Where(i => i.Choice is not null)
            .SelectMany(i =>
                entry
                    ?.Steps.FirstOrDefault(s => s.Id == i.Key)
                    ?.Decide?.Options.FirstOrDefault(o => o.Id == i.Choice)
                    ?.Skips
                ?? []
            )
            .ToHashSet();
        var done = steps.Count(i => i.State == RunItemState.Done);
        return done > 0 && 2 * done >= steps.Count(i => i.State == RunItemState.Done || !decided.Contains(i.Key));
    }

    /// <summary>Keeps the minutes of a run that has ended.</summary>
    public async Task<EvidenceItem> Keep(PlaybookRun run, IReadOnlyList<RunItem> items, CancellationToken ct)
    {
        string[] controls = run.Exercise
            ? [Preparation, .. knowledge.PlaybookById.GetValueOrDefault(run.PlaybookId)?.Controls ?? []]
            : [Response];
        var title = run.Exercise ? $"Table-top exercise: {run.Title}" : $"Playbook run: {run.Title}";
        var item = await desk.KeepMinutes(
            title,
            $"{run.Ref}.md",
            Text(run, items, title),
            run.StartedAt,
            [.. controls.Distinct()],
            CountsDays,
            ct
        );
        await db.Connect(item, LinkTypes.Evidences, run, ct);
        return item;
    }

    /// <summary>Each line is a lesson of the run.</summary>
    public async Task Learn(PlaybookRun run, IEnumerable<string> lessons, Guid? ownerId, CancellationToken ct)
    {
        foreach (var lesson in lessons.Where(l => !string.IsNullOrWhiteSpace(l)))
            await improvement.Learn(run, lesson.Trim().Split('\n')[0].Cut(300), lesson.Trim(), ownerId, ct);
    }

    private static string Text(PlaybookRun run, IReadOnlyList<RunItem> items, string title)
    {
        var text = new StringBuilder(
            string.Create(
                CultureInfo.InvariantCulture,
                $"# {title}\n\n{run.Ref}, from {run.StartedAt:yyyy-MM-dd HH:mm} to {run.EndedAt:yyyy-MM-dd HH:mm} UTC\n\n"
            )
        );
        if (run.Exercise)
            text.Append("This was an exercise. Nothing of it happened.\n\n");
        text.Append(
            CultureInfo.InvariantCulture,
            $"## Result\n\n{run.Result}\n\n## Steps\n\n| minute | due | step | state | by | what |\n|---|---|---|---|---|---|\n"
        );
        foreach (var step in items.Where(i => i.Kind == RunItemKind.Step).OrderBy(i => i.Position))
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {Minute(run, step.At)} | {Minute(run, step.DueAt)} | {Cell(step.Title)} | {step.State.Words()} | {Cell(step.By)} | {Cell(step.Choice is null ? step.Text : $"{step.Choice}. {step.Text}")} |\n"
            );
        Section(
            text,
            "Containment",
            items.Where(i => i.Kind == RunItemKind.Containment && i.State != RunItemState.Open)
        );
        Section(text, "Preserved", items.Where(i => i.Kind == RunItemKind.Preserve && i.State != RunItemState.Open));
        return text.ToString();
    }

    private static void Section(StringBuilder text, string title, IEnumerable<RunItem> items)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n## {title}\n\n");
        foreach (var item in items.OrderBy(i => i.Position))
            text.Append(
                CultureInfo.InvariantCulture,
                $"- {item.Title}: {item.State.Words()}, {item.By}. {item.Text}\n"
            );
    }

    private static string Minute(PlaybookRun run, DateTime? at) =>
        at is { } moment
            ? Math.Round((moment - run.StartedAt).TotalMinutes).ToString(CultureInfo.InvariantCulture)
            : "";

    private static string Cell(string? text) =>
        (text ?? "").ReplaceLineEndings(" ").Replace("|", "/", StringComparison.Ordinal);
}
