using System.Text.RegularExpressions;

namespace Moat.Knowledge.Playbooks;

/// <summary>
/// What must hold of playbooks and duties, so that a run never asks for a step, role or clock that is not there.
/// </summary>
internal static partial class PlaybookCheck
{
    private const int LongestId = 40;
    private static readonly string[] Phases = ["triage", "contain", "eradicate", "recover", "review"];
    private static readonly string[] BodySections =
    [
        "## What is going on",
        "## What not to do in the first hour",
        "## How it usually ends",
    ];
    private static readonly HashSet<string> Placeholders =
    [
        "incident",
        "what",
        "since",
        "aware",
        "affected",
        "measures",
        "contact",
        "company",
    ];

    /// <summary>Throws <see cref="ContentError"/> on the first mistake.</summary>
    public static void Of(KnowledgeBase knowledge)
    {
        foreach (var playbook in knowledge.Playbooks)
            Playbook(knowledge, playbook);
        foreach (var duty in knowledge.Duties)
            Duty(duty);
    }

    private static void Playbook(KnowledgeBase knowledge, PlaybookEntry playbook)
    {
        var file = $"playbooks/{playbook.Id}.md";
        ContentCheck.Known(file, playbook.Threats, knowledge.ThreatById.ContainsKey, "threat");
        ContentCheck.Known(file, playbook.Controls, knowledge.ControlById.ContainsKey, "control");
        ContentCheck.Known(file, playbook.Duties, knowledge.DutyById.ContainsKey, "duty");
        ContentCheck.Known(file, playbook.Steps.Select(s => s.Role), knowledge.RoleById.ContainsKey, "role");
        ContentCheck.Sections(file, playbook.Body, BodySections);
        if (playbook.Id.Length > LongestId)
            throw new ContentError(file, 1, $"The id is longer than {LongestId} characters.");
        AtLeast(file, 3, playbook.Signs, "sign");
        AtLeast(file, 1, playbook.Threats, "threat");
        AtLeast(file, 1, playbook.Controls, "control");
        AtLeast(file, 3, playbook.Preserve, "thing to preserve");
        AtLeast(file, 2, playbook.Containment, "way to contain it");
        AtLeast(file, 8, playbook.Steps, "step");
        AtLeast(file, 1, [.. playbook.Steps.Where(s => s.Decide is not null)], "decision");
        Unique(file, playbook.Containment.Select(c => c.Id), "ways to contain it");
        Filled(
            file,
            playbook
                .Preserve.SelectMany(p => (string[])[p.What, p.How])
                .Concat(playbook.Containment.SelectMany(c => (string[])[c.Do, c.Cost, c.Undo]))
        );
        Steps(file, playbook.Steps);
        AtLeast(file, 3, playbook.Exercise.Injects, "inject");
        AtLeast(file, 3, playbook.Exercise.Questions, "question");
        Rising(file, [.. playbook.Exercise.Injects.Select(i => i.After)], "The injects");
    }

    private static void Steps(string file, List<PlaybookStep> steps)
    {
        Unique(file, steps.Select(s => s.Id), "steps");
        ContentCheck.Known(file, steps.Select(s => s.Phase), Phases.Contains, "phase");
        ContentCheck.Known(file, Phases, p => steps.Any(s => s.Phase == p), "step in the phase");
        Rising(file, [.. steps.Select(s => Array.IndexOf(Phases, s.Phase))], "The phases");
        Rising(file, [.. steps.Select(s => s.Within)], "The times of the steps");
        Filled(file, steps.SelectMany(s => (string[])[s.Title, s.Do, s.Capture]));
        foreach (var (at, step) in steps.Index().Where(s => s.Item.Decide is not null))
        {
            var options = step.Decide!.Options;
            AtLeast(file, 2, options, $"answer in step '{step.Id}'");
            Unique(file, options.Select(o => o.Id), $"answers in step '{step.Id}'");
            ContentCheck.Known(
                file,
                options.SelectMany(o => o.Skips),
                id => steps.Skip(at + 1).Any(s => s.Id == id),
                $"step after '{step.Id}' with the id"
            );
        }
    }

    private static void Duty(DutyEntry duty)
    {
        var file = $"duties/{duty.Id}.md";
        ContentCheck.Known(file, duty.When.Concat(duty.Unless), IncidentFacts.All.ContainsKey, "fact of an incident");
        AtLeast(file, 1, duty.When, "fact");
        AtLeast(file, 1, duty.Stages, "stage");
        Unique(file, duty.Stages.Select(s => s.Id), "stages");
        foreach (var (at, stage) in duty.Stages.Index())
        {
            ContentCheck.Known(
                file,
                [stage.From],
                from => CanCountFrom(duty, at, from),
                $"moment or earlier stage for '{stage.Id}' to count from:"
            );
            ContentCheck.Known(
                file,
                Placeholder().Matches(stage.Draft).Select(m => m.Groups[1].Value),
                Placeholders.Contains,
                "placeholder"
            );
            if (!stage.HasOneClock)
                throw new ContentError(
                    file,
                    1,
                    $"The stage '{stage.Id}' has no time. Give one of hours, days and months."
                );
        }
    }

    private static bool CanCountFrom(DutyEntry duty, int at, string from) =>
        from is DutyStage.FromAware
        || (from is DutyStage.FromContained && at > 0)
        || duty.Stages.Take(at).Any(s => s.Id == from);

    private static void AtLeast<T>(string file, int count, List<T> things, string what)
    {
        if (things.Count < count)
            throw new ContentError(file, 1, $"It needs at least {count} of: {what}; there are {things.Count}.");
    }

    private static void Unique(string file, IEnumerable<string> ids, string what)
    {
        if (ids.GroupBy(i => i).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new ContentError(file, 1, $"Two {what} have the id '{twice.Key}'.");
    }

    private static void Rising(string file, List<int> numbers, string what)
    {
        var at = numbers.Zip(numbers.Skip(1)).ToList().FindIndex(pair => pair.Second < pair.First);
        if (at >= 0)
            throw new ContentError(file, 1, $"{what} go back at number {at + 2}.");
    }

    private static void Filled(string file, IEnumerable<string> texts)
    {
        if (texts.Any(string.IsNullOrWhiteSpace))
            throw new ContentError(file, 1, "A text is empty.");
    }

    [GeneratedRegex(@"\{\{\s*([^}\s]+)\s*\}\}")]
    private static partial Regex Placeholder();
}
