using Microsoft.EntityFrameworkCore;
using Moat.Isms.Evidence;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Isms.Work;
using Moat.Knowledge;
using Moat.Knowledge.Playbooks;

namespace Moat.Isms.Incidents.Playbooks;

/// <summary>What is done in a run: steps, ways to contain, and what is kept before it is lost.</summary>
[Process(RunProcess.Name, RunProcess.Summary)]
public sealed class RunSteps(MoatDb db, CurrentCaller caller, KnowledgeBase knowledge, IncidentDesk desk, WorkList work)
{
    /// <summary>A step was done; its decision may make others unnecessary.</summary>
    [Operation("do", Permission.HandleIncidents, "Say that a step was done, with what was captured and decided")]
    public async Task<Done> Do(DoStep input, CancellationToken ct)
    {
        var (run, items) = await db.Running(new ChangeRecord { Ref = input.Ref }, ct);
        var item = Find(items, RunItemKind.Step, input.Step);
        var step = knowledge
            .PlaybookById.GetValueOrDefault(run.PlaybookId)
            ?.Steps.FirstOrDefault(s => s.Id == input.Step);
        var answer = Answer(step?.Decide, input.Choice);
        if (string.IsNullOrWhiteSpace(input.Text) && input.File is null && answer is null)
            throw new InputInvalid("text", $"Write down or attach: {step?.Capture ?? "what was seen and done"}");
        var (at, who) = (When(run, input.At), await Who(input.By, ct));
        var incident = await db.IncidentOf(run, ct);
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
            await work.Settle(run, RunProcess.LateSteps, "No step is late any more.", ct);
        return new Done(run);
    }

    /// <summary>A step is not needed.</summary>
    [Operation("skip", Permission.HandleIncidents, "Say that a step is not needed, and why")]
    public async Task<Done> Skip(SkipStep input, CancellationToken ct)
    {
        var (run, items) = await db.Running(new ChangeRecord { Ref = input.Ref }, ct);
        var item = Find(items, RunItemKind.Step, input.Step);
        if (item.State != RunItemState.Open)
            throw new RuleBroken(
                "playbook-runs.skip.open",
                $"\"{item.Title}\" is {item.State.Words().ToLowerInvariant()}."
            );
        item.Skip(input.Reason, caller.Value.Name, db.Now);
        if (!items.Any(i => i.IsLate(db.Now)))
            await work.Settle(run, RunProcess.LateSteps, "No step is late any more.", ct);
        return new Done(run);
    }

    /// <summary>A way to stop the harm is taken, at its price, or taken back.</summary>
    [Operation("contain", Permission.HandleIncidents, "Take a way to contain, at its price, or take it back")]
    public async Task<Done> Contain(ChooseContainment input, CancellationToken ct)
    {
        var (run, items) = await db.Running(new ChangeRecord { Ref = input.Ref }, ct);
        var item = Find(items, RunItemKind.Containment, input.Option);
        var option = knowledge
            .PlaybookById.GetValueOrDefault(run.PlaybookId)
            ?.Containment.FirstOrDefault(o => o.Id == input.Option);
        var (at, who) = (When(run, input.At), await Who(input.By, ct));
        if (input.Undo)
            item.Undo(input.Reason, who, at);
        else
            item.Do(input.Reason, null, null, who, at);
        if (await db.IncidentOf(run, ct) is { } incident)
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
        var (run, items) = await db.Running(new ChangeRecord { Ref = input.Ref }, ct);
        var item =
            items.FirstOrDefault(i => i.Kind == RunItemKind.Preserve && i.Position == input.Item)
            ?? throw new InputInvalid("item", $"{run.Ref} asks to preserve no number {input.Item}.");
        var (at, who) = (When(run, input.At), await Who(input.By, ct));
        var incident = await db.IncidentOf(run, ct);
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
