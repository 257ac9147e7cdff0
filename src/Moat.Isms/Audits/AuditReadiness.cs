using Moat.Isms.Kernel.Rules;

namespace Moat.Isms.Audits;

/// <summary>The rules about audits (clause 9.2).</summary>
public sealed class AuditReadiness : ReadinessRules<AuditFacts>
{
    /// <inheritdoc />
    public override IReadOnlyList<string> Acts =>
        ["audits.adopt", "audits.conclude", "findings.accept", "nonconformities.close"];

    /// <inheritdoc />
    protected override IReadOnlyList<Rule<AuditFacts>> Rules { get; } =
    [
        new(
            "audit-programme",
            "a person adopted an audit programme within the time asked whose audits cover every sub-clause and every applicable control",
            Programme
        ),
        new(
            "audit-held",
            "a signed-in person independent of what was looked at reported an internal audit within the time asked, at least a week after it was planned, and notes of its own words stand at what was examined",
            Held
        ),
        new(
            "audit-findings-acted",
            "an internal audit was reported, no finding waits longer than two weeks for an answer, every major and minor one is followed by a nonconformity that is on time, and one of those was closed at least 30 days after it was raised",
            Acted
        ),
    ];

    /// <inheritdoc />
    protected override Task<AuditFacts> Read(RuleSource source, CancellationToken ct) => AuditFacts.Read(source, ct);

    private static RuleResult Programme(AuditFacts f, Asked asked)
    {
        if (f.AdoptedAt is null)
            return RuleResult.No("No audit programme is adopted by a person");
        return f.Covered.Good < f.Covered.All
            ? RuleResult.No($"The programme covers {f.Covered.Good} of {f.Covered.All} requirements")
            : asked.Fresh(f.AdoptedAt, $"The programme covers all {f.Covered.All} requirements; it was adopted", "");
    }

    private static RuleResult Held(AuditFacts f, Asked asked) =>
        f.LastReport is null
            ? RuleResult.No(
                "No internal audit is reported by a person that took a week or longer and noted what was examined"
            )
            : asked.Fresh(f.LastReport, $"{f.LastRef} was reported by somebody independent of what they looked at", "");

    private static RuleResult Acted(AuditFacts f, Asked asked)
    {
        if (f.LastReport is null)
            return RuleResult.No("No internal audit is reported, so nothing was found");
        if (f.Unanswered > 0)
            return RuleResult.No($"{f.Unanswered} findings wait for an answer for more than two weeks");
        if (f.Followed.All == 0)
            return RuleResult.No(
                $"{f.LastRef} found nothing that does not conform, so nothing shows that findings are followed"
            );
        return f.Followed.Good < f.Followed.All
            ? RuleResult.No(
                $"{f.Followed.Good} of {f.Followed.All} major and minor findings have a nonconformity that is on time"
            )
            : asked.Fresh(
                f.LastClosed,
                $"All {f.Followed.All} major and minor findings have a nonconformity that is on time; one was closed",
                $"No nonconformity from a finding was closed {Asked.DaysApart} days or more after it was raised"
            );
    }
}
