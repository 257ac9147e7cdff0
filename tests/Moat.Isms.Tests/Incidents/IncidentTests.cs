using System.Text;
using Moat.Isms.Evidence;
using Moat.Isms.Improvement;
using Moat.Isms.Incidents;
using Moat.Isms.Incidents.Duties;
using Moat.Isms.Kernel;
using static Moat.Tests.IntakeTests;

namespace Moat.Tests;

/// <summary>An incident from the first sign to the end: severity, clocks, timeline, evidence, duties, review.</summary>
public sealed class IncidentTests
{
    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory, MemberData(nameof(Databases))]
    public async Task Severity_comes_from_what_is_lost_of_which_asset_and_a_person_needs_a_reason_for_another(
        string database
    )
    {
        await using var company = await Company.Found(database);
        var (jewel, plain) = (await Asset(company, "Weights", jewel: true, need: 4), await Asset(company, "Wiki"));
        var data = await Asset(company, "Notes", need: 2);
        await company.Do(
            "assets.relate",
            new
            {
                from = jewel,
                type = "trained-on",
                to = data,
            }
        );
        await Open(company, plain);
        Assert.Equal(IncidentSeverity.Low, (await Get(company)).Row.Severity);
        await company.Do(
            "incidents.assess",
            new
            {
                @ref = "INC-1",
                integrity = true,
                affects = new[] { plain, data },
            }
        );
        var view = await Get(company);
        Assert.Equal(IncidentSeverity.Critical, view.Row.Severity);
        Assert.Contains("crown jewel Weights depends", Assert.Single(view.ComputedBecause), StringComparison.Ordinal);
        Assert.Equal(
            "reason",
            (await Invalid(() => company.Do("incidents.rate", new { @ref = "INC-1", severity = "medium" })))
                .Errors[0]
                .Field
        );
        await company.Do(
            "incidents.rate",
            new
            {
                @ref = "INC-1",
                severity = "medium",
                reason = "The changed rows never reached a training run",
            }
        );
        await company.Do("incidents.assess", new { @ref = "INC-1", availability = true });
        view = await Get(company);
        Assert.Equal((IncidentSeverity.Medium, IncidentSeverity.Critical), (view.Row.Severity, view.Computed));
        await company.Do("incidents.rate", new { @ref = "INC-1", severity = "critical" });
        Assert.Null((await Get(company)).SetBecause);
        await company.Do(
            "incidents.assess",
            new
            {
                @ref = "INC-1",
                integrity = false,
                availability = false,
                affects = new[] { plain },
            }
        );
        Assert.Equal(IncidentSeverity.Low, (await Get(company)).Row.Severity);
        await company.Do("incidents.assess", new { @ref = "INC-1", facts = new[] { "death" } });
        Assert.Equal(IncidentSeverity.Critical, (await Get(company)).Row.Severity);
        Assert.Equal(
            "facts",
            (await Invalid(() => company.Do("incidents.assess", new { @ref = "INC-1", facts = new[] { "bad-luck" } })))
                .Errors[0]
                .Field
        );
        Assert.Equal(
            "affects",
            (await Invalid(() => company.Do("incidents.assess", new { @ref = "INC-1", affects = new[] { "PER-1" } })))
                .Errors[0]
                .Field
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task States_go_forward_at_moments_that_lie_in_the_past_and_the_lead_always_has_the_next_task(
        string database
    )
    {
        await using var company = await Company.Found(database);
        Assert.Equal("awareAt", (
                await Invalid(() =>
                    company.Do(
                        "incidents.create",
                        new
                        {
                            title = "A token leaked",
                            what = "In a notebook",
                            detectedAt = "2026-03-02T08:00:00Z",
                            awareAt = "2026-03-02T07:00:00Z",
                        }
                    )
                )
            ).Errors[0].Field);
        Assert.Equal("detectedAt", (
                await Invalid(() =>
                    company.Do(
                        "incidents.create",
                        new
                        {
                            title = "A token leaked",
                            what = "In a notebook",
                            detectedAt = "2026-03-03T08:00:00Z",
                        }
                    )
                )
            ).Errors[0].Field);
        await Open(company);
        Assert.Equal(["assess-incident"], await Purposes(company));
        await company.Do(
            "incidents.assign",
            new
            {
                @ref = "INC-1",
                part = "lead",
                person = "PER-1",
            }
        );
        await Broken("incidents.advance.assessed", () => Advance(company, "contained", null));
        await company.Do("incidents.assess", new { @ref = "INC-1", confidentiality = true });
        Assert.Equal(["contain"], await Purposes(company));
        await Broken("incidents.advance.affected", () => Advance(company, "contained", null));
        await Assess(company);
        await Broken("incidents.close.recovered", () => company.Do("incidents.close", new { @ref = "INC-1" }));
        await Broken("incidents.advance.order", () => Advance(company, "contained", "2026-03-02T05:00:00Z"));
        Assert.Equal(
            "at",
            (await Invalid(() => Advance(company, "contained", "2026-03-05T05:00:00Z"))).Errors[0].Field
        );
        await Invalid(() => Advance(company, "closed", null));
        company.Clock.Advance(TimeSpan.FromHours(4));
        // Contained before it was assessed, as it happens, and written down later.
        await Advance(company, "contained", "2026-03-02T08:40:00Z");
        await Broken("incidents.advance.order", () => Advance(company, "eradicated", "2026-03-02T08:30:00Z"));
        Assert.Equal("skipBecause", (await Invalid(() => Advance(company, "recovered", null))).Errors[0].Field);
        await company.Do(
            "incidents.advance",
            new
            {
                @ref = "INC-1",
                to = "recovered",
                how = "Done and looked at",
                skipBecause = "The token ended by itself; there was no cause to take away",
            }
        );
        await Broken("incidents.advance.forward", () => Advance(company, "eradicated", null));
        Assert.Equal(["review-incident"], await Purposes(company));
        var view = await Get(company);
        Assert.Equal(
            (new DateTime(2026, 3, 2, 8, 40, 0, DateTimeKind.Utc), null, "Ada Acme"),
            (view.Row.ContainedAt, view.EradicatedAt, view.Row.Lead)
        );
        Assert.Equal(
            (null, "The token ended by itself; there was no cause to take away"),
            (view.Steps.NotContainedBecause, view.Steps.NotEradicatedBecause)
        );
        Assert.Contains(
            view.Timeline,
            t => t.Kind == TimelineKind.Decision && t.Text.StartsWith("Left out: eradicated.", StringComparison.Ordinal)
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task The_timeline_only_grows_and_evidence_keeps_its_hash_and_its_hands(string database)
    {
        await using var company = await Company.Found(database);
        var ben = await company.As(Role.ControlOwner, "Ben Responder");
        await Open(company);
        var file = new
        {
            name = "gateway.log",
            content = Convert.ToBase64String(Encoding.UTF8.GetBytes("10:02 GET /v1/weights 200")),
        };
        await company.Do(
            "incidents.note",
            new
            {
                @ref = "INC-1",
                text = "Log of the gateway",
                at = "2026-03-02T08:30:00Z",
                file,
                takenFrom = "gateway, node 3",
            },
            ben
        );
        Assert.Equal("kind", (
                await Invalid(() =>
                    company.Do(
                        "incidents.note",
                        new
                        {
                            @ref = "INC-1",
                            text = "Sent it",
                            kind = "notice",
                        }
                    )
                )
            ).Errors[0].Field);
        await company.Do(
            "incidents.hand-over",
            new
            {
                @ref = "INC-1",
                evidence = "EVD-1",
                to = "Police",
                purpose = "Charge of theft",
            }
        );
        await company.Do(
            "evidence.add",
            new
            {
                title = "Something else",
                clauses = new[] { "9.1" },
                periodFrom = "2026-03-01",
                periodTo = "2026-03-01",
                note = "Not of this incident",
            }
        );
        Assert.Equal("evidence", (
                await Invalid(() =>
                    company.Do(
                        "incidents.hand-over",
                        new
                        {
                            @ref = "INC-1",
                            evidence = "EVD-2",
                            to = "Police",
                            purpose = "Charge of theft",
                        }
                    )
                )
            ).Errors[0].Field);
        var view = await Get(company);
        Assert.Equal(
            ("EVD-1", "Ben Responder"),
            (
                view.Timeline.Single(t => t.Text == "Log of the gateway").EvidenceRef,
                view.Timeline.Single(t => t.Text == "Log of the gateway").By
            )
        );
        Assert.Equal(
            ["gateway, node 3 > Ben Responder", "Ben Responder > Police"],
            view.Custody.Select(c => $"{c.From} > {c.To}")
        );
        Assert.Equal(
            EvidenceKeeper.Bytes("10:02 GET /v1/weights 200").Length,
            (await company.Run<EvidenceProcess, ListEvidence, Page<EvidenceRow>>(p => p.List, new ListEvidence()))
                .Items[0]
                .Size
        );
        Assert.Single(view.Custody.Select(c => c.Sha256).Distinct());
        Assert.Contains(await Links(company, "EVD-1"), l => l is { Type: "evidences", Outgoing: true, Ref: "INC-1" });
        Assert.DoesNotContain(
            company.Catalog.All,
            o => o.Process == "incidents" && o.Verb.Contains("timeline", StringComparison.Ordinal)
        );
        Assert.Equal(view.Timeline.Select(t => t.At), view.Timeline.Select(t => t.At).Order());
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Facts_bring_duties_whose_clocks_run_from_when_somebody_knew(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        await Open(company);
        await company.Do("incidents.assess", new { @ref = "INC-1", facts = new[] { "personal-data", "customers" } });
        var duties = (await Get(company)).Duties;
        var gdpr = duties.Single(d => d.DutyId == "gdpr-art-33");
        var notice = Assert.Single(gdpr.Notices);
        Assert.Equal(new DateTime(2026, 3, 5, 8, 0, 0, DateTimeKind.Utc), notice.DueAt);
        Assert.Contains("INC-1 A token leaked", notice.Draft, StringComparison.Ordinal);
        Assert.DoesNotContain("{{", notice.Draft, StringComparison.Ordinal);
        Assert.Contains(
            "You are active in the EU",
            gdpr.Because.Replace("because you are", "You are", StringComparison.Ordinal),
            StringComparison.Ordinal
        );
        Assert.Contains(await Tasks(company), t => t.SubjectRef == gdpr.Ref && t.DueOn == new DateOnly(2026, 3, 5));
        Assert.Contains(duties, d => d.DutyId == "customer-contracts");
        await Broken("incidents.close.duties", () => company.Do("incidents.close", new { @ref = "INC-1" }));

        // Somebody knew two hours later than was thought: the clock moves with it.
        await company.Do("incidents.assess", new { @ref = "INC-1", awareAt = "2026-03-02T08:30:00Z" });
        Assert.Equal(
            new DateTime(2026, 3, 5, 8, 30, 0, DateTimeKind.Utc),
            (await Duty(company, gdpr.Ref)).Notices[0].DueAt
        );
        company.Clock.Advance(TimeSpan.FromHours(80));
        Assert.True((await Duty(company, gdpr.Ref)).Notices[0].Overdue);
        await company.Do(
            "duties.write",
            new
            {
                @ref = gdpr.Ref,
                stage = notice.Stage,
                text = "We notify a breach of personal data. It comes late because …",
            }
        );
        await company.Do(
            "duties.send",
            new
            {
                @ref = gdpr.Ref,
                stage = notice.Stage,
                how = "Portal of the authority, case 2026-1187",
            }
        );
        var sent = await Duty(company, gdpr.Ref);
        Assert.Equal(
            (DutyState.Fulfilled, true, "Ada Acme"),
            (sent.State, sent.Notices[0].Late, sent.Notices[0].SentBy)
        );
        var kept = Encoding.UTF8.GetString(
            (
                await company.Run<EvidenceProcess, OneRecord, MadeFile>(
                    p => p.Download,
                    new OneRecord { Ref = sent.Notices[0].EvidenceRef! }
                )
            ).Content
        );
        Assert.Contains("It comes late because", kept, StringComparison.Ordinal);
        Assert.DoesNotContain(await Tasks(company), t => t.SubjectRef == gdpr.Ref);
        await Broken(
            "duties.notice.open",
            () =>
                company.Do(
                    "duties.send",
                    new
                    {
                        @ref = gdpr.Ref,
                        stage = notice.Stage,
                        how = "Once more by post",
                    }
                )
        );
        Assert.Contains(
            (await Get(company)).Timeline,
            t => t.Kind == TimelineKind.Notice && t.Text.Contains("hours late", StringComparison.Ordinal)
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_duty_that_does_not_apply_has_a_name_and_a_reason_and_facts_can_bring_it_back(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        await Open(company);
        await company.Do("incidents.assess", new { @ref = "INC-1", facts = new[] { "personal-data" } });
        var gdpr = (await Get(company)).Duties.Single(d => d.DutyId == "gdpr-art-33").Ref;
        Assert.Equal(
            "factsBecause",
            (
                await Invalid(() =>
                    company.Do(
                        "incidents.assess",
                        new { @ref = "INC-1", facts = new[] { "personal-data", "risk-unlikely" } }
                    )
                )
            )
                .Errors[0]
                .Field
        );
        await company.Do(
            "incidents.assess",
            new
            {
                @ref = "INC-1",
                facts = new[] { "personal-data", "risk-unlikely" },
                factsBecause = "The file was encrypted and the key never left the vault",
            }
        );
        var lapsed = await Duty(company, gdpr);
        Assert.Equal(DutyState.Lapsed, lapsed.State);
        Assert.Contains("the key never left the vault", lapsed.DeclinedBecause, StringComparison.Ordinal);
        Assert.DoesNotContain(await Tasks(company), t => t.SubjectRef == gdpr);
        await company.Do("incidents.assess", new { @ref = "INC-1", facts = new[] { "personal-data" } });
        Assert.Equal(DutyState.Open, (await Duty(company, gdpr)).State);

        Assert.Equal(
            "reason",
            (await Invalid(() => company.Do("duties.decline", new { @ref = gdpr, reason = "No need" }))).Errors[0].Field
        );
        await Broken(
            "duties.decline.person",
            () =>
                company.Do(
                    "duties.decline",
                    new { @ref = gdpr, reason = "A program cannot answer for this" },
                    company.Owner with
                    {
                        PersonId = null,
                    }
                )
        );
        await company.Do(
            "duties.decline",
            new { @ref = gdpr, reason = "The records were synthetic; the data lead checked all of them" }
        );
        Assert.Equal(
            (DutyState.Declined, "Ada Acme"),
            ((await Duty(company, gdpr)).State, (await Duty(company, gdpr)).DeclinedBy)
        );
        // What a person decided is not changed by an assessment.
        await company.Do("incidents.assess", new { @ref = "INC-1", facts = new[] { "personal-data", "customers" } });
        Assert.Equal(DutyState.Declined, (await Duty(company, gdpr)).State);
        await company.Do("duties.resume", new { @ref = gdpr });
        Assert.Contains(await Tasks(company), t => t.SubjectRef == gdpr);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_review_brings_lessons_a_nonconformity_and_risks_to_assess_again_and_only_then_it_ends(
        string database
    )
    {
        await using var company = await RuleTests.Completed(database);
        var model = await Asset(company, "Weights", jewel: true, need: 4);
        await Open(company, model);
        await Assess(company);
        await Broken("incidents.review.recovered", () => Review(company));
        company.Clock.Advance(TimeSpan.FromHours(2));
        await Advance(company, "contained", null);
        company.Clock.Advance(TimeSpan.FromHours(3));
        await Advance(company, "eradicated", null);
        await Advance(company, "recovered", null);
        await Broken(
            "incidents.close.review",
            () => company.Do("incidents.close", new { @ref = "INC-1", noReviewBecause = "There was nothing to learn" })
        );
        Assert.Equal("cause", (await Invalid(() => Review(company, cause: "fate"))).Errors[0].Field);
        var reviewed = await Review(company);
        Assert.Equal(
            ("INC-1", "LES-1", "NC-1"),
            (reviewed.Ref, Assert.Single(reviewed.Lessons), reviewed.Nonconformity)
        );
        Assert.Contains(await Links(company, "LES-1"), l => l is { Type: "lesson-of", Outgoing: true, Ref: "INC-1" });
        Assert.Contains(await Links(company, "NC-1"), l => l is { Type: "caused-by", Outgoing: true, Ref: "INC-1" });
        Assert.Contains(
            await Links(company, "RISK-1"),
            l => l is { Type: "learned-from", Outgoing: true, Ref: "INC-1" }
        );
        Assert.Contains(await Tasks(company), t => t is { SubjectRef: "RISK-1", Purpose: "assess" });
        var minutes = Encoding.UTF8.GetString(
            (
                await company.Run<EvidenceProcess, OneRecord, MadeFile>(
                    p => p.Download,
                    new OneRecord { Ref = reviewed.Minutes }
                )
            ).Content
        );
        Assert.Contains("2. Because nobody owned the list", minutes, StringComparison.Ordinal);
        Assert.Contains("LES-1 Keys live an hour", minutes, StringComparison.Ordinal);
        Assert.Contains(
            await Links(company, reviewed.Minutes),
            l =>
                l is { Type: "evidences", Process: "controls" }
                && l.Title.StartsWith("A.5.27", StringComparison.Ordinal)
        );
        await company.Do("incidents.close", new { @ref = "INC-1" });
        Assert.Equal(IncidentState.Closed, (await Get(company)).Row.State);
        await Broken(
            "incidents.change.closed",
            () => company.Do("incidents.assess", new { @ref = "INC-1", integrity = true })
        );
        Assert.DoesNotContain(await Tasks(company), t => t.SubjectRef == "INC-1");
        var measures = (IncidentMeasures)await company.Do("incidents.measures", new { });
        Assert.Equal(
            (1, 0, 1, 3, 6, 1),
            (
                measures.Incidents,
                measures.Open,
                measures.Severe,
                measures.HoursToContain,
                measures.HoursToRecover,
                measures.HoursToDetect
            )
        );
        Assert.Empty(measures.Repeated);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_low_one_ends_without_a_review_for_a_reason_and_causes_that_repeat_are_counted(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        await Open(company);
        await Assess(company);
        await company.Do(
            "incidents.rate",
            new
            {
                @ref = "INC-1",
                severity = "low",
                reason = "The token was a dummy",
            }
        );
        await Recover(company);
        Assert.Equal(
            "noReviewBecause",
            (await Invalid(() => company.Do("incidents.close", new { @ref = "INC-1" }))).Errors[0].Field
        );
        await company.Do(
            "incidents.close",
            new { @ref = "INC-1", noReviewBecause = "A planned test of the alarm that nobody had announced" }
        );
        Assert.Equal("A planned test of the alarm that nobody had announced", (await Get(company)).NoReviewBecause);
        foreach (var incident in new[] { "INC-2", "INC-3" })
        {
            await Open(company);
            await Assess(company, incident);
            await Recover(company, incident);
            await Review(company, incident);
        }
        var repeated = Assert.Single(((IncidentMeasures)await company.Do("incidents.measures", new { })).Repeated);
        Assert.Equal(("exposed-secret", 2), (repeated.Cause, repeated.Times));
        // The same fault again is the same nonconformity, seen again.
        Assert.Equal(1, await company.Read(db => Task.FromResult(db.Set<Nonconformity>().Count())));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_cause_that_comes_back_reopens_its_nonconformity_and_another_fault_or_cause_does_not(
        string database
    )
    {
        await using var company = await RuleTests.Drafted(database);
        async Task<string?> Reviewed(
            string incident,
            string cause,
            string nonconformity,
            bool separate = false,
            bool major = false
        )
        {
            await Open(company);
            await Assess(company, incident);
            await Recover(company, incident);
            return (await Review(company, incident, cause, nonconformity, separate, major)).Nonconformity;
        }
        Assert.Equal("NC-1", await Reviewed("INC-1", "exposed-secret", "Secrets are not kept as the policy says"));
        await company.Do("nonconformities.correct", new { @ref = "NC-1", correction = "The token was revoked" });
        await company.Do(
            "nonconformities.analyse",
            new
            {
                @ref = "NC-1",
                whys = new[] { "Nobody looked", "Nobody had to" },
                cause = "No scan of notebooks",
                lookedElsewhere = "All notebooks",
                foundElsewhere = "None",
            }
        );
        await company.Do(
            "nonconformities.close",
            new { @ref = "NC-1", reason = "One notebook, one token; the scan runs now" }
        );
        Assert.Equal(NonconformityState.Closed, (await Nonconformity(company, "NC-1")).Row.State);

        Assert.Equal(
            "NC-1",
            await Reviewed("INC-2", "exposed-secret", "A key of the registry stood in a container image", major: true)
        );
        var reopened = await Nonconformity(company, "NC-1");
        Assert.Equal(
            (NonconformityState.Raised, 2, NonconformityGrade.Major),
            (reopened.Row.State, reopened.Row.Round, reopened.Row.Grade)
        );
        Assert.Contains(
            "INC-2 A token leaked. A key of the registry stood in a container image",
            Assert.Single(reopened.Recurrences),
            StringComparison.Ordinal
        );
        Assert.Contains(await Links(company, "NC-1"), l => l is { Type: "caused-by", Outgoing: true, Ref: "INC-2" });
        Assert.Contains(await Tasks(company), t => t is { SubjectRef: "NC-1", Purpose: "analyse" });

        // Somebody says that it is something else, or the cause is another: a nonconformity of its own.
        Assert.Equal(
            "NC-2",
            await Reviewed("INC-3", "exposed-secret", "Keys of customers are mailed to them", separate: true)
        );
        Assert.Equal("NC-3", await Reviewed("INC-4", "supplier", "Secrets are not kept as the policy says"));
        // The same words find the same one; other words the last of that cause.
        Assert.Equal("NC-1", await Reviewed("INC-5", "exposed-secret", "Secrets are not kept as the policy says"));
        Assert.Equal("NC-2", await Reviewed("INC-6", "exposed-secret", "A password stood on a whiteboard"));
        Assert.Equal(NonconformityGrade.Major, (await Nonconformity(company, "NC-1")).Row.Grade);
        // Something else is no cause that could come back.
        Assert.Equal("NC-4", await Reviewed("INC-7", "other", "Visitors are not met at the door"));
        Assert.Equal("NC-5", await Reviewed("INC-8", "other", "The roof is not looked after"));
        Assert.Equal("NC-4", await Reviewed("INC-9", "other", "Visitors are not met at the door"));
    }

    internal static async Task<IncidentView> Get(Company company, string reference = "INC-1") =>
        (IncidentView)await company.Do("incidents.get", new { @ref = reference });

    internal static Task<object> Open(Company company, params string[] affects) =>
        company.Do(
            "incidents.create",
            new
            {
                title = "A token leaked",
                what = "A registry token was in a public notebook.",
                occurredAt = "2026-03-02T07:00:00Z",
                detectedAt = "2026-03-02T08:00:00Z",
                awareAt = "2026-03-02T08:00:00Z",
                affects,
            }
        );

    /// <summary>Says what was lost and what it touches, and that nothing else is true of it.</summary>
    internal static async Task Assess(Company company, string reference = "INC-1", params string[] facts)
    {
        string[] named = [.. (await Get(company, reference)).Affects.Select(a => a.Ref)];
        var affects = named.Length > 0 ? named : [await Asset(company, $"Registry of {reference}")];
        await company.Do(
            "incidents.assess",
            new
            {
                @ref = reference,
                confidentiality = true,
                affects,
                facts,
                ruledOut = Moat.Knowledge.Playbooks.IncidentFacts.All.Keys.Except(facts),
            }
        );
    }

    /// <summary>From open to recovered, step by step.</summary>
    internal static async Task Recover(Company company, string reference = "INC-1")
    {
        foreach (var step in new[] { "contained", "eradicated", "recovered" })
            await Advance(company, step, null, reference);
    }

    internal static async Task<InputInvalid> Invalid(Func<Task> act) => await Assert.ThrowsAsync<InputInvalid>(act);

    internal static Task<object> Advance(Company company, string to, string? at, string reference = "INC-1") =>
        company.Do(
            "incidents.advance",
            at is null
                ? new
                {
                    @ref = reference,
                    to,
                    how = "Done and looked at",
                }
                : new
                {
                    @ref = reference,
                    to,
                    how = "Done and looked at",
                    at,
                }
        );

    internal static async Task<Reviewed> Review(
        Company company,
        string reference = "INC-1",
        string cause = "exposed-secret",
        string nonconformity = "Secrets are not kept as the policy says",
        bool separate = false,
        bool major = false
    )
    {
        var input = new
        {
            @ref = reference,
            attendees = new[] { "PER-1" },
            story = "A token of the registry stood in a notebook that was shared with a partner.",
            whys = new[]
            {
                "Because notebooks may hold tokens",
                "Because nobody owned the list of places where tokens are",
            },
            cause,
            worked = "The scanner told within minutes.",
            lessons = new[]
            {
                new
                {
                    title = "Keys live an hour",
                    text = "Tokens for notebooks are made for an hour by the platform.",
                },
            },
            risks = new[] { "RISK-1" },
            nonconformity,
            separate,
            major,
        };
        return (Reviewed)await company.Do("incidents.review", input);
    }

    private static async Task<NonconformityView> Nonconformity(Company company, string reference) =>
        (NonconformityView)await company.Do("nonconformities.get", new { @ref = reference });

    internal static async Task<DutyView> Duty(Company company, string reference) =>
        (DutyView)await company.Do("duties.get", new { @ref = reference });

    internal static async Task<IReadOnlyList<string>> Purposes(Company company) =>
        [.. (await Tasks(company)).Where(t => t.SubjectRef == "INC-1").Select(t => t.Purpose)];
}
