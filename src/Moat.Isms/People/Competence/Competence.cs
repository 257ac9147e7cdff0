using Moat.Isms.Kernel;

namespace Moat.Isms.People.Competence;

/// <summary>Something that the holder of a role must be able to do (clause 7.2 a).</summary>
[RecordKind("COMP", "competence", Shows = "7.2", Column = ThreadColumn.DocumentsAndPeople)]
public sealed class CompetenceNeed : Proposable
{
    /// <summary>The role's key.</summary>
    public required string RoleKey { get; init; }

    /// <summary>The role's title.</summary>
    public required string RoleTitle { get; init; }

    /// <summary>What the holder must be able to do, and how that is seen.</summary>
    public required string What { get; set; }

    /// <inheritdoc />
    public override string Caption => $"{RoleTitle}: {What}".Cut(200);
}

/// <summary>On what somebody's competence rests.</summary>
public enum CompetenceGround
{
    /// <summary>A degree or certificate.</summary>
    Education,

    /// <summary>A course or exercise.</summary>
    Training,

    /// <summary>Work that was done and judged.</summary>
    Experience,
}

/// <summary>
/// A judgement whether a person has a competence, on what it rests, and what is done about a gap (clause 7.2 b-d).
/// </summary>
[RecordKind("PROOF", "competence", Shows = "7.2/2", Column = ThreadColumn.DocumentsAndPeople)]
public sealed class CompetenceProof : Referenced
{
    /// <summary>The competence.</summary>
    public required Guid NeedId { get; init; }

    /// <summary>The person.</summary>
    public required Guid PersonId { get; init; }

    /// <summary>Education, training or experience.</summary>
    public required CompetenceGround Ground { get; init; }

    /// <summary>What it rests on, or what is missing.</summary>
    public required string What { get; init; }

    /// <summary>Whether the competence is there.</summary>
    public required bool Shown { get; init; }

    /// <summary>Who judged it.</summary>
    public required string JudgedBy { get; init; }

    /// <summary>When.</summary>
    public required DateOnly JudgedOn { get; init; }

    /// <summary>What is done about the gap.</summary>
    public string? Step { get; init; }

    /// <summary>By when.</summary>
    public DateOnly? StepBy { get; init; }

    /// <summary>When it was checked whether the step worked.</summary>
    public DateOnly? CheckedOn { get; private set; }

    /// <summary>How one knows.</summary>
    public string? CheckedHow { get; private set; }

    /// <summary>Whether it worked.</summary>
    public bool? Closed { get; private set; }

    /// <inheritdoc />
    public override string Caption => What.Cut(120);

    /// <summary>Whether the competence counts as there.</summary>
    public bool Holds => Shown || Closed == true;

    /// <summary>Says whether the step closed the gap, and how one knows.</summary>
    public void Check(bool closed, string how, DateOnly on)
    {
        if (Shown)
            throw new RuleBroken("competence.check.gap", $"{Ref} is no gap.");
        (Closed, CheckedHow, CheckedOn) = (closed, how, on);
    }
}
