using System.Text;
using Moat.Isms.Communication;
using Moat.Isms.Controls.Frameworks;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Isms.People.Competence;
using Moat.Isms.Suppliers;
using Moat.Isms.Tables;
using Moat.Isms.Work;

namespace Moat.Tests;

/// <summary>People who join and leave, what they can do, suppliers, communication, frameworks as files.</summary>
public sealed class SupportTests
{
    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory, MemberData(nameof(Databases))]
    public async Task Who_leaves_gets_a_checklist_with_the_owners_of_its_steps_and_nothing_is_asked_of_them_any_more(
        string database
    )
    {
        await using var company = await RuleTests.Completed(database);
        var platform = await company.As(Role.ControlOwner, "Pia Platform");
        await company.Do(
            "people.create",
            new
            {
                name = "Leo Leaver",
                email = "leo@acme.test",
                department = "Data",
                manager = await DocumentTests.RefOf(company, platform),
            }
        );
        var roles = (IReadOnlyList<Isms.People.Responsibilities.RoleView>)await company.Do("roles.list", new { });
        await company.Do(
            "roles.assign",
            new
            {
                @ref = roles.Single(r => r.Key == "ml-platform-owner").Ref,
                person = await DocumentTests.RefOf(company, platform),
            }
        );
        var leo = (await People(company)).Single(p => p.Name == "Leo Leaver");
        await Assert.ThrowsAsync<InputInvalid>(() =>
            company.Do("people.checklist", new { @ref = leo.Ref, checklist = "holiday" })
        );
        var opened = (Tally)
            await company.Do(
                "people.checklist",
                new
                {
                    @ref = leo.Ref,
                    checklist = "leaver",
                    on = "2026-03-31",
                }
            );
        Assert.True(opened.Count >= 7);
        Assert.Equal(
            0,
            (
                (Tally)
                    await company.Do(
                        "people.checklist",
                        new
                        {
                            @ref = leo.Ref,
                            checklist = "leaver",
                            on = "2026-03-31",
                        }
                    )
            ).Count
        );
        // Steps of a checklist are planned actions, but none that treats a risk (8.3).
        var ready = await company.Run<
            Isms.Readiness.ReadinessProcess,
            Isms.Readiness.ShowReadiness,
            Isms.Readiness.ReadinessView
        >(p => p.List, new Isms.Readiness.ShowReadiness());
        Assert.Equal(
            "The treatment plan has no action",
            ready
                .Requirements.Single(r => r.Id == "8.3")
                .Rules.Single(r => r.Rule == "treatment-actions-on-time")
                .Because
        );
        var detail = (PersonDetail)await company.Do("people.get", new { @ref = leo.Ref });
        var keys = detail.Steps.Single(s => s.Title.Contains("own keys", StringComparison.Ordinal));
        Assert.Equal(("Pia Platform", new DateOnly(2026, 3, 31)), (keys.Owner, keys.DueOn));
        Assert.Equal(new DateOnly(2026, 3, 31), detail.Person.LeftOn);
        Assert.Contains(await People(company), p => p.Name == "Leo Leaver");
        await company.Do(
            "tasks.complete",
            new { @ref = keys.Ref, outcome = "Hub and tracker tokens revoked; list attached." },
            platform
        );
        Assert.Equal(
            WorkState.Done,
            ((PersonDetail)await company.Do("people.get", new { @ref = leo.Ref }))
                .Steps.Single(s => s.Ref == keys.Ref)
                .State
        );
        company.Clock.Advance(TimeSpan.FromDays(30));
        Assert.DoesNotContain(await People(company), p => p.Name == "Leo Leaver");
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_gap_needs_a_step_and_a_date_and_nobody_judges_themselves(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        await AdoptRoles(company);
        var steward = await company.As(Role.RiskOwner, "Dora Data");
        var roles = (IReadOnlyList<Isms.People.Responsibilities.RoleView>)await company.Do("roles.list", new { });
        await company.Do(
            "roles.assign",
            new
            {
                @ref = roles.Single(r => r.Key == "data-steward").Ref,
                person = await DocumentTests.RefOf(company, steward),
            }
        );
        Assert.True(((Tally)await company.Do("competence.draft", new { })).Count > 10);
        Assert.Equal(0, ((Tally)await company.Do("competence.draft", new { })).Count);
        var need = (await Needs(company)).First(n => n.RoleKey == "data-steward");
        Assert.Equal(("open", "Dora Data"), (need.State, need.Person));
        Assert.Equal("step", (
                await Assert.ThrowsAsync<InputInvalid>(() =>
                    company.Do(
                        "competence.judge",
                        new
                        {
                            @ref = need.Ref,
                            shown = false,
                            ground = "training",
                            what = "Never saw a poisoned set.",
                        }
                    )
                )
            ).Errors[0].Field);
        await company.Do(
            "competence.judge",
            new
            {
                @ref = need.Ref,
                shown = false,
                ground = "training",
                what = "Never saw a poisoned set.",
                step = "Exercise with fifty planted records",
                stepBy = "2026-04-30",
            }
        );
        var gap = (await Needs(company)).First(n => n.Ref == need.Ref);
        Assert.Equal("gap", gap.State);
        await Broken(
            "competence.judge.self",
            () =>
                company.Do(
                    "competence.check",
                    new
                    {
                        @ref = gap.ProofRef,
                        closed = true,
                        how = "I feel sure.",
                    },
                    steward with
                    {
                        Role = Role.IsmsManager,
                    }
                )
        );
        await company.Do(
            "competence.check",
            new
            {
                @ref = gap.ProofRef,
                closed = true,
                how = "Found 47 of 50 in two hours.",
            }
        );
        Assert.Equal("closed", (await Needs(company)).First(n => n.Ref == need.Ref).State);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task People_come_in_as_a_table_once(string database)
    {
        await using var company = await Company.Found(database);
        var csv =
            "Full name;E-mail;Team;Position;Line manager;Start date\nMia Meyer;mia@acme.test;Data;Lead;;2025-01-07\nTom Tan;tom@acme.test;Data;Annotator;mia@acme.test;7.1.2026\nNo Mail;;Data;;;\n";
        var file = new { name = "people.csv", content = Encoding.UTF8.GetBytes(csv) };
        var preview = (TableResult)await company.Do("people.preview-table", new { file });
        Assert.Equal((2, "rows[4].email"), (preview.New, Assert.Single(preview.Problems).Field));
        await Assert.ThrowsAsync<InputInvalid>(() => company.Do("people.import-table", new { file }));
        Assert.Single(await People(company));
        await company.Do("people.import-table", new { file, skipWrong = true });
        var tom = (await People(company)).Single(p => p.Name == "Tom Tan");
        Assert.Equal(("Mia Meyer", new DateOnly(2026, 1, 7), "Data"), (tom.Manager, tom.JoinedOn, tom.Department));
        Assert.Equal(
            (0, 2),
            (
                ((TableResult)await company.Do("people.preview-table", new { file })).New,
                ((TableResult)await company.Do("people.preview-table", new { file })).Known
            )
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_supplier_is_ranked_by_what_it_gets_judged_with_an_exit_plan_and_answers_through_its_link_once(
        string database
    )
    {
        await using var company = await RuleTests.Drafted(database);
        var done = (Done)
            await company.Do(
                "suppliers.create",
                new
                {
                    name = "Gridlane GPU",
                    service = "Training capacity",
                    dataClass = 3,
                    stopsUs = true,
                }
            );
        await Broken(
            "suppliers.assess.exit",
            () =>
                company.Do(
                    "suppliers.assess",
                    new { @ref = done.Ref, judgement = "Their report covers the region we use." }
                )
        );
        await company.Do(
            "suppliers.edit",
            new
            {
                @ref = done.Ref,
                exitPlan = "Weights and data live in our buckets; a second cloud is tried each year, three days.",
                assets = new[] { "AST-1" },
            }
        );
        await company.Do(
            "suppliers.assess",
            new { @ref = done.Ref, judgement = "Their report covers the region we use." }
        );
        var view = (SupplierView)await company.Do("suppliers.get", new { @ref = done.Ref });
        Assert.Equal(
            (SupplierTier.Critical, new DateOnly(2026, 8, 29), "AST-1"),
            (view.Row.Tier, view.Row.NextAssessmentOn, view.Assets.Single().Ref)
        );

        var made = (MadeQuestionnaire)
            await company.Do("suppliers.ask", new { @ref = done.Ref, sentTo = "Security@gridlane.test" });
        var secret = made.Link.Split('/')[^1];
        var outside = Caller.System(company.Owner.OrganizationId, "acme", "supplier-link");
        var asked = (OpenQuestionnaire)await company.Do("suppliers.open-link", new { secret }, outside);
        Assert.Equal("Gridlane GPU", asked.Supplier);
        await Assert.ThrowsAsync<NotFound>(() =>
            company.Do("suppliers.open-link", new { secret = secret + "x" }, outside)
        );
        await Assert.ThrowsAsync<Forbidden>(() => company.Do("suppliers.open-link", new { secret }));
        var answers = asked.Questions.Select(q => $"{q.Id}=No; thirty days = the default").ToList();
        Assert.Equal(asked.Questions.Count - 1, (
                await Assert.ThrowsAsync<InputInvalid>(() =>
                    company.Do(
                        "suppliers.answer-link",
                        new
                        {
                            secret,
                            by = "Gus Grid",
                            answers = answers.Take(1),
                        },
                        outside
                    )
                )
            ).Errors.Count);
        await company.Do(
            "suppliers.answer-link",
            new
            {
                secret,
                by = "Gus Grid",
                answers,
            },
            outside
        );
        await Broken(
            "suppliers.answer.once",
            () =>
                company.Do(
                    "suppliers.answer-link",
                    new
                    {
                        secret,
                        by = "Gus Grid",
                        answers,
                    },
                    outside
                )
        );
        var answered = (
            (SupplierView)await company.Do("suppliers.get", new { @ref = done.Ref })
        ).Questionnaires.Single();
        Assert.All(answered.Questions, q => Assert.Equal("No; thirty days = the default", q.Answer));
        company.Clock.Advance(TimeSpan.FromDays(15));
        await Assert.ThrowsAsync<NotFound>(() => company.Do("suppliers.open-link", new { secret }, outside));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_was_said_is_kept_and_the_next_time_is_planned(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        var plan = (IReadOnlyList<CommunicationView>)await company.Do("communication.list", new { });
        Assert.True(plan.Count >= 8);
        var monthly = plan.First(p => p.EveryDays == 30);
        await Assert.ThrowsAsync<InputInvalid>(() =>
            company.Do(
                "communication.send",
                new
                {
                    @ref = monthly.Ref,
                    what = "Figures of April",
                    on = "2026-05-01",
                }
            )
        );
        await company.Do(
            "communication.send",
            new
            {
                @ref = monthly.Ref,
                what = "Figures of February: two overdue tasks, one high risk.",
                on = "2026-03-01",
            }
        );
        var after = ((IReadOnlyList<CommunicationView>)await company.Do("communication.list", new { })).Single(p =>
            p.Ref == monthly.Ref
        );
        Assert.Equal(
            (Standing.Adopted, new DateOnly(2026, 3, 31), "Ada Acme"),
            (after.Standing, after.NextOn, after.Sent.Single().By)
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_framework_comes_as_an_OSCAL_catalog_or_a_library_and_its_mapping_as_another_file(
        string database
    )
    {
        await using var company = await Company.Found(database);
        const string oscal =
            """{"catalog":{"uuid":"74c8ba1e-5cd4-4ad1-bbfd-d888e2f6c724","metadata":{"title":"House rules","parties":[{"name":"Hospital group"}]},"groups":[{"id":"g","title":"G","controls":[{"id":"h-1","title":"Keep logs","props":[{"name":"label","value":"H.1"}],"parts":[{"name":"statement","prose":"Logs are kept for a year."}]}]}]}}""";
        var added = await Import(company, "rules.json", oscal);
        Assert.Equal(("House rules", 1, 0), (added.What, added.Requirements, added.Mapped));
        await Broken("frameworks.import.once", () => Import(company, "rules.json", oscal));
        const string library =
            "urn: urn:x:library:tiny\nname: Tiny\nprovider: Somebody\nobjects:\n  framework:\n    urn: urn:x:framework:tiny\n    name: Tiny framework\n    requirement_nodes:\n      - urn: urn:x:req_node:tiny:1\n        assessable: false\n        ref_id: '1'\n      - urn: urn:x:req_node:tiny:1.1\n        assessable: true\n        ref_id: '1.1'\n        description: Keep logs\n";
        const string mapping =
            "urn: urn:x:library:map\nname: Map\nobjects:\n  requirement_mapping_sets:\n    - urn: urn:x:set\n      source_framework_urn: urn:x:framework:tiny\n      target_framework_urn: urn:intuitem:risk:framework:iso27001-2022\n      requirement_mappings:\n        - source_requirement_urn: urn:x:req_node:tiny:1.1\n          target_requirement_urn: urn:intuitem:risk:req_node:iso27001-2022:a.8.15\n          relationship: intersect\n";
        await Broken("frameworks.import.missing", () => Import(company, "map.yaml", mapping));
        Assert.Equal(1, (await Import(company, "tiny.yaml", library)).Requirements);
        Assert.Equal(1, (await Import(company, "map.yaml", mapping)).Mapped);
        var view = (FrameworkView)await company.Do("frameworks.get", new { @ref = "FWK-2" });
        Assert.Equal("A.8.15", Assert.Single(Assert.Single(view.Rows).Answers).Code);
        Assert.True(((FrameworkView)await company.Do("frameworks.get", new { @ref = "soc2" })).Rows.Count > 50);
    }

    [Theory]
    [InlineData("{\"profile\":{}}", "no OSCAL catalog")]
    [InlineData("{\"catalog\":{\"uuid\":\"x\",\"metadata\":{\"title\":\"Empty\"}}}", "no requirement")]
    [InlineData("holiday: &a [1]\nmore: *a\n", "aliases")]
    [InlineData("just words", "Neither")]
    [InlineData("objects:\n  risk_matrix: []\n", "neither a framework nor a mapping")]
    [InlineData("a: [", "line")]
    public async Task A_wrong_framework_file_says_what_is_wrong(string content, string says)
    {
        await using var company = await Company.Found("sqlite");
        var refused = await Assert.ThrowsAsync<InputInvalid>(() => Import(company, "x.yaml", content));
        Assert.Contains(says, refused.Errors[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Real_frameworks_import_with_their_mapping()
    {
        await using var company = await Company.Found("sqlite");
        var csf = await Import(
            company,
            "csf.yaml",
            await File.ReadAllTextAsync(Corpus.Of("ciso-assistant/nist-csf-2.0.yaml"))
        );
        Assert.True(csf.Requirements > 100);
        var mapped = await Import(
            company,
            "map.yaml",
            await File.ReadAllTextAsync(Corpus.Of("ciso-assistant/mapping-nist-csf-2.0-to-iso27001-2022.yaml"))
        );
        Assert.True(mapped.Mapped > 90, $"{mapped.Mapped} mapped");
        foreach (
            var catalog in new[]
            {
                "basic-catalog.json",
                "mvsp_v3.0-20231109-catalog.json",
                "iso-27001_2022-catalog.json",
            }
        )
            Assert.True(
                (
                    await Import(company, catalog, await File.ReadAllTextAsync(Corpus.Of($"oscal/examples/{catalog}")))
                ).Requirements > 0
            );
        await Assert.ThrowsAsync<InputInvalid>(async () =>
            await Import(
                company,
                "atlas.yaml",
                await File.ReadAllTextAsync(Corpus.Of("ciso-assistant/mitre-atlas.yaml"))
            )
        );
    }

    internal static async Task<FrameworkImported> Import(Company company, string name, string content) =>
        (FrameworkImported)
            await company.Do(
                "frameworks.import",
                new { file = new { name, content = Encoding.UTF8.GetBytes(content) } }
            );

    private static async Task<IReadOnlyList<PersonView>> People(Company company) =>
        ((Page<PersonView>)await company.Do("people.list", new { limit = 200 })).Items;

    private static async Task<IReadOnlyList<CompetenceView>> Needs(Company company) =>
        (IReadOnlyList<CompetenceView>)await company.Do("competence.list", new { });

    private static async Task AdoptRoles(Company company)
    {
        var list = (Isms.Drafts.DraftList)await company.Do("draft.list", new { of = "roles" });
        await company.Do("draft.adopt", new { refs = list.Items.Select(i => i.Ref) });
    }

    private static async Task Broken(string rule, Func<Task> act) =>
        Assert.Equal(rule, (await Assert.ThrowsAsync<RuleBroken>(act)).RuleId);
}
