using Moat.Isms.Kernel;
using Moat.Isms.Versions;
using static Moat.Tests.VersionCase;

namespace Moat.Tests;

/// <summary>Versions are exact bytes: entered by anybody, let through by a person, withdrawn for a reason.</summary>
public sealed class VersionTests
{
    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory, MemberData(nameof(Databases))]
    public async Task A_version_is_entered_once_and_other_bytes_under_its_name_are_refused(string database)
    {
        await using var company = await Company.Found(database);
        var model = await Asset(company, "acme-weights", "model");
        var pushed = new
        {
            asset = model,
            name = "v3",
            digests = new[]
            {
                $"{Sha("a").ToUpperInvariant()}  model-1.safetensors",
                $"{Sha("b")} *model-2.safetensors",
            },
            bytes = 5_000_000_000_000,
            format = "safetensors",
            run = "https://ci.acme.test/runs/7",
            commit = "9f86d081",
            location = "s3://weights/v3",
        };
        var agent = company.Owner with { Role = Role.Agent, PersonId = null, Name = "Pipeline" };
        var done = (Done)await company.Do("versions.create", pushed, agent);
        var size = await company.Read(db => Task.FromResult(db.Journal.Count()));
        var again = (Done)await company.Do("versions.create", pushed, agent);
        Assert.Equal(
            (done.Ref, done.Version, size),
            (again.Ref, again.Version, await company.Read(db => Task.FromResult(db.Journal.Count())))
        );

        var view = await Get(company, done.Ref);
        Assert.Equal(
            (AssetVersionState.Entered, "Pipeline", 5_000_000_000_000, "https://ci.acme.test/runs/7"),
            (view.Row.State, view.EnteredBy, view.Bytes, view.Run)
        );
        Assert.Equal(
            [(Sha("a"), "model-1.safetensors"), (Sha("b"), "model-2.safetensors")],
            view.Digests.Select(d => (d.Value, d.File))
        );

        foreach (var other in new[] { new[] { Sha("c") }, [Sha("a")], [Sha("a"), Sha("b"), Sha("c")] })
        {
            var refused = await Assert.ThrowsAsync<RuleBroken>(() =>
                company.Do(
                    "versions.create",
                    new
                    {
                        asset = model,
                        name = "v3",
                        digests = other,
                    },
                    agent
                )
            );
            Assert.Equal("versions.create.other-bytes", refused.RuleId);
            Assert.All(
                other.Append("AVER-1").Append(Sha("b")),
                named => Assert.Contains(named, refused.Message, StringComparison.Ordinal)
            );
        }
        var elsewhere = await Asset(company, "acme-weights-eu", "model");
        Assert.Equal(
            "AVER-2",
            (
                (Done)
                    await company.Do(
                        "versions.create",
                        new
                        {
                            asset = elsewhere,
                            name = "v3",
                            digests = new[] { Sha("c") },
                        }
                    )
            ).Ref
        );
    }

    [Theory]
    [InlineData("9f86d081", "is no digest")]
    [InlineData("sha256:9f86d081", "has 64 characters")]
    [InlineData("sha256:zz", "is no digest")]
    [InlineData("crc32:9f86d081", "is not known")]
    public async Task What_is_no_digest_is_refused_and_says_why(string given, string says)
    {
        await using var company = await Company.Found("sqlite");
        var model = await Asset(company, "acme-weights", "model");
        var refused = await Assert.ThrowsAsync<InputInvalid>(() =>
            company.Do(
                "versions.create",
                new
                {
                    asset = model,
                    name = "v1",
                    digests = new[] { Sha("a"), given },
                }
            )
        );
        Assert.Equal("digests[1]", Assert.Single(refused.Errors).Field);
        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Digests_that_can_be_forged_show_nothing_alone_and_only_what_has_bytes_has_versions()
    {
        await using var company = await Company.Found("sqlite");
        var (model, office) = (await Asset(company, "acme-weights", "model"), await Asset(company, "Office", "office"));
        var md5 = $"md5:{new string('a', 32)}";
        var weak = await Assert.ThrowsAsync<RuleBroken>(() =>
            company.Do(
                "versions.create",
                new
                {
                    asset = model,
                    name = "v1",
                    digests = new[] { md5 },
                }
            )
        );
        Assert.Equal("versions.create.weak-digest", weak.RuleId);
        await company.Do(
            "versions.create",
            new
            {
                asset = model,
                name = "v1",
                digests = new[] { md5, Sha("a") },
            }
        );
        await Assert.ThrowsAsync<InputInvalid>(() => Find(company, md5));
        await Assert.ThrowsAsync<InputInvalid>(() =>
            company.Do(
                "versions.create",
                new
                {
                    asset = office,
                    name = "v1",
                    digests = new[] { Sha("a") },
                }
            )
        );
        await Assert.ThrowsAsync<InputInvalid>(() =>
            company.Do(
                "versions.create",
                new
                {
                    asset = model,
                    name = "v2",
                    digests = Array.Empty<string>(),
                }
            )
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_person_releases_it_and_what_is_withdrawn_stays_withdrawn(string database)
    {
        await using var company = await Company.Found(database);
        var data = await Asset(company, "Chat logs", "dataset");
        var version = await Enter(company, data, "2026-03");
        Assert.Equal(
            "versions.release.person",
            (
                await Assert.ThrowsAsync<RuleBroken>(() =>
                    Release(company, version, company.Owner with { PersonId = null })
                )
            ).RuleId
        );
        await Assert.ThrowsAsync<Forbidden>(() => Release(company, version, company.Owner with { Role = Role.Agent }));
        await Release(company, version);
        Assert.Equal(
            "versions.release.released",
            (await Assert.ThrowsAsync<RuleBroken>(() => Release(company, version))).RuleId
        );
        var view = await Get(company, version);
        Assert.Equal(
            (AssetVersionState.Released, "Ada Acme", "The evaluation of these bytes passed with 0.91."),
            (view.Row.State, view.ReleasedBy, view.Checked)
        );

        await Withdraw(company, version);
        Assert.Equal(
            "versions.withdraw.withdrawn",
            (await Assert.ThrowsAsync<RuleBroken>(() => Withdraw(company, version))).RuleId
        );
        Assert.Equal(
            "versions.release.withdrawn",
            (await Assert.ThrowsAsync<RuleBroken>(() => Release(company, version))).RuleId
        );
        view = await Get(company, version);
        Assert.Equal(
            (AssetVersionState.Withdrawn, "Ada Acme", "Ada Acme"),
            (view.Row.State, view.ReleasedBy, view.WithdrawnBy)
        );
        Assert.Contains("trigger", view.WithdrawnBecause!, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Nothing_is_released_that_has_withdrawn_bytes_or_was_made_from_them(string database)
    {
        await using var company = await Company.Found(database);
        var (data, model) = (
            await Asset(company, "Chat logs", "dataset"),
            await Asset(company, "acme-weights", "model")
        );
        var poisoned = await Enter(company, data, "2026-03");
        var tuned = await Enter(company, model, "v1", poisoned);
        var distilled = await Enter(company, model, "v1-small", Sha($"{model} v1"));
        await Withdraw(company, poisoned);
        var refused = await Assert.ThrowsAsync<RuleBroken>(() => Release(company, distilled));
        Assert.Equal("versions.release.made-from-withdrawn", refused.RuleId);
        Assert.Contains($"{poisoned} (Chat logs 2026-03)", refused.Message, StringComparison.Ordinal);
        Assert.Equal(AssetVersionState.Entered, (await Get(company, distilled)).Row.State);
        Assert.Equal(AssetVersionState.Entered, (await Get(company, tuned)).Row.State);

        var renamed = BreakTests.Ref(
            await company.Do(
                "versions.create",
                new
                {
                    asset = data,
                    name = "2026-03-clean",
                    digests = new[] { Sha($"{data} 2026-03") },
                }
            )
        );
        Assert.Equal(
            "versions.release.withdrawn-bytes",
            (await Assert.ThrowsAsync<RuleBroken>(() => Release(company, renamed))).RuleId
        );
        await Release(company, await Enter(company, model, "v2"));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Bytes_are_found_by_their_digest(string database)
    {
        await using var company = await Company.Found(database);
        var model = await Asset(company, "acme-weights", "model");
        await Do("v1", "weights 1", "tokenizer");
        await Do("v2", "weights 2", "tokenizer");
        Assert.Equal(BytesAre.Unknown, (await Find(company, Sha("others"))).Are);
        Assert.Equal(BytesAre.Entered, (await Find(company, Sha("tokenizer"))).Are);
        await Release(company, "AVER-2");
        var found = await Find(company, Sha("tokenizer").ToUpperInvariant());
        Assert.Equal((BytesAre.Released, 2), (found.Are, found.Versions.Count));
        Assert.Equal("These bytes were released with AVER-2 (acme-weights v2).", found.Says);
        Assert.Equal(BytesAre.Entered, (await Find(company, Sha("weights 1"))).Are);
        await Withdraw(company, "AVER-1");
        // What was withdrawn anywhere is not good, unless one asks whether it is part of a version that is.
        Assert.Equal(BytesAre.Withdrawn, (await Find(company, Sha("tokenizer"))).Are);
        Assert.Equal(BytesAre.Released, (await Find(company, Sha("tokenizer"), "AVER-2")).Are);
        Assert.Equal(BytesAre.Unknown, (await Find(company, Sha("weights 1"), "AVER-2")).Are);

        Task<object> Do(string name, params string[] files) =>
            company.Do(
                "versions.create",
                new
                {
                    asset = model,
                    name,
                    digests = files.Select(Sha),
                }
            );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Another_organisation_neither_finds_nor_reads_them(string database)
    {
        await using var company = await Company.Found(database);
        var model = await Asset(company, "acme-weights", "model");
        await Enter(company, model, "v1");
        var rival = await company.NewOwner("rival", "Rita Rival");
        Assert.Equal(
            BytesAre.Unknown,
            ((FoundVersion)await company.Do("versions.find", new { digest = Sha($"{model} v1") }, rival)).Are
        );
        await Assert.ThrowsAsync<NotFound>(() => company.Do("versions.get", new { @ref = "AVER-1" }, rival));
        Assert.Equal(0, ((Page<VersionRow>)await company.Do("versions.list", new { }, rival)).Total);
    }
}
