using System.ComponentModel.DataAnnotations;
using Moat.Isms.Kernel;

namespace Moat.Isms.Risks;

/// <summary>Freezes the treatment plan.</summary>
public sealed record FreezePlan
{
    /// <summary>What changed since the last version and why.</summary>
    [MinLength(5), MaxLength(4000)]
    public required string ChangeNote { get; init; }
}

/// <summary>What one owner said about their part.</summary>
public sealed record PlanPart(string Owner, int Risks, string? ApprovedBy, DateTime? ApprovedAt, bool Mine);

/// <summary>A frozen version with who approved it and who is missing.</summary>
public sealed record PlanView(
    string Ref,
    int Version,
    int Number,
    DateTime FrozenAt,
    string FrozenBy,
    string ChangeNote,
    int Appetite,
    string Sha256,
    DateTime? SupersededAt,
    IReadOnlyList<PlanPart> Parts,
    IReadOnlyList<PlanRow> Rows
);

/// <summary>The plan as it stands today, what keeps it from being frozen, and the latest version.</summary>
public sealed record PlanDraft(
    IReadOnlyList<PlanRow> Rows,
    IReadOnlyList<FieldError> Missing,
    PlanView? Latest,
    bool Changed
);
