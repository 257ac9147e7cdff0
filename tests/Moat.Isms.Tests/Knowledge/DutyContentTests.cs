using System.Globalization;
using Moat.Knowledge;
using Moat.Knowledge.Playbooks;

namespace Moat.Tests;

/// <summary>Duties to notify: which company owes which, by when, and how old our reading of the law is.</summary>
public sealed class DutyContentTests
{
    private const string Provider = "eu ai-act-provider ai-act-high-risk";

    /// <summary>Each duty with the smallest sets of flags that make it apply; every flag of a set is needed.</summary>
    private static readonly Dictionary<string, string[]> Owed = new()
    {
        ["cra-art-14-incident"] = ["eu products-with-digital-elements"],
        ["cra-art-14-vulnerability"] = ["eu products-with-digital-elements"],
        ["customer-contracts"] = [""],
        ["dora-customers"] = ["eu finance"],
        ["eu-ai-act-art-26"] = ["eu ai-act-deployer", "eu ai-act-unclear"],
        ["eu-ai-act-art-55"] = ["eu gpai-systemic"],
        ["eu-ai-act-art-55-breach"] = ["eu gpai-systemic"],
        ["eu-ai-act-art-55-critical"] = ["eu gpai-systemic"],
        ["eu-ai-act-art-55-death"] = ["eu gpai-systemic"],
        ["eu-ai-act-art-73"] = ["eu ai-act-high-risk", "eu ai-act-unclear"],
        ["eu-ai-act-art-73-death"] = ["eu ai-act-high-risk", "eu ai-act-unclear"],
        ["eu-ai-act-art-73-widespread"] = ["eu ai-act-high-risk", "eu ai-act-unclear"],
        ["gdpr-art-33"] = ["eu"],
        ["gdpr-art-34"] = ["eu", "uk", "switzerland"],
        ["gdpr-processor"] = ["eu", "uk", "switzerland"],
        ["hipaa-business-associate"] = ["health-data-us"],
        ["hipaa-covered-entity"] = ["health-data-us"],
        ["nis2-art-23"] = ["eu"],
        ["swiss-fadp-art-24"] = ["switzerland"],
        ["uk-gdpr-art-33"] = ["uk"],
        ["us-california-sb-53"] = ["us-california gpai", "us-california gpai-systemic"],
        ["us-california-sb-53-imminent"] = ["us-california gpai", "us-california gpai-systemic"],
        ["us-new-york-raise"] = ["us-new-york gpai", "us-new-york gpai-systemic"],
        ["us-state-breach"] = ["us", "us-california", "us-new-york"],
    };

    [Fact]
    public void Each_duty_applies_for_the_flags_that_it_names_and_not_otherwise()
    {
        Assert.Equal(Owed.Keys.Order(StringComparer.Ordinal), KnowledgeBase.Shipped.Duties.Select(d => d.Id));
        foreach (var duty in KnowledgeBase.Shipped.Duties)
        {
            var sets = Owed[duty.Id].Select(Words).ToList();
            Assert.All(
                sets,
                set => Assert.True(duty.Applies.Holds(set), $"{duty.Id} applies to {string.Join(' ', set)}")
            );
            Assert.All(
                sets.SelectMany(set => set.Select(flag => set.Except([flag]).ToHashSet())),
                less =>
                    Assert.False(duty.Applies.Holds(less), $"{duty.Id} does not apply to '{string.Join(' ', less)}'")
            );
            // Whoever has everything else of the vocabulary does not owe it.
            var others = Flags.All.Except(sets.SelectMany(s => s)).ToHashSet();
            Assert.Equal(duty.Applies.IsAlways, duty.Applies.Holds(others));
        }
    }

    [Theory]
    [InlineData(Provider, "personal-data", "gdpr-art-33")]
    [InlineData(Provider, "personal-data risk-unlikely", "")]
    [InlineData(Provider, "personal-data high-risk-to-people", "gdpr-art-33 gdpr-art-34")]
    [InlineData(Provider, "personal-data processor", "gdpr-art-33 gdpr-processor")]
    [InlineData(
        Provider,
        "personal-data processor processor-only high-risk-to-people customers",
        "customer-contracts gdpr-processor"
    )]
    [InlineData(Provider, "significant", "")]
    [InlineData(Provider, "significant nis2-entity", "nis2-art-23")]
    [InlineData(Provider, "serious-ai-incident", "")]
    [InlineData(Provider, "serious-ai-incident high-risk-ai-system", "eu-ai-act-art-73")]
    [InlineData(Provider, "serious-ai-incident high-risk-ai-system death", "eu-ai-act-art-73-death")]
    [InlineData(Provider, "serious-ai-incident high-risk-ai-system death widespread", "eu-ai-act-art-73-widespread")]
    [InlineData("uk", "personal-data", "uk-gdpr-art-33")]
    [InlineData("uk", "personal-data high-risk-to-people processor", "gdpr-art-34 gdpr-processor uk-gdpr-art-33")]
    [InlineData("uk", "personal-data risk-unlikely", "")]
    [InlineData("eu uk", "personal-data", "gdpr-art-33 uk-gdpr-art-33")]
    [InlineData("switzerland", "personal-data", "")]
    [InlineData("switzerland", "personal-data high-risk-to-people", "gdpr-art-34 swiss-fadp-art-24")]
    [InlineData("us", "personal-data", "")]
    [InlineData("us", "personal-data us-residents", "us-state-breach")]
    [InlineData(
        "us health-data-us",
        "personal-data us-residents health-information processor",
        "hipaa-business-associate hipaa-covered-entity us-state-breach"
    )]
    [InlineData(
        "us health-data-us",
        "personal-data us-residents health-information processor processor-only",
        "hipaa-business-associate"
    )]
    [InlineData("eu finance", "customers financial-customers", "customer-contracts dora-customers")]
    [InlineData(
        "eu products-with-digital-elements",
        "exploited-vulnerability product-incident",
        "cra-art-14-incident cra-art-14-vulnerability"
    )]
    [InlineData("eu", "exploited-vulnerability product-incident", "")]
    [InlineData("eu gpai gpai-systemic", "systemic-model serious-ai-incident", "eu-ai-act-art-55")]
    [InlineData("eu gpai gpai-systemic", "systemic-model serious-ai-incident death", "eu-ai-act-art-55-death")]
    [InlineData(
        "eu gpai gpai-systemic",
        "systemic-model serious-ai-incident death widespread",
        "eu-ai-act-art-55-critical"
    )]
    [InlineData("eu gpai gpai-systemic", "systemic-model model-breach", "eu-ai-act-art-55-breach")]
    [InlineData("us us-california gpai", "systemic-model critical-safety-incident", "us-california-sb-53")]
    [InlineData(
        "us us-california us-new-york gpai",
        "systemic-model critical-safety-incident imminent-danger",
        "us-california-sb-53 us-california-sb-53-imminent us-new-york-raise"
    )]
    public void The_company_and_the_facts_of_an_incident_tell_which_duties_arise(
        string company,
        string facts,
        string duties
    )
    {
        var flags = Words(company);
        var arising = KnowledgeBase
            .Shipped.Duties.Where(d => d.Applies.Holds(flags) && d.Arises(facts.Split(' ')))
            .Select(d => d.Id);
        Assert.Equal(duties, string.Join(' ', arising));
    }

    [Theory]
    [InlineData("eu health regulated-sector", "")]
    [InlineData("eu ai-act-provider", "")]
    [InlineData("eu ai-act-provider ai-act-high-risk", "eu-ai-act-art-73")]
    [InlineData("eu ai-act-deployer", "eu-ai-act-art-26")]
    [InlineData("eu ai-act-provider ai-act-high-risk ai-act-deployer", "eu-ai-act-art-26 eu-ai-act-art-73")]
    [InlineData("eu ai-act-unclear", "eu-ai-act-art-26 eu-ai-act-art-73")]
    [InlineData("eu gpai", "")]
    [InlineData("eu gpai gpai-systemic", "eu-ai-act-art-55")]
    [InlineData("us ai-act-provider ai-act-high-risk", "")]
    public void Duties_of_the_AI_Act_follow_role_and_risk_class_and_not_the_customers_sector(
        string company,
        string duties
    )
    {
        string[] facts =
        [
            IncidentFacts.SeriousAiIncident,
            IncidentFacts.HighRiskAiSystem,
            IncidentFacts.DeployedHighRiskSystem,
            IncidentFacts.SystemicModel,
        ];
        var flags = Words(company);
        Assert.Equal(
            duties,
            string.Join(
                ' ',
                KnowledgeBase.Shipped.Duties.Where(d => d.Applies.Holds(flags) && d.Arises(facts)).Select(d => d.Id)
            )
        );
    }

    [Fact]
    public void A_company_of_the_United_Kingdom_alone_has_72_hours_and_tells_the_ICO()
    {
        var stage = Assert.Single(KnowledgeBase.Shipped.DutyById["uk-gdpr-art-33"].Stages);
        Assert.Equal("72 hours", stage.Clock);
        Assert.Contains("(ICO)", stage.To, StringComparison.Ordinal);
    }

    [Fact]
    public void The_clocks_are_the_ones_of_the_laws_text()
    {
        var clocks = KnowledgeBase.Shipped.Duties.SelectMany(d =>
            d.Stages.Select(s => $"{d.Id} {s.Id}: {s.Clock} from {s.From}")
        );
        Assert.Equal(
            [
                "cra-art-14-incident early-warning: 24 hours from aware",
                "cra-art-14-incident notification: 72 hours from aware",
                "cra-art-14-incident final-report: 1 month from notification",
                "cra-art-14-vulnerability early-warning: 24 hours from aware",
                "cra-art-14-vulnerability notification: 72 hours from aware",
                "cra-art-14-vulnerability final-report: 14 days from contained",
                "customer-contracts first-notice: 24 hours from aware",
                "customer-contracts update: 48 hours from aware",
                "dora-customers first-notice: 4 hours from aware",
                "dora-customers intermediate: 48 hours from aware",
                "dora-customers causes: 21 days from aware",
                "eu-ai-act-art-26 provider: 24 hours from aware",
                "eu-ai-act-art-26 authority: 48 hours from aware",
                "eu-ai-act-art-55 initial: 15 days from aware",
                "eu-ai-act-art-55 progress: 28 days from initial",
                "eu-ai-act-art-55 final-report: 60 days from contained",
                "eu-ai-act-art-55-breach initial: 5 days from aware",
                "eu-ai-act-art-55-breach progress: 28 days from initial",
                "eu-ai-act-art-55-breach final-report: 60 days from contained",
                "eu-ai-act-art-55-critical initial: 2 days from aware",
                "eu-ai-act-art-55-critical progress: 28 days from initial",
                "eu-ai-act-art-55-critical final-report: 60 days from contained",
                "eu-ai-act-art-55-death initial: 10 days from aware",
                "eu-ai-act-art-55-death progress: 28 days from initial",
                "eu-ai-act-art-55-death final-report: 60 days from contained",
                "eu-ai-act-art-73 report: 15 days from aware",
                "eu-ai-act-art-73-death report: 10 days from aware",
                "eu-ai-act-art-73-widespread report: 2 days from aware",
                "gdpr-art-33 notification: 72 hours from aware",
                "gdpr-art-34 communication: 72 hours from aware",
                "gdpr-processor notice: 24 hours from aware",
                "hipaa-business-associate notice: 72 hours from aware",
                "hipaa-business-associate individuals-list: 60 days from aware",
                "hipaa-covered-entity individuals: 60 days from aware",
                "hipaa-covered-entity secretary: 60 days from aware",
                "nis2-art-23 early-warning: 24 hours from aware",
                "nis2-art-23 notification: 72 hours from aware",
                "nis2-art-23 final-report: 1 month from notification",
                "swiss-fadp-art-24 notification: 72 hours from aware",
                "uk-gdpr-art-33 notification: 72 hours from aware",
                "us-california-sb-53 report: 15 days from aware",
                "us-california-sb-53-imminent disclosure: 24 hours from aware",
                "us-new-york-raise report: 72 hours from aware",
                "us-state-breach individuals: 30 days from aware",
                "us-state-breach attorneys-general: 30 days from aware",
            ],
            clocks
        );
    }

    [Theory]
    [InlineData("2026-02-05T10:00", "2026-03-05T10:00")]
    [InlineData("2026-01-31T23:59", "2026-02-28T23:59")]
    [InlineData("2028-01-31T08:00", "2028-02-29T08:00")]
    [InlineData("2026-03-31T08:00", "2026-04-30T08:00")]
    [InlineData("2026-02-28T08:00", "2026-03-28T08:00")]
    [InlineData("2026-12-31T08:00", "2027-01-31T08:00")]
    public void A_month_is_a_calendar_month_and_ends_no_later_than_the_next_one_does(string start, string due)
    {
        var month = KnowledgeBase.Shipped.DutyById["nis2-art-23"].Stages.Single(s => s.Months == 1);
        Assert.Equal(Moment(due), month.DueAfter(Moment(start)));
    }

    [Fact]
    public void Hours_and_days_are_counted_from_the_minute()
    {
        var stages = KnowledgeBase.Shipped.DutyById;
        Assert.Equal(Moment("2026-03-08T10:30"), stages["gdpr-art-33"].Stages[0].DueAfter(Moment("2026-03-05T10:30")));
        Assert.Equal(
            Moment("2026-03-15T10:30"),
            stages["eu-ai-act-art-73"].Stages[0].DueAfter(Moment("2026-02-28T10:30"))
        );
        Assert.Equal(
            Moment("2026-03-02T10:30"),
            stages["eu-ai-act-art-73-widespread"].Stages[0].DueAfter(Moment("2026-02-28T10:30"))
        );
    }

    [Fact]
    public void Every_reading_of_a_law_has_a_day_that_is_not_in_the_future()
    {
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        var first = new DateOnly(2026, 1, 1);
        Assert.All(KnowledgeBase.Shipped.Duties, d => Assert.InRange(d.AsOf, first, today));
        Assert.All(
            KnowledgeBase.Shipped.Mappings.Where(m => m.IsLaw),
            m => Assert.InRange(m.AsOf ?? default, first, today)
        );
        Assert.Contains(KnowledgeBase.Shipped.Mappings, m => m.IsLaw);
    }

    [Fact]
    public void Every_duty_says_what_is_often_got_wrong_or_what_to_check_and_drafts_each_notice()
    {
        Assert.All(
            KnowledgeBase.Shipped.Duties.SelectMany(d => d.Stages),
            s => Assert.Contains("{{contact}}", s.Draft, StringComparison.Ordinal)
        );
        Assert.All(KnowledgeBase.Shipped.Duties, d => Assert.True(d.Body.Length > 200, $"{d.Id} explains itself"));
        Assert.All(
            IncidentFacts.All.Keys,
            f => Assert.Contains(KnowledgeBase.Shipped.Duties, d => d.When.Contains(f) || d.Unless.Contains(f))
        );
    }

    private static DateTime Moment(string text) =>
        DateTime.Parse(text + "Z", CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);

    private static HashSet<string> Words(string text) => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
}
