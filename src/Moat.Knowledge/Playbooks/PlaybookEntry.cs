namespace Moat.Knowledge.Playbooks;

/// <summary>
/// How a kind of incident is answered: steps that run, what to preserve, what each way out costs (A.5.26, A.5.28). The
/// body is the background.
/// </summary>
public sealed class PlaybookEntry : Entry
{
    /// <summary>Which companies it concerns.</summary>
    public required Condition Applies { get; init; }

    /// <summary>What makes somebody start it.</summary>
    public required List<string> Signs { get; init; }

    /// <summary>Threats whose coming true it answers.</summary>
    public required List<string> Threats { get; init; }

    /// <summary>Controls that a run of it puts to the test.</summary>
    public required List<string> Controls { get; init; }

    /// <summary>Duties to look at when it runs.</summary>
    public required List<string> Duties { get; init; }

    /// <summary>What is lost unless it is kept in the first hour.</summary>
    public required List<PreserveHint> Preserve { get; init; }

    /// <summary>Ways to contain it, each with its price.</summary>
    public required List<ContainmentOption> Containment { get; init; }

    /// <summary>What is done, in order.</summary>
    public required List<PlaybookStep> Steps { get; init; }

    /// <summary>The story of a table-top exercise, and what is thrown in while it runs.</summary>
    public required ExerciseHint Exercise { get; init; }
}

/// <summary>Something that must be kept as evidence.</summary>
public sealed class PreserveHint
{
    /// <summary>What, such as the dataset's hash, prompt logs or the model's version.</summary>
    public required string What { get; init; }

    /// <summary>How it is taken so that it counts.</summary>
    public required string How { get; init; }
}

/// <summary>A way to stop the harm.</summary>
public sealed class ContainmentOption
{
    /// <summary>Its id within the playbook.</summary>
    public required string Id { get; init; }

    /// <summary>What is done.</summary>
    public required string Do { get; init; }

    /// <summary>What it costs the company and its customers.</summary>
    public required string Cost { get; init; }

    /// <summary>How it is taken back.</summary>
    public required string Undo { get; init; }
}

/// <summary>One step of a playbook.</summary>
public sealed class PlaybookStep
{
    /// <summary>Its id within the playbook.</summary>
    public required string Id { get; init; }

    /// <summary>triage, contain, eradicate, recover or review.</summary>
    public required string Phase { get; init; }

    /// <summary>What is done, in a few words.</summary>
    public required string Title { get; init; }

    /// <summary>The role that does it.</summary>
    public required string Role { get; init; }

    /// <summary>Minutes after the start of the run by which it should be done.</summary>
    public required int Within { get; init; }

    /// <summary>How.</summary>
    public required string Do { get; init; }

    /// <summary>What has to be at hand.</summary>
    public List<string> Inputs { get; init; } = [];

    /// <summary>What has to be written down or kept.</summary>
    public required string Capture { get; init; }

    /// <summary>The decision that is taken here, if one is.</summary>
    public DecisionHint? Decide { get; init; }
}

/// <summary>A decision within a step.</summary>
public sealed class DecisionHint
{
    /// <summary>The question.</summary>
    public required string Ask { get; init; }

    /// <summary>What may be decided.</summary>
    public required List<DecisionOption> Options { get; init; }
}

/// <summary>One answer to a decision.</summary>
public sealed class DecisionOption
{
    /// <summary>Its id within the decision.</summary>
    public required string Id { get; init; }

    /// <summary>The answer.</summary>
    public required string Answer { get; init; }

    /// <summary>What follows.</summary>
    public required string Then { get; init; }

    /// <summary>Steps that this answer makes unnecessary.</summary>
    public List<string> Skips { get; init; } = [];
}

/// <summary>A table-top exercise.</summary>
public sealed class ExerciseHint
{
    /// <summary>What the group is told at the beginning.</summary>
    public required string Scenario { get; init; }

    /// <summary>What is told later, and after how many minutes.</summary>
    public required List<ExerciseInject> Injects { get; init; }

    /// <summary>What to find out.</summary>
    public required List<string> Questions { get; init; }
}

/// <summary>News during an exercise.</summary>
public sealed class ExerciseInject
{
    /// <summary>Minutes after the start.</summary>
    public required int After { get; init; }

    /// <summary>What is told.</summary>
    public required string Say { get; init; }
}
