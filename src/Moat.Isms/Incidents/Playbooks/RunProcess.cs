using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Isms.Work;
using Moat.Knowledge;
using Moat.Knowledge.Playbooks;

namespace Moat.Isms.Incidents.Playbooks;

/// <summary>Starting and ending runs of playbooks: for incidents, and as table-top exercises.</summary>
[Process(Name, Summary)]
public sealed class RunProcess(
    MoatDb db,
    CurrentCaller caller,
    KnowledgeBase knowledge,
    IncidentDesk desk,
    WorkList work,
    RunMinutes minutes
)
{
    internal const string Name = "playbook-runs";
    internal const string Summary =
        "Playbooks that run, step by step, for an incident or as an exercise (A.5.24, A.5.26, A.5.29).";

    internal const string LateSteps = "late-steps";
    private const string Exercising = "exercise";

    /// <summary>Starts a playbook.</summary>
    [Operation(
        "start",
        Permission.HandleIncidents,
        "Start a playbook for an incident, or as a table-top exercise when no incident is named"
    )]
    public async Task<Done> Start(StartRun input, CancellationToken ct)
    {
        var entry =
            knowledge.PlaybookById.GetValueOrDefault(input.Playbook)
            ?? throw new InputInvalid("playbook", $"There is no playbook '{input.Playbook}'.");
        var incident = input.Incident is { } named ? await db.One<Incident>(named, ct) : null;
        if (incident is { State: IncidentState.Closed })
            throw new RuleBroken("playbook-runs.start.open", $"{incident.Ref} is closed. Reopen it first.");
        var at = db.Happened(input.At);
        var run = await db.Enter(
            new PlaybookRun
            {
                PlaybookId = entry.Id,
                Title = entry.Title.Cut(300),
                Exercise = incident is null,
                IncidentId = incident?.Id,
                StartedAt = at,
                LeadId = await db.OwnerId(input.Lead, ct) ?? incident?.LeadId ?? caller.Value.PersonId,
            },
            ct
        );
        await Items(run, entry, ct);
        if (incident is null)
        {
            await work.Ensure(
                run,
                Exercising,
                $"Finish the exercise: {entry.Title}".Cut(300),
                "An exercise shows something only when somebody writes down what it told.",
                run.LeadId,
                db.Today.AddDays(7),
                ct
            );
            return new Done(run);
        }
        await db.Connect(run, LinkTypes.RespondsTo, incident, ct);
        await desk.Note(incident, at, TimelineKind.Decision, $"Playbook started: {entry.Title} ({run.Ref})", ct);
        return new Done(run);
    }

    /// <summary>Ends a run. What an exercise told is kept as evidence of the controls that it tests.</summary>
    [Operation(
        "finish",
        Permission.HandleIncidents,
        "End a run, with the reason for what is left out; the minutes of an exercise that went half the way become evidence of what it tested"
    )]
    public async Task<Done> Finish(FinishPlaybookRun input, CancellationToken ct)
    {
        var (run, items) = await db.Running(input, ct);
        var open = items.Where(i => i.Kind == RunItemKind.Step && i.State == RunItemState.Open).ToList();
        if (open.Count > 0 && input.LeftOutBecause is null)
            throw new InputInvalid(
                "leftOutBecause",
                $"{open.Count} steps are neither done nor skipped, such as \"{open[0].Title}\". Say why they are left out."
            );
        foreach (var item in open)
            item.Skip(input.LeftOutBecause!, caller.Value.Name, db.Now);
        run.End(input.Result, db.Now);
        await work.Settle(run, LateSteps, "The run has ended.", ct);
        await work.Settle(run, Exercising, "The exercise has ended.", ct);
        if (minutes.ShowsSomething(run, items))
            run.MinutesId = (await minutes.Keep(run, items, ct)).Id;
        else
            run.ShowsNothing();
        await minutes.Learn(run, input.Lessons, await db.OwnerId(input.Owner, ct) ?? run.LeadId, ct);
        if (await db.IncidentOf(run, ct) is { } incident)
            await desk.Note(
                incident,
                db.Now,
                TimelineKind.Decision,
                $"Playbook ended: {run.Title} ({run.Ref}). {input.Result}",
                ct,
                run.MinutesId
            );
        return new Done(run);
    }

    /// <summary>Makes a task of what is late in runs that go on. Done by the server itself.</summary>
    [
        Daily(DailyTurn.Registers),
        Operation(
            "keep-current",
            Permission.HandleIncidents,
            "Make tasks of steps whose time is over in runs that go on"
        )
    ]
    public async Task<Tally> KeepCurrent(Nothing input, CancellationToken ct)
    {
        var count = 0;
        foreach (var run in await db.Set<PlaybookRun>().Where(r => r.EndedAt == null && !r.Exercise).ToListAsync(ct))
        {
            var late = (await db.Set<RunItem>().Where(i => i.RunId == run.Id).OrderBy(i => i.Position).ToListAsync(ct))
                .Where(i => i.IsLate(db.Now))
                .ToList();
            if (late.Count == 0)
                continue;
            await work.Ensure(
                run,
                LateSteps,
                $"{late.Count} steps of {run.Ref} {run.Title} are late".Cut(300),
                $"Next: {late[0].Title}. Do it, or say why it is not needed.".Cut(1000),
                run.LeadId,
                db.Today,
                ct
            );
            count++;
        }
        return new Tally(count, []);
    }

    private async Task Items(PlaybookRun run, PlaybookEntry entry, CancellationToken ct)
    {
        foreach (var (step, index) in entry.Steps.Select((s, i) => (s, i + 1)))
            await db.Enter(
                new RunItem
                {
                    RunId = run.Id,
                    Kind = RunItemKind.Step,
                    Position = index,
                    Key = step.Id,
                    Title = step.Title.Cut(1000),
                    Phase = step.Phase,
                    Role = step.Role,
                    DueAt = run.StartedAt.AddMinutes(step.Within),
                },
                ct
            );
        foreach (var (hint, index) in entry.Preserve.Select((s, i) => (s, i + 1)))
            await db.Enter(
                new RunItem
                {
                    RunId = run.Id,
                    Kind = RunItemKind.Preserve,
                    Position = index,
                    Key = $"{index}",
                    Title = hint.What.Cut(1000),
                },
                ct
            );
        foreach (var (option, index) in entry.Containment.Select((s, i) => (s, i + 1)))
            await db.Enter(
                new RunItem
                {
                    RunId = run.Id,
                    Kind = RunItemKind.Containment,
                    Position = index,
                    Key = option.Id,
                    Title = option.Do.Cut(1000),
                },
                ct
            );
    }
}
