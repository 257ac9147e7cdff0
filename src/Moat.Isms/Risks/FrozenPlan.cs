using System.Text.Json;
using Moat.Isms.Kernel;

namespace Moat.Isms.Risks;

/// <summary>
/// A frozen version of the risk treatment plan (clause 6.1.3 e, f): its number is its version and its rows never
/// change.
/// </summary>
[RecordKind("PLAN", "plan", Page = "risks/plan")]
public sealed class FrozenPlan : Referenced
{
    /// <summary>The rows as JSON.</summary>
    public required string Rows { get; init; }

    /// <summary>SHA-256 of the rows, hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>How many risks it treats.</summary>
    public required int Risks { get; init; }

    /// <summary>The appetite that was in force.</summary>
    public required int Appetite { get; init; }

    /// <summary>Who froze it.</summary>
    public required string FrozenBy { get; init; }

    /// <summary>What changed since the last version and why.</summary>
    public required string ChangeNote { get; init; }

    /// <summary>When a later version took its place.</summary>
    public DateTime? SupersededAt { get; private set; }

    /// <inheritdoc />
    public override string Caption => $"Risk treatment plan version {Number}";

    /// <summary>A later version took its place.</summary>
    public void Supersede(DateTime at) => SupersededAt ??= at;
}

/// <summary>What a risk owner says about their part of a frozen plan (clause 6.1.3 f).</summary>
[RecordKind("PAPR", "plan", Page = "risks/plan")]
public sealed class PlanApproval : Referenced
{
    /// <summary>The plan.</summary>
    public required Guid PlanId { get; init; }

    /// <summary>Whose part it is.</summary>
    public required Guid OwnerId { get; init; }

    /// <summary>Their name when it was frozen.</summary>
    public required string Owner { get; init; }

    /// <summary>How many of their risks it treats.</summary>
    public required int Risks { get; init; }

    /// <summary>Who approved it: they, or who stood in for them.</summary>
    public string? ApprovedBy { get; private set; }

    /// <summary>When.</summary>
    public DateTime? ApprovedAt { get; private set; }

    /// <inheritdoc />
    public override string Caption => $"Part of {Owner}";

    /// <summary>The owner approves it.</summary>
    public void Approve(string by, DateTime at) => (ApprovedBy, ApprovedAt) = (by, at);
}

/// <summary>An action of a frozen plan.</summary>
public sealed record PlanAct(string Ref, string Title, string? Owner, DateOnly DueOn, string State);

/// <summary>A risk of a treatment plan: what is done about it, by whom and until when, and what remains.</summary>
public sealed record PlanRow(
    string Risk,
    string Title,
    string? Owner,
    int Current,
    int Residual,
    TreatmentOption Treatment,
    string? Plan,
    IReadOnlyList<string> Controls,
    IReadOnlyList<PlanAct> Actions
)
{
    /// <summary>Rows as they are frozen.</summary>
    public static string Write(IReadOnlyList<PlanRow> rows) => JsonSerializer.Serialize(rows, InputBinder.Json);

    /// <summary>Frozen rows.</summary>
    public static IReadOnlyList<PlanRow> Read(string rows) =>
        JsonSerializer.Deserialize<List<PlanRow>>(rows, InputBinder.Json)!;
}
