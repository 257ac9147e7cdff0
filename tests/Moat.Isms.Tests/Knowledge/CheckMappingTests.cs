using Moat.Knowledge;

namespace Moat.Tests;

/// <summary>
/// Which check shows which control is a judgement that an auditor reads, so it changes only together with this list.
/// </summary>
public sealed class CheckMappingTests
{
    /// <summary>Every control that a check shows, with all its checks.</summary>
    private const string Shown = """
        A.5.3: github-code-owners-review github-review-required
        A.5.9: bom-models-have-cards hub-model-carded mlflow-described mlflow-owner-tagged
        A.5.14: hub-model-gated
        A.5.15: github-org-base-permission s3-no-public-grants s3-no-public-policy s3-object-no-public-grants
        A.5.16: directory-account-known directory-leavers-disabled
        A.5.17: github-secret-scanning
        A.5.18: directory-leavers-disabled github-no-outsiders
        A.5.21: bom-hashes-known github-actions-restricted hub-model-no-pickle provenance-builder-known provenance-signed
          provenance-verified
        A.5.32: hub-data-licensed hub-model-carded
        A.8.2: directory-admin-group-small github-few-admins github-org-few-owners github-token-read-only
        A.8.3: hub-data-private hub-model-gated hub-model-private s3-no-public-grants s3-no-public-policy s3-object-no-public-grants
          s3-public-access-blocked
        A.8.4: github-branch-protected github-code-owners-review github-few-admins github-no-force-push github-no-outsiders
          github-org-base-permission github-org-no-public-repos github-repo-private github-review-required github-signed-commits
          github-token-read-only
        A.8.5: directory-second-factor github-members-second-factor github-org-two-factor
        A.8.7: hub-model-no-pickle
        A.8.8: bom-no-severe-holes bom-versions-known github-dependencies-fixed
        A.8.9: bom-versions-known mlflow-release-by-alias mlflow-served-has-run mlflow-served-ready
        A.8.10: s3-lifecycle
        A.8.12: github-org-no-public-repos github-repo-private github-secret-scanning hub-data-private hub-model-private
          s3-public-access-blocked
        A.8.13: s3-backups-locked s3-versioned
        A.8.15: s3-access-logged
        A.8.16: alert-resolved prometheus-alerts-delivered prometheus-has-alerts prometheus-rules-work prometheus-targets-up target-up
        A.8.19: github-actions-restricted
        A.8.20: target-encrypted
        A.8.24: provenance-signed provenance-verified s3-encrypted s3-object-encrypted target-encrypted
        A.8.28: github-code-scanning-clean github-review-required scan-few-suppressed scan-no-errors
        A.8.29: data-validation-no-exceptions data-validation-passes data-validation-thorough github-code-scanning-clean
          github-status-checks scan-no-errors scan-worked tests-not-skipped tests-pass
        A.8.32: github-branch-protected github-no-force-push github-review-required github-status-checks mlflow-release-by-alias
          mlflow-served-has-run
        """;

    [Fact]
    public void Each_control_is_shown_by_the_checks_that_are_about_it()
    {
        var checks = KnowledgeBase.Shipped.Checks;
        var shown = checks
            .SelectMany(c => c.Controls.Select(control => (control, c.Id)))
            .GroupBy(p => p.control, p => p.Id)
            .OrderBy(g => KnowledgeBase.Shipped.ControlById[g.Key].Order)
            .Select(g => $"{g.Key}: {string.Join(' ', g.Order(StringComparer.Ordinal))}");
        Assert.Equal(Shown.ReplaceLineEndings("\n").Replace("\n  ", " ", StringComparison.Ordinal).Split('\n'), shown);
    }

    [Theory]
    [InlineData("A.8.28", "data-validation-", "checked data is not secure code")]
    [InlineData("A.8.28", "bom-", "a list of parts is not secure code")]
    [InlineData("A.8.28", "provenance-", "an origin is not secure code")]
    [InlineData("A.8.10", "s3-versioned", "keeping versions keeps what was to be deleted")]
    [InlineData("A.8.4", "s3-", "a bucket is no source code")]
    [InlineData("A.8.4", "hub-", "weights on a hub are no source code")]
    [InlineData("A.8.15", "github-", "a branch is no log")]
    [InlineData("A.8.14", "prometheus-", "a target that answers is not redundant")]
    [InlineData("A.8.6", "prometheus-", "a target that answers says nothing on capacity")]
    [InlineData("A.5.20", "github-", "a list of collaborators is no agreement")]
    [InlineData("A.5.34", "hub-", "a private dataset is not yet a lawful one")]
    public void A_check_does_not_show_what_it_does_not_look_at(string control, string checks, string because) =>
        Assert.True(
            !KnowledgeBase.Shipped.Checks.Any(c =>
                c.Id.StartsWith(checks, StringComparison.Ordinal) && c.Controls.Contains(control)
            ),
            because
        );
}
