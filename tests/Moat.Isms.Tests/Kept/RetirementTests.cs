using Moat.Isms.Assets;
using Moat.Isms.Kernel;
using Moat.Isms.Retirements;
using Moat.Isms.Risks;
using Moat.Isms.Work;

namespace Moat.Tests;

/// <summary>What does not exist any more leaves the registers with a reason, stays readable, and comes back.</summary>
public sealed class RetirementTests
{
    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory, MemberData(nameof(Databases))]
    public async Task A_retired_risk_leaves_register_tasks_and_counts_and_stays_readable_with_who_and_why(
        string database
    )
    {
        await using var company = await Company.Found(database);
        var (asset, risk) = await AssetAndRisk(company);
        await company.Do(
            "risks.plan-action",
            new
            {
                @ref = risk,
                title = "Encrypt the bucket",
                owner = "PER-1",
                dueOn = "2026-06-01",
            }
        );
        await company.Do(
            "risks.retire",
            new
            {
                @ref = risk,
                ifVersion = await Version(company, risk),
                reason = "The bucket was emptied and deleted.",
            }
        );

        Assert.Empty((await Risks(company)).Items);
        Assert.Equal(risk, Assert.Single((await Risks(company, Standing.Retired)).Items).Ref);
        Assert.Empty(
            (await company.Run<AssetReading, OneRecord, AssetView>(p => p.Get, new OneRecord { Ref = asset })).Risks
        );
        var view = await Get(company, risk);
        Assert.Equal(("Ada Acme", "The bucket was emptied and deleted."), (view.Retired!.By, view.Retired.Because));
        Assert.Equal(asset, Assert.Single(view.Assets).Ref);
        Assert.All(
            await company.Read(db => Task.FromResult(db.Set<WorkItem>().Where(t => t.SubjectRef == risk).ToList())),
            t => Assert.Equal(WorkState.Dropped, t.State)
        );
        Assert.Equal(
            risk,
            Assert
                .Single(
                    await company.Run<RetirementProcess, ListRetirements, IReadOnlyList<RetirementView>>(
                        p => p.List,
                        new ListRetirements()
                    )
                )
                .Ref
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_retired_record_is_not_changed_until_it_is_reopened_with_a_reason(string database)
    {
        await using var company = await Company.Found(database);
        var (_, risk) = await AssetAndRisk(company);
        await company.Do("risks.retire", new { @ref = risk, reason = "Nobody uses the bucket." });
        foreach (
            var (operation, input) in new (string, object)[]
            {
                ("risks.edit", new { @ref = risk, title = "Another title" }),
                (
                    "risks.plan-action",
                    new
                    {
                        @ref = risk,
                        title = "Do something",
                        owner = "PER-1",
                        dueOn = "2026-06-01",
                    }
                ),
                ("risks.retire", new { @ref = risk, reason = "Once more, for luck." }),
            }
        )
            Assert.Equal(
                "record.retired",
                (await Assert.ThrowsAsync<RuleBroken>(() => company.Do(operation, input))).RuleId
            );
        await company.Do("risks.reopen", new { @ref = risk, reason = "The bucket is used again." });
        Assert.Equal(risk, Assert.Single((await Risks(company)).Items).Ref);
        Assert.Null((await Get(company, risk)).Retired);
        var open = await company.Read(db =>
            Task.FromResult(db.Set<WorkItem>().Where(t => t.SubjectRef == risk && t.State == WorkState.Open).ToList())
        );
        Assert.Contains(open, t => t.Purpose == "assess");
        var gone = Assert.Single(
            await company.Run<RetirementProcess, ListRetirements, IReadOnlyList<RetirementView>>(
                p => p.List,
                new ListRetirements { Of = risk }
            )
        );
        Assert.Equal("The bucket is used again.", gone.ReopenedBecause);
        Assert.Equal(
            "record.reopen.retired",
            (
                await Assert.ThrowsAsync<RuleBroken>(() =>
                    company.Do("risks.reopen", new { @ref = risk, reason = "It was never gone." })
                )
            ).RuleId
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_merged_duplicate_gives_its_connections_to_the_one_that_stays(string database)
    {
        await using var company = await Company.Found(database);
        var (asset, risk) = await AssetAndRisk(company);
        var other = await Make(company, "assets.create", new { name = "Bucket of labels", kind = "bucket" });
        var twin = await Make(
            company,
            "risks.create",
            new
            {
                title = "Somebody empties the bucket",
                cause = "The key of the bucket lies in a repository.",
                consequence = "Training stops.",
                harms = new[] { "availability" },
                assets = new[] { other, asset },
            }
        );
        await company.Do(
            "risks.plan-action",
            new
            {
                @ref = twin,
                title = "Rotate the key",
                owner = "PER-1",
                dueOn = "2026-06-01",
            }
        );
        await company.Do(
            "risks.merge",
            new
            {
                @ref = twin,
                into = risk,
                reason = "The same bucket under two names.",
            }
        );

        var kept = await Get(company, risk);
        Assert.Equal([asset, other], kept.Assets.Select(a => a.Ref).Order(StringComparer.Ordinal));
        Assert.Equal("Rotate the key", Assert.Single(kept.Actions).Title);
        Assert.Equal(risk, (await Get(company, twin)).Retired!.MergedInto);
        Assert.Equal("into", (
                await Assert.ThrowsAsync<InputInvalid>(() =>
                    company.Do(
                        "risks.merge",
                        new
                        {
                            @ref = risk,
                            into = risk,
                            reason = "The same as itself.",
                        }
                    )
                )
            ).Errors[0].Field);
        Assert.Equal("into", (
                await Assert.ThrowsAsync<InputInvalid>(() =>
                    company.Do(
                        "risks.merge",
                        new
                        {
                            @ref = risk,
                            into = twin,
                            reason = "The same as a retired one.",
                        }
                    )
                )
            ).Errors[0].Field);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_a_retired_asset_needed_does_not_flow_on(string database)
    {
        await using var company = await Company.Found(database);
        var data = await Make(
            company,
            "assets.create",
            new
            {
                name = "Images of patients",
                kind = "dataset",
                confidentiality = 4,
                integrity = 2,
                availability = 2,
            }
        );
        var model = await Make(
            company,
            "assets.create",
            new
            {
                name = "Triage model",
                kind = "model",
                confidentiality = 2,
                integrity = 2,
                availability = 2,
            }
        );
        await company.Do(
            "assets.relate",
            new
            {
                from = model,
                type = "trained-on",
                to = data,
            }
        );
        Assert.Equal(4, (await Asset(company, model)).NeedsConfidentiality);
        await company.Do("assets.retire", new { @ref = data, reason = "Deleted after the study ended." });
        var after = await Asset(company, model);
        Assert.Equal((2, 0), (after.NeedsConfidentiality, after.Relations.Count));
        await company.Do("assets.reopen", new { @ref = data, reason = "The study goes on." });
        Assert.Equal(4, (await Asset(company, model)).NeedsConfidentiality);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_proposal_is_rejected_and_not_retired_and_a_reason_is_needed(string database)
    {
        await using var company = await Company.Found(database);
        var (_, risk) = await AssetAndRisk(company);
        Assert.Equal(
            "reason",
            (
                await Assert.ThrowsAsync<InputInvalid>(() =>
                    company.Do("risks.retire", new { @ref = risk, reason = "no" })
                )
            )
                .Errors[0]
                .Field
        );
        await Assert.ThrowsAsync<Conflict>(() =>
            company.Do(
                "risks.retire",
                new
                {
                    @ref = risk,
                    ifVersion = 77,
                    reason = "The bucket is gone.",
                }
            )
        );
    }

    private static async Task<(string Asset, string Risk)> AssetAndRisk(Company company)
    {
        var asset = await Make(company, "assets.create", new { name = "Bucket of images", kind = "bucket" });
        return (
            asset,
            await Make(
                company,
                "risks.create",
                new
                {
                    title = "The bucket is emptied",
                    cause = "Everybody may delete from it.",
                    consequence = "Training stops for weeks.",
                    harms = new[] { "availability" },
                    assets = new[] { asset },
                }
            )
        );
    }

    private static async Task<string> Make(Company company, string operation, object input) =>
        ((INamesRecord)await company.Do(operation, input)).Ref;

    private static Task<Page<RiskRow>> Risks(Company company, Standing? standing = null) =>
        company.Run<RiskReading, ListRisks, Page<RiskRow>>(p => p.List, new ListRisks { Standing = standing });

    private static Task<RiskView> Get(Company company, string risk) =>
        company.Run<RiskReading, OneRecord, RiskView>(p => p.Get, new OneRecord { Ref = risk });

    private static Task<AssetView> Asset(Company company, string asset) =>
        company.Run<AssetReading, OneRecord, AssetView>(p => p.Get, new OneRecord { Ref = asset });

    private static async Task<int> Version(Company company, string risk) => (await Get(company, risk)).Version;
}
