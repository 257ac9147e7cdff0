using Moat.Isms.Incidents.Intake;
using Moat.Isms.Kernel;
using static Moat.Tests.BrokenRule;
using static Moat.Tests.IncidentTests;

namespace Moat.Tests;

/// <summary>What is not done with an incident, its duties, playbooks and reports in their state.</summary>
public sealed class IncidentStateRuleTests
{
    private const string Playbook = "leaked-credential";

    private static readonly object Applies = new
    {
        @ref = "DUTY-1",
        reason = "The records were synthetic; the data lead checked all of them",
    };

    [Fact]
    public async Task An_open_incident_is_not_reopened_and_a_closed_one_takes_nothing_and_closes_once()
    {
        await using var company = await RuleTests.Drafted("sqlite");
        await Open(company, await IntakeTests.Asset(company, "Wiki"));
        var reopen = new { @ref = "INC-1", reason = "It was seen again" };
        await Broken("incidents.reopen.later", () => company.Do("incidents.reopen", reopen));
        await company.Do("incidents.assess", new { @ref = "INC-1", confidentiality = true });
        await Recover(company);
        await company.Do("incidents.assess", new { @ref = "INC-1", ruledOut = (await Get(company)).Steps.Undecided });
        var close = new { @ref = "INC-1", noReviewBecause = "A planned test of the alarm" };
        await company.Do("incidents.close", close);

        await Broken("incidents.close.once", () => company.Do("incidents.close", close));
        await Broken("playbook-runs.start.open", () => Start(company));
        await company.Do("incidents.report", new { text = "The token works in another region" });
        var belongs = new
        {
            @ref = "EVT-1",
            incident = true,
            reason = "The same token",
            belongsTo = "INC-1",
        };
        await Broken("incidents.triage.open", () => company.Do("reported-events.triage", belongs));
        await company.Do("incidents.reopen", reopen);
        await company.Do("reported-events.triage", belongs);
        await Start(company);
    }

    [Fact]
    public async Task A_step_is_skipped_once()
    {
        await using var company = await RuleTests.Drafted("sqlite");
        await Open(company);
        await Start(company);
        var skip = new
        {
            @ref = "RUN-1",
            step = "identify",
            reason = "The scanner told all of it",
        };
        await company.Do("playbook-runs.skip", skip);
        await Broken("playbook-runs.skip.open", () => company.Do("playbook-runs.skip", skip));
    }

    [Fact]
    public async Task A_duty_is_declined_once_and_goes_on_only_when_it_was_declined()
    {
        await using var company = await RuleTests.Drafted("sqlite");
        await Duties(company);
        await Broken("duties.resume.declined", () => company.Do("duties.resume", new { @ref = "DUTY-1" }));
        await company.Do("duties.decline", Applies);
        await Broken("duties.decline.open", () => company.Do("duties.decline", Applies));
        await company.Do("duties.resume", new { @ref = "DUTY-1" });
    }

    [Fact]
    public async Task A_notice_is_sent_once_while_another_of_the_duty_is_still_to_be_sent()
    {
        await using var company = await RuleTests.Drafted("sqlite");
        await Duties(company);
        var duty = (await Get(company)).Duties.First(d => d.Notices.Count > 1);
        var send = new
        {
            @ref = duty.Ref,
            stage = duty.Notices[0].Stage,
            how = "Portal of the authority, case 11",
        };
        await company.Do("duties.send", send);
        await Broken("duties.notice.once", () => company.Do("duties.send", send));
    }

    [Fact]
    public async Task So_many_sources_sign_their_alerts_and_no_more()
    {
        await using var company = await Company.Found("sqlite");
        Task<object> Make(int number) => company.Do("alert-sources.create", new { name = $"watch-{number}" });
        for (var number = 0; number < 50; number++)
            await Make(number);
        await Broken("alert-sources.create.most", () => Make(50));
        await company.Do("alert-sources.remove", new { @ref = "ASRC-1" });
        await Make(50);
    }

    [Fact]
    public async Task So_many_reports_without_a_name_wait_and_no_more()
    {
        await using var company = await Company.Found("sqlite");
        var address = (UnnamedAddress)await company.Do("incidents.allow-unnamed", new { allow = true });
        var (secret, system) = (address.Path!.Split('/')[^1], Caller.System(company.Owner.OrganizationId, "acme"));
        Task<object> Report() =>
            company.Do("incidents.report-unnamed", new { secret, text = "The door is open" }, system);
        for (var number = 0; number < 200; number++)
            await Report();
        await Broken("incidents.report-unnamed.full", Report);
        await company.Do(
            "reported-events.triage",
            new
            {
                @ref = "EVT-1",
                incident = false,
                reason = "The fitters were at work",
            }
        );
        await Report();
    }

    private static async Task Duties(Company company)
    {
        await Open(company);
        string[] facts = ["personal-data", "nis2-entity", "significant", "exploited-vulnerability"];
        await company.Do("incidents.assess", new { @ref = "INC-1", facts });
    }

    private static Task<object> Start(Company company) =>
        company.Do("playbook-runs.start", new { playbook = Playbook, incident = "INC-1" });
}
