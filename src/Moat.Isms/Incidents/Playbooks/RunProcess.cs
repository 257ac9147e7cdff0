using Microsoft.EntityFrameworkCore;
using Moat.Isms.Evidence;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Isms.Work;
using Moat.Knowledge;
using Moat.Knowledge.Playbooks;

namespace Moat.Isms.Incidents.Playbooks;

/// <summary>Runs of playbooks: for incidents, and as table-top exercises.</summary>
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

    private const string LateSteps = "late-steps";
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

    /// <summary>A step was done; its decision may make others unnecessary.</summary>
    [Operation("do", Permission.HandleIncidents, "Say that a step was done, with what was captured and decided")]
    public async Task<Done> Do(DoStep input, CancellationToken ct)
    {
        var (run, items) = await Running(input.Ref, ct);
        var item = Find(items, RunItemKind.Step, input.Step);
        var step = knowledge
            .PlaybookById.GetValueOrDefault(run.PlaybookId)
            ?.Steps.FirstOrDefault(s => s.Id == input.Step);
        var answer = Answer(step?.Decide, input.Choice);
        if (string.IsNullOrWhiteSpace(input.Text) && input.File is null && answer is null)
            throw new InputInvalid("text", $"Write down or attach: {step?.Capture ?? "what was seen and done"}");
        var (at, who) = (When(run, input.At), await Who(input.By, ct));
        var incident = await IncidentOf(run, ct);
        var evidence = input.File is { } file ? await Keep(run, incident, item.Title, file, ct) : null;
        item.Do(input.Text, answer?.Id, evidence?.Id, who, at);
        foreach (var skipped in items.Where(i => i.Kind == RunItemKind.Step && answer?.Skips.Contains(i.Key) == true))
            skipped.Skip($"\"{answer!.Answer}\" was decided in \"{item.Title}\".", who, at);
        if (incident is not null)
            await desk.Note(
                incident,
                at,
                answer is null ? TimelineKind.Note : TimelineKind.Decision,
                $"{item.Title}{(answer is null ? "" : $": {answer.Answer}")}{(input.Text is null ? "" : $". {input.Text}")} ({who}, {run.Ref})",
                ct,
                evidence?.Id
            );
        if (!items.Any(i => i.IsLate(db.Now)))
            await work.Settle(run, LateSteps, "No step is late any more.", ct);
        return new Done(run);
    }

    /// <summary>A step is not needed.</summary>
    [Operation("skip", Permission.HandleIncidents, "Say that a step is not needed, and why")]
    public async Task<Done> Skip(SkipStep input, CancellationToken ct)
    {
        var (run, items) = await Running(input.Ref, ct);
        var item = Find(items, RunItemKind.Step, input.Step);
        if (item.State != RunItemState.Open)
            throw new RuleBroken(
                "playbook-runs.skip.open",
                $"\"{item.Title}\" is {item.State.Words().ToLowerInvariant()}."
            );
        item.Skip(input.Reason, caller.Value.Name, db.Now);
        if (!items.Any(i => i.IsLate(db.Now)))
            await work.Settle(run, LateSteps, "No step is late any more.", ct);
        return new Done(run);
    }

    /// <summary>A way to stop the harm is taken, at its price, or taken back.</summary>
    [Operation("contain", Permission.HandleIncidents, "Take a way to contain, at its price, or take it back")]
    public async Task<Done> Contain(ChooseContainment input, CancellationToken ct)
    {
        var (run, items) = await Running(input.Ref, ct);
        var item = Find(items, RunItemKind.Containment, input.Option);
        var option = knowledge
            .PlaybookById.GetValueOrDefault(run.PlaybookId)
            ?.Containment.FirstOrDefault(o => o.Id == input.Option);
        var (at, who) = (When(run, input.At), await Who(input.By, ct));
        if (input.Undo)
            item.Undo(input.Reason, who, at);
        else
            item.Do(input.Reason, null, null, who, at);
        if (await IncidentOf(run, ct) is { } incident)
            await desk.Note(
                incident,
                at,
                TimelineKind.Containment,
                $"{(input.Undo ? "Taken back: " : "")}{item.Title}. {input.Reason}{(input.Undo || option is null ? "" : $" Price: {option.Cost}")} ({who}, {run.Ref})",
                ct
            );
        return new Done(run);
    }

    /// <summary>Something that would be lost was kept.</summary>
    [Operation(
        "preserve",
        Permission.HandleIncidents,
        "Say what was kept as evidence and how, or that there is nothing to keep"
    )]
    public async Task<Done> Preserve(PreserveItem input, CancellationToken ct)
    {
        var (run, items) = await Running(input.Ref, ct);
        var item =
            items.FirstOrDefault(i => i.Kind == RunItemKind.Preserve && i.Position == input.Item)
            ?? throw new InputInvalid("item", $"{run.Ref} asks to preserve no number {input.Item}.");
        var (at, who) = (When(run, input.At), await Who(input.By, ct));
        var incident = await IncidentOf(run, ct);
        var evidence = input.File is { } file ? await Keep(run, incident, item.Title, file, ct) : null;
        if (input.Nothing)
            item.Skip(input.Text, who, at);
        else
            item.Do(input.Text, null, evidence?.Id, who, at);
        if (incident is not null)
            await desk.Note(
                incident,
                at,
                TimelineKind.Evidence,
                $"{(input.Nothing ? "Nothing to keep of" : "Preserved")}: {item.Title}. {input.Text} ({who}, {run.Ref})",
                ct,
                evidence?.Id
            );
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
        var (run, items) = await Running(input, ct);
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
        if (await IncidentOf(run, ct) is { } incident)
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

    private Task<(PlaybookRun Run, List<RunItem> Items)> Running(string reference, CancellationToken ct) =>
        Running(new ChangeRecord { Ref = reference }, ct);

    private async Task<(PlaybookRun Run, List<RunItem> Items)> Running(ChangeRecord change, CancellationToken ct)
    {
        var run = await db.One<PlaybookRun>(change, ct);
        run.NeedsRunning();
        return (run, await db.Set<RunItem>().Where(i => i.RunId == run.Id).OrderBy(i => i.Position).ToListAsync(ct));
    }

    private async Task<Incident?> IncidentOf(PlaybookRun run, CancellationToken ct) =>
        run.IncidentId is { } id ? await db.Set<Incident>().FirstAsync(i => i.Id == id, ct) : null;

    private async Task<EvidenceItem?> Keep(
        PlaybookRun run,
        Incident? incident,
        string title,
        GivenFile file,
        CancellationToken ct
    )
    {
        // What an exercise produces is play and never evidence of anything but the exercise, which its minutes keep.
        if (incident is null)
            throw new InputInvalid(
                "file",
                $"{run.Ref} is an exercise: write what would be kept instead of keeping a file."
            );
        return await desk.Keep(incident, $"{incident.Ref}: {title}", file, $"{run.Ref} {title}", ct);
    }

    private DateTime When(PlaybookRun run, DateTime? given) =>
        db.Happened(
            given,
            run.StartedAt,
            $"{run.Ref} began on {run.StartedAt:yyyy-MM-dd HH:mm} UTC. What was done before belongs into the timeline of the incident."
        );

    /// <summary>
    /// A person of the register, by name or reference. Anybody else is on the word of whoever enters it.
    /// </summary>
    private async Task<string> Who(string? told, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(told))
            return caller.Value.Name;
        var number = RecordKind.Parse(told) is { } parsed && parsed.Kind.Type == typeof(Person) ? parsed.Number : 0;
        var known = await db.Set<Person>()
            .Where(p => p.Name == told || p.Number == number)
            .Select(p => p.Name)
            .FirstOrDefaultAsync(ct);
        return known ?? $"{told.Cut(90)}, told by {caller.Value.Name}".Cut(200);
    }

    private static RunItem Find(List<RunItem> items, RunItemKind kind, string key) =>
        items.FirstOrDefault(i => i.Kind == kind && i.Key == key)
        ?? throw new InputInvalid(
            kind == RunItemKind.Step ? "step" : "option",
            $"There is no '{key}'. One of: {string.Join(", ", items.Where(i => i.Kind == kind).Select(i => i.Key))}."
        );

    private static DecisionOption? Answer(DecisionHint? decision, string? choice)
    {
        if (decision is null)
            return choice is null ? null : throw new InputInvalid("choice", "This step decides nothing.");
        return decision.Options.FirstOrDefault(o => o.Id == choice)
            ?? throw new InputInvalid(
                "choice",
                $"{decision.Ask} One of: {string.Join(", ", decision.Options.Select(o => o.Id))}."
            );
    }
}
