namespace Moat.Knowledge;

/// <summary>A process of the ISMS and what flows from it to others (clause 4.4).</summary>
public sealed class ProcessEntry : Entry
{
    /// <summary>The sub-clause it answers.</summary>
    public required string Clause { get; init; }

    /// <summary>What it is called on the process map, where a line is short.</summary>
    public required string Label { get; init; }

    /// <summary>
    /// The operations that run it: a process noun such as <c>risks</c>, or one operation such as <c>risks.accept</c>.
    /// </summary>
    public required List<string> Runs { get; init; }

    /// <summary>The role that owns it.</summary>
    public required string OwnerRole { get; init; }

    /// <summary>How often it runs, in words.</summary>
    public required string Cadence { get; init; }

    /// <summary>The page where it is run, below the organisation.</summary>
    public required string Page { get; init; }

    /// <summary>What it needs.</summary>
    public required List<string> Inputs { get; init; }

    /// <summary>What it makes.</summary>
    public required List<string> Outputs { get; init; }

    /// <summary>How one sees that it works.</summary>
    public required List<string> Measures { get; init; }

    /// <summary>What flows from here to other processes.</summary>
    public required List<Interaction> Interactions { get; init; }
}

/// <summary>Something that flows from one process to another.</summary>
public sealed class Interaction
{
    /// <summary>The process that receives it.</summary>
    public required string To { get; init; }

    /// <summary>What flows.</summary>
    public required string Flows { get; init; }

    /// <summary>What makes it flow, so that a quiet one says what is missing; follows "It flows when".</summary>
    public required string FlowsWhen { get; init; }

    /// <summary>
    /// What proves it: a link between records of the two processes, such as <c>RISK threatens AST</c>; a field that
    /// names the other, such as <c>TASK done RISK</c>; or an operation of the one on a record of the other, such as
    /// <c>journal:risks.treat</c>.
    /// </summary>
    public required List<string> ProvenBy { get; init; }
}
