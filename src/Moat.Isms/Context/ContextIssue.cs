using Moat.Isms.Kernel;

namespace Moat.Isms.Context;

/// <summary>Inside or outside the company.</summary>
public enum IssueSide
{
    /// <summary>Within the company.</summary>
    Internal,

    /// <summary>From outside.</summary>
    External,
}

/// <summary>A circumstance that bears on what the ISMS can achieve (clause 4.1; climate by amendment 1:2024).</summary>
[RecordKind("ISS", "issues", Page = "context#{ref}", Shows = "4.1", Column = ThreadColumn.RisksAndControls)]
public sealed class ContextIssue : Proposable
{
    /// <summary>The issue in a few words.</summary>
    public required string Title { get; set; }

    /// <summary>Internal or external.</summary>
    public required IssueSide Side { get; set; }

    /// <summary>What it does to the security of the company.</summary>
    public required string Effect { get; set; }

    /// <summary>Whether this entry is the decision on climate change.</summary>
    public bool IsClimate { get; set; }

    /// <summary>For the climate entry: whether it is relevant; null while undecided.</summary>
    public bool? Relevant { get; set; }

    /// <summary>
    /// The effect as documents print it. For the climate entry it begins with the decision, which is a question while
    /// nobody took it.
    /// </summary>
    public string Told =>
        !IsClimate
            ? Effect
            : Relevant switch
            {
                true => $"Relevant. {Effect}",
                false => $"Not relevant. {Effect}",
                null => $"{OpenText.Ask("Is climate change relevant to us, and why?")} {Effect}",
            };

    /// <inheritdoc />
    public override string Caption => Title;
}
