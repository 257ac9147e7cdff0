using Moat.Knowledge;
using Moat.Knowledge.Checks;

namespace Moat.Tests;

/// <summary>A check passes only what its title says.</summary>
public sealed class CheckRuleTests
{
    [Theory]
    [InlineData("s3-lifecycle", """{"lifecycleRules":3,"expiringRules":0}""", CheckOutcome.Failing)]
    [InlineData("s3-lifecycle", """{"lifecycleRules":3,"expiringRules":1}""", CheckOutcome.Passing)]
    [InlineData("s3-lifecycle", """{"lifecycleRules":3}""", CheckOutcome.Unknown)]
    [InlineData("s3-backups-locked", """{"name":"acme-backup","objectLock":"COMPLIANCE"}""", CheckOutcome.Passing)]
    [InlineData("s3-backups-locked", """{"name":"acme-backup","objectLock":"GOVERNANCE"}""", CheckOutcome.Failing)]
    [InlineData("s3-backups-locked", """{"name":"acme-backup","objectLock":"enabled"}""", CheckOutcome.Failing)]
    [InlineData("s3-backups-locked", """{"name":"acme-weights","objectLock":"none"}""", CheckOutcome.NotApplicable)]
    [InlineData("github-secret-scanning", """{"archived":true,"secretScanning":{"open":1}}""", CheckOutcome.Failing)]
    [InlineData("github-secret-scanning", """{"archived":true,"secretScanning":{"open":0}}""", CheckOutcome.Passing)]
    [InlineData("s3-public-access-blocked", """{"publicAccessBlock":{"blockPublicAcls":true}}""", CheckOutcome.Failing)]
    [InlineData("directory-second-factor", """{"active":null,"mfa":true}""", CheckOutcome.Unknown)]
    [InlineData("directory-second-factor", """{"active":false,"mfa":null}""", CheckOutcome.NotApplicable)]
    [InlineData("github-actions-restricted", """{"archived":null,"actions":{"enabled":true}}""", CheckOutcome.Unknown)]
    [InlineData("github-actions-restricted", """{"archived":false,"actions":{"enabled":null}}""", CheckOutcome.Unknown)]
    [InlineData(
        "github-actions-restricted",
        """{"archived":null,"actions":{"enabled":false}}""",
        CheckOutcome.NotApplicable
    )]
    public void A_fact_gets_the_outcome_that_the_title_promises(string check, string fact, CheckOutcome outcome) =>
        Assert.Equal(outcome, KnowledgeBase.Shipped.CheckById[check].Rule.Evaluate(new FactContent(fact)).Outcome);
}
