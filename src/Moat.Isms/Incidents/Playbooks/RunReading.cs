using Microsoft.EntityFrameworkCore;
using Moat.Isms.Evidence;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Isms.People.Responsibilities;
using Moat.Knowledge;
using Moat.Knowledge.Playbooks;

namespace Moat.Isms.Incidents.Playbooks;

/// <summary>Reading runs of playbooks.</summary>
[Process(RunProcess.Name, RunProcess.Summary)]
public sealed class RunReading(MoatDb db, KnowledgeBase knowledge)
{
    /// <summary>Runs, the latest first.</summary>
    [Query("list", Permission.ReadIsms, "List runs of playbooks and exercises")]
    public Task<IReadOnlyList<PlaybookRunRow>> List(ListRuns input, CancellationToken ct)
    {
        var query = db.Set<PlaybookRun>().AsQueryable();
        if (input.Exercise is { } exercise)
            query = query.Where(r => r.Exercise == exercise);
        return db.RunRows(query.OrderByDescending(r => r.Number).Take(input.Limit), ct);
    }

    /// <summary>A run.</summary>
    [Query("get", Permission.ReadIsms, "Read a run: its steps, what to preserve, ways to contain, and what was done")]
    public async Task<RunView> Get(OneRecord input, CancellationToken ct)
    {
        var run = await db.One<PlaybookRun>(input.Ref, ct);
        var row = (await db.RunRows(db.Set<PlaybookRun>().Where(r => r.Id == run.Id), ct))[0];
        var items = await db.Set<RunItem>().Where(i => i.RunId == run.Id).OrderBy(i => i.Position).ToListAsync(ct);
        var kept = items.Where(i => i.EvidenceId is not null).Select(i => i.EvidenceId!.Value).ToList();
        var evidence = await db.Set<EvidenceItem>()
            .Where(e => kept.Contains(e.Id))
            .ToDictionaryAsync(e => e.Id, e => $"EVD-{e.Number}", ct);
        var lead = await db.Set<Person>().Where(p => p.Id == run.LeadId).Select(p => p.Name).FirstOrDefaultAsync(ct);
        var incident = await db.Set<Incident>()
            .Where(i => i.Id == run.IncidentId)
            .Select(i => i.Title)
            .FirstOrDefaultAsync(ct);
        var entry = knowledge.PlaybookById.GetValueOrDefault(run.PlaybookId);
        var (who, now) = (await Who(run, ct), db.Now);
        return new RunView(
            row,
            lead,
            incident,
            run.Result,
            run.Exercise ? Told(entry?.Exercise, run, now) : null,
            run is { Exercise: true, EndedAt: null } ? Next(entry?.Exercise, run, now) : null,
            [.. items.Select(i => View(i, entry, who, evidence, run.EndedAt ?? now))]
        );
    }

    /// <summary>
    /// The story as far as it has come: while the exercise runs, nobody reads the news before their minute.
    /// </summary>
    private static ExerciseHint? Told(ExerciseHint? story, PlaybookRun run, DateTime now) =>
        story is null || run.EndedAt is not null
            ? story
            : new ExerciseHint
            {
                Scenario = story.Scenario,
                Injects = [.. story.Injects.Where(i => run.StartedAt.AddMinutes(i.After) <= now)],
                Questions = story.Questions,
            };

    private static int? Next(ExerciseHint? story, PlaybookRun run, DateTime now) =>
        story?.Injects.Where(i => run.StartedAt.AddMinutes(i.After) > now).Min(i => (int?)i.After);

    private RunItemView View(
        RunItem item,
        PlaybookEntry? entry,
        Dictionary<string, string> who,
        Dictionary<Guid, string> evidence,
        DateTime now
    )
    {
        var step = item.Kind == RunItemKind.Step ? entry?.Steps.FirstOrDefault(s => s.Id == item.Key) : null;
        var option =
            item.Kind == RunItemKind.Containment ? entry?.Containment.FirstOrDefault(o => o.Id == item.Key) : null;
        var preserve =
            item.Kind == RunItemKind.Preserve ? entry?.Preserve.FirstOrDefault(p => p.What == item.Title) : null;
        return new RunItemView
        {
            Kind = item.Kind,
            Position = item.Position,
            Key = item.Key,
            Title = item.Title,
            Phase = item.Phase,
            Role = knowledge.RoleById.GetValueOrDefault(item.Role)?.Title ?? item.Role.Replace('-', ' '),
            Who = who.GetValueOrDefault(item.Role),
            DueAt = item.DueAt,
            Late = item.IsLate(now),
            State = item.State,
            By = item.By,
            At = item.At,
            Text = item.Text,
            Choice = item.Choice,
            EvidenceRef = item.EvidenceId is { } id ? evidence.GetValueOrDefault(id) : null,
            Do = step?.Do ?? preserve?.How,
            Inputs = step?.Inputs ?? [],
            Capture = step?.Capture,
            Cost = option?.Cost,
            Undo = option?.Undo,
            Decide = step?.Decide,
        };
    }

    /// <summary>Who stands for a role: whoever has the part in this response, or else holds the role.</summary>
    private async Task<Dictionary<string, string>> Who(PlaybookRun run, CancellationToken ct)
    {
        var held = await db.Set<RoleAssignment>()
            .Where(r => r.Standing == Standing.Adopted && r.PersonId != null)
            .OrderBy(r => r.Number)
            .Join(db.Set<Person>(), r => r.PersonId, p => p.Id, (r, p) => new { r.Key, p.Name })
            .ToListAsync(ct);
        var who = held.GroupBy(h => h.Key).ToDictionary(g => g.Key, g => g.First().Name);
        foreach (
            var part in await db.Set<Responder>()
                .Where(r => r.IncidentId == run.IncidentId)
                .Join(db.Set<Person>(), r => r.PersonId, p => p.Id, (r, p) => new { r.Part, p.Name })
                .ToListAsync(ct)
        )
            who[part.Part == IncidentDesk.LeadPart ? "incident-lead" : part.Part] = part.Name;
        return who;
    }
}

/// <summary>Runs in lists.</summary>
internal static class RunLists
{
    /// <summary>The runs of a query, the latest first.</summary>
    public static async Task<IReadOnlyList<PlaybookRunRow>> RunRows(
        this MoatDb db,
        IQueryable<PlaybookRun> query,
        CancellationToken ct
    )
    {
        var now = db.Now;
        var (items, incidents, evidence) = (db.Set<RunItem>(), db.Set<Incident>(), db.Set<EvidenceItem>());
        var rows = await query
            .Select(r => new
            {
                Run = r,
                Steps = items.Count(i => i.RunId == r.Id && i.Kind == RunItemKind.Step),
                Done = items.Count(i => i.RunId == r.Id && i.Kind == RunItemKind.Step && i.State == RunItemState.Done),
                Skipped = items.Count(i =>
                    i.RunId == r.Id && i.Kind == RunItemKind.Step && i.State == RunItemState.Skipped
                ),
                Late = items.Count(i =>
                    i.RunId == r.Id
                    && i.Kind == RunItemKind.Step
                    && i.State == RunItemState.Open
                    && i.DueAt < (r.EndedAt ?? now)
                ),
                Incident = incidents.Where(i => i.Id == r.IncidentId).Select(i => "INC-" + i.Number).FirstOrDefault(),
                Minutes = evidence.Where(e => e.Id == r.MinutesId).Select(e => "EVD-" + e.Number).FirstOrDefault(),
            })
            .ToListAsync(ct);
        return
        [
            .. rows.OrderByDescending(r => r.Run.Number)
                .Select(r => new PlaybookRunRow(
                    r.Run.Ref,
                    r.Run.Version,
                    r.Run.PlaybookId,
                    r.Run.Title,
                    r.Run.Exercise,
                    r.Incident,
                    r.Run.StartedAt,
                    r.Run.EndedAt,
                    r.Steps,
                    r.Done,
                    r.Skipped,
                    r.Late,
                    r.Minutes
                )),
        ];
    }
}
