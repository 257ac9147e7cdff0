using System.Text;
using System.Text.Json.Nodes;
using Moat.Isms.Incidents;
using Moat.Isms.Incidents.Intake;
using Moat.Isms.Kernel;
using Moat.Isms.Processes;
using Moat.Isms.Work;

namespace Moat.Tests;

/// <summary>
/// Reports and alerts: taken from anybody, told once, decided by a person with a reason that the reporter reads.
/// </summary>
public sealed class IntakeTests
{
    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory, MemberData(nameof(Databases))]
    public async Task A_member_reports_in_one_sentence_and_reads_what_became_of_it(string database)
    {
        await using var company = await Company.Found(database);
        var (mia, moe) = (await company.As(Role.Member, "Mia Member"), await company.As(Role.Member, "Moe Member"));
        var model = await Asset(company, "Triage model");
        Assert.Equal(
            "text",
            (await Assert.ThrowsAsync<InputInvalid>(() => company.Do("incidents.report", new { text = "odd" }, mia)))
                .Errors[0]
                .Field
        );
        var file = new
        {
            name = "answer.txt",
            content = Convert.ToBase64String(Encoding.UTF8.GetBytes("The patient lives in …")),
        };
        await company.Do(
            "incidents.report",
            new
            {
                text = "The model answered with somebody's address",
                asset = model,
                file,
            },
            mia
        );
        await company.Do("incidents.report", new { text = "Somebody propped the server room's door open" }, moe);

        Assert.Equal(["EVT-1"], (await Reports(company, mia)).Select(r => r.Ref));
        await Assert.ThrowsAsync<NotFound>(() => company.Do("reported-events.get", new { @ref = "EVT-2" }, mia));
        await Assert.ThrowsAsync<Forbidden>(() =>
            company.Do(
                "reported-events.triage",
                new
                {
                    @ref = "EVT-1",
                    incident = false,
                    reason = "I say so",
                },
                mia
            )
        );
        Assert.Equal(2, (await Reports(company, company.Owner)).Count);
        Assert.Equal(2, (await Tasks(company)).Count(t => t.Purpose == "triage"));

        company.Clock.Advance(TimeSpan.FromHours(3));
        var made = (Triaged)
            await company.Do(
                "reported-events.triage",
                new
                {
                    @ref = "EVT-1",
                    incident = true,
                    reason = "An address of a person left the system",
                }
            );
        await company.Do(
            "reported-events.triage",
            new
            {
                @ref = "EVT-2",
                incident = false,
                reason = "The fitters were at work; agreed with the office",
            }
        );
        var mine = Assert.Single(await Reports(company, mia));
        Assert.Equal(
            (SignalState.Incident, "INC-1", "An address of a person left the system"),
            (mine.State, mine.IncidentRef, mine.Reason)
        );
        Assert.Equal(
            (SignalState.NotIncident, null),
            ((await Reports(company, moe))[0].State, (await Reports(company, moe))[0].IncidentRef)
        );
        Assert.DoesNotContain(await Tasks(company), t => t.Purpose == "triage");
        var incident = await IncidentTests.Get(company, made.Incident!);
        Assert.Equal(
            (IncidentState.Open, model, TimeSpan.FromHours(3)),
            (incident.Row.State, incident.Affects.Single().Ref, incident.AwareAt - incident.Row.DetectedAt)
        );
        Assert.Contains(await Links(company, "INC-1"), l => l is { Type: "caused-by", Outgoing: true, Ref: "EVT-1" });
        Assert.Contains(await Links(company, "EVT-1"), l => l is { Type: "evidences", Outgoing: false, Ref: "EVD-1" });
        await Broken(
            "incidents.triage.once",
            () =>
                company.Do(
                    "reported-events.triage",
                    new
                    {
                        @ref = "EVT-1",
                        incident = false,
                        reason = "On second thoughts",
                    }
                )
        );
        // What was no incident may still turn out to be part of one.
        Assert.Equal(
            "INC-1",
            (
                (Triaged)
                    await company.Do(
                        "reported-events.triage",
                        new
                        {
                            @ref = "EVT-2",
                            incident = true,
                            reason = "The fitters were none",
                            belongsTo = "INC-1",
                        }
                    )
            ).Incident
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Nobody_reports_without_a_name_before_it_is_allowed_and_then_nobody_is_named(string database)
    {
        await using var company = await Company.Found(database);
        var mia = await company.As(Role.Member, "Mia Member");
        var system = Caller.System(company.Owner.OrganizationId, "acme", "unnamed-report");
        Assert.Null(((UnnamedAddress)await company.Do("incidents.unnamed-address", new { }, mia)).Path);
        await Assert.ThrowsAsync<NotFound>(() =>
            company.Do(
                "incidents.report-unnamed",
                new { secret = "guessed", text = "My boss shares the root key" },
                system
            )
        );
        await Assert.ThrowsAsync<Forbidden>(() => company.Do("incidents.allow-unnamed", new { allow = true }, mia));
        var opened = (UnnamedAddress)await company.Do("incidents.allow-unnamed", new { allow = true });
        Assert.Equal(opened, await company.Do("incidents.unnamed-address", new { }, mia));
        var secret = opened.Path!.Split('/')[^1];
        await Assert.ThrowsAsync<NotFound>(() =>
            company.Do(
                "incidents.report-unnamed",
                new { secret = secret + "x", text = "My boss shares the root key" },
                system
            )
        );
        await Assert.ThrowsAsync<Forbidden>(() =>
            company.Do("incidents.report-unnamed", new { secret, text = "Not by this way" })
        );

        var taken = (UnnamedReport)
            await company.Do("incidents.report-unnamed", new { secret, text = "My boss shares the root key" }, system);
        var row = Assert.Single(await Reports(company, company.Owner));
        Assert.Null(row.ReportedBy);
        Assert.Empty(await Reports(company, mia));
        Assert.Equal(
            SignalState.Waiting,
            ((ReceiptView)await company.Do("incidents.receipt", new { receipt = taken.Receipt }, system)).State
        );
        await company.Do(
            "reported-events.triage",
            new
            {
                @ref = taken.Ref,
                incident = false,
                reason = "The key was changed; thank you",
            }
        );
        Assert.Equal(
            "The key was changed; thank you",
            ((ReceiptView)await company.Do("incidents.receipt", new { receipt = taken.Receipt }, system)).Reason
        );
        // Neither the address nor the receipt stands in the journal.
        var journal = await company.Read(db =>
            Task.FromResult(string.Concat(db.Journal.Select(e => e.Changes).ToList()))
        );
        Assert.DoesNotContain(secret, journal, StringComparison.Ordinal);
        Assert.DoesNotContain(taken.Receipt, journal, StringComparison.Ordinal);

        var again = (UnnamedAddress)await company.Do("incidents.allow-unnamed", new { allow = true });
        Assert.NotEqual(opened.Path, again.Path);
        await Assert.ThrowsAsync<NotFound>(() =>
            company.Do("incidents.report-unnamed", new { secret, text = "To the old address" }, system)
        );
        await company.Do("incidents.allow-unnamed", new { allow = false });
        await Assert.ThrowsAsync<NotFound>(() =>
            company.Do(
                "incidents.report-unnamed",
                new { secret = again.Path!.Split('/')[^1], text = "To the closed address" },
                system
            )
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_alert_told_again_changes_nothing_and_its_end_does_not_end_the_incident(string database)
    {
        await using var company = await Company.Found(database);
        var model = await Asset(company, "fraud-detector");
        var firing = Alert(company, "c0386e893d9fb579", "2026-03-02T08:00:00Z");
        Assert.Equal(new AlertsReceived(1, 0, 0, 0), await Receive(company, firing));
        Assert.Equal(new AlertsReceived(0, 0, 1, 0), await Receive(company, firing));
        Assert.Equal(
            new AlertsReceived(1, 0, 0, 0),
            await Receive(company, Alert(company, "another", "2026-03-02T08:01:00Z"))
        );
        Assert.Equal(2, (await Tasks(company)).Count(t => t.Purpose == "triage"));
        Assert.Contains(
            await Links(company, "ALERT-1"),
            l => l is { Type: "affects", Outgoing: true } && l.Ref == model
        );

        // The group is decided together.
        var made = (Triaged)
            await company.Do(
                "alerts.triage",
                new
                {
                    @ref = "ALERT-1",
                    incident = true,
                    reason = "The model's inputs moved",
                    title = "The fraud model drifts",
                }
            );
        Assert.Equal(("INC-1", 2), (made.Incident, made.Decided));
        Assert.Equal(model, (await IncidentTests.Get(company, "INC-1")).Affects.Single().Ref);

        company.Clock.Advance(TimeSpan.FromMinutes(10));
        firing["resolved"] = true;
        firing["endsAt"] = "2026-03-02T09:08:00Z";
        Assert.Equal(new AlertsReceived(0, 1, 0, 0), await Receive(company, firing));
        Assert.Equal(new AlertsReceived(0, 0, 1, 0), await Receive(company, firing));
        var incident = await IncidentTests.Get(company, "INC-1");
        Assert.Equal(IncidentState.Open, incident.Row.State);
        Assert.Contains(
            incident.Timeline,
            t =>
                t.Kind == TimelineKind.Signal
                && t.Text.StartsWith("ALERT-1 ended", StringComparison.Ordinal)
                && t.At == new DateTime(2026, 3, 2, 9, 8, 0, DateTimeKind.Utc)
        );
        Assert.Equal(
            ["ALERT-2"],
            ((Page<AlertRow>)await company.Do("alerts.list", new { firing = true })).Items.Select(a => a.Ref)
        );

        // The same thing again while the incident is open belongs to it.
        Assert.Equal(
            new AlertsReceived(1, 0, 0, 1),
            await Receive(company, Alert(company, "c0386e893d9fb579", "2026-03-02T09:09:00Z"))
        );
        Assert.Equal("INC-1", ((AlertRow)await company.Do("alerts.get", new { @ref = "ALERT-3" })).IncidentRef);
        Assert.DoesNotContain(await Tasks(company), t => t.Purpose == "triage");
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_alert_without_a_start_is_the_one_that_goes_on(string database)
    {
        await using var company = await Company.Found(database);
        var alert = Alert(company, "egress", null);
        await Receive(company, alert);
        company.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(new AlertsReceived(0, 0, 1, 0), await Receive(company, alert));
        alert["resolved"] = true;
        Assert.Equal(new AlertsReceived(0, 1, 0, 0), await Receive(company, alert));
        company.Clock.Advance(TimeSpan.FromMinutes(5));
        alert["resolved"] = false;
        Assert.Equal(new AlertsReceived(1, 0, 0, 0), await Receive(company, alert));
        Assert.Equal(2, ((Page<AlertRow>)await company.Do("alerts.list", new { })).Total);
        await company.Do(
            "alerts.triage",
            new
            {
                @ref = "ALERT-2",
                incident = false,
                reason = "The backup to the second region",
            }
        );
        Assert.Equal(
            [SignalState.NotIncident, SignalState.NotIncident],
            ((Page<AlertRow>)await company.Do("alerts.list", new { })).Items.Select(a => a.State)
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Many_alerts_told_again_cost_as_much_as_one(string database)
    {
        await using var company = await Company.Found(database);
        var alerts = Enumerable.Range(0, 20).Select(i => Alert(company, $"feature-{i}", null)).ToList();
        Assert.Equal(20, ((AlertsReceived)await company.Do("alerts.receive", new { alerts })).Opened);
        using var heard = new HeardStatements();
        Assert.Equal(1, ((AlertsReceived)await Receive(company, alerts[0])).Repeated);
        var one = heard.All.Count;
        Assert.Equal(20, ((AlertsReceived)await company.Do("alerts.receive", new { alerts })).Repeated);
        Assert.Equal(one, heard.All.Count - one);
    }

    internal static async Task<string> Asset(Company company, string name, bool jewel = false, int need = 2) =>
        (
            (Done)
                await company.Do(
                    "assets.create",
                    new
                    {
                        name,
                        kind = "model",
                        crownJewel = jewel,
                        confidentiality = need,
                        integrity = need,
                        availability = need,
                    }
                )
        ).Ref;

    internal static async Task Broken(string rule, Func<Task> act) =>
        Assert.Equal(rule, (await Assert.ThrowsAsync<RuleBroken>(act)).RuleId);

    internal static async Task<IReadOnlyList<WorkRow>> Tasks(Company company) =>
        (await company.Run<WorkProcess, ListWork, Page<WorkRow>>(p => p.List, new ListWork { Limit = 200 })).Items;

    internal static async Task<IReadOnlyList<ThreadLink>> Links(Company company, string reference) =>
        ((ThreadView)await company.Do("thread.get", new { @ref = reference })).Links;

    private static async Task<IReadOnlyList<ReportRow>> Reports(Company company, Caller caller) =>
        ((Page<ReportRow>)await company.Do("reported-events.list", new { }, caller)).Items;

    internal static async Task<object> Receive(Company company, JsonObject alert) =>
        await company.Do("alerts.receive", new { alerts = new[] { alert } });

    internal static JsonObject Alert(Company company, string fingerprint, string? startsAt)
    {
        _ = company;
        var alert = new JsonObject
        {
            ["source"] = "alertmanager https://monitoring.acme.test",
            ["fingerprint"] = fingerprint,
            ["groupKey"] = "{}:{alertname=\"ModelDriftPSIHigh\"}",
            ["title"] = "ModelDriftPSIHigh",
            ["level"] = "warning",
            ["labels"] = new JsonObject { ["model"] = "fraud-detector", ["feature"] = fingerprint },
        };
        if (startsAt is not null)
            alert["startsAt"] = startsAt;
        return alert;
    }
}
