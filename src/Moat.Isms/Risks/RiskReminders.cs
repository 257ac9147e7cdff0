using Moat.Isms.Work;

namespace Moat.Isms.Risks;

/// <summary>Tasks that a risk brings with it.</summary>
internal static class RiskReminders
{
    private const int DaysToAssess = 14;

    /// <summary>Makes sure that somebody is to assess an adopted risk.</summary>
    public static Task EnsureAssessment(this WorkList work, Risk risk, DateOnly today, CancellationToken ct) =>
        work.Ensure(
            risk,
            "assess",
            $"Assess {risk.Title}",
            "An adopted risk counts only once it is assessed (6.1.2 d).",
            risk.OwnerId,
            today.AddDays(DaysToAssess),
            ct
        );
}
