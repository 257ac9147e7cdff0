using System.Text;
using Moat.Isms.Evidence;
using Moat.Isms.Kernel;

namespace Moat.Tests;

/// <summary>
/// One piece of evidence: what it shows, how it begins, and that it can show more without being changed.
/// </summary>
public sealed class EvidenceItemTests
{
    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory, MemberData(nameof(Databases))]
    public async Task A_piece_serves_further_requirements_and_stays_what_it_was(string database)
    {
        await using var company = await RuleTests.Drafted(database);
        await Add(company, "restore.log", "restored 412 GB of weights in 38 minutes");
        var before = await Get(company);
        Assert.Equal("restored 412 GB of weights in 38 minutes", before.Preview);
        Assert.Equal(["A.8.13"], before.Controls.Select(c => c.Ref));

        await Serve(
            company,
            new ServeEvidence
            {
                Ref = "EVD-1",
                Controls = ["A.5.30", "A.8.13"],
                Clauses = ["9.1"],
            }
        );
        var after = await Get(company);
        Assert.Equal(["A.5.30", "A.8.13"], after.Controls.Select(c => c.Ref));
        Assert.Equal((before.Row.Sha256, "9.1"), (after.Row.Sha256, string.Join(' ', after.Row.Clauses)));
        Assert.Equal(
            ["A.5.30", "A.8.13"],
            (await company.Run<EvidenceProcess, ListEvidence, Page<EvidenceRow>>(p => p.List, new ListEvidence()))
                .Items.Single()
                .Controls
        );
    }

    [Fact]
    public async Task What_serves_nothing_unknown_or_is_withdrawn_is_refused()
    {
        await using var company = await RuleTests.Drafted("sqlite");
        await Add(company, "restore.log", "restored");
        Assert.Equal(
            "controls",
            (await Assert.ThrowsAsync<InputInvalid>(() => Serve(company, new ServeEvidence { Ref = "EVD-1" })))
                .Errors[0]
                .Field
        );
        Assert.Equal(
            "controls",
            (
                await Assert.ThrowsAsync<InputInvalid>(() =>
                    Serve(company, new ServeEvidence { Ref = "EVD-1", Controls = ["A.9.99"] })
                )
            )
                .Errors[0]
                .Field
        );
        Assert.Equal(
            "clauses",
            (
                await Assert.ThrowsAsync<InputInvalid>(() =>
                    Serve(company, new ServeEvidence { Ref = "EVD-1", Clauses = ["11"] })
                )
            )
                .Errors[0]
                .Field
        );
        await company.Run<EvidenceProcess, WithdrawEvidence, Done>(
            p => p.Withdraw,
            new WithdrawEvidence { Ref = "EVD-1", Reason = "It was the wrong bucket." }
        );
        Assert.Equal(
            "evidence.serve.withdrawn",
            (
                await Assert.ThrowsAsync<RuleBroken>(() =>
                    Serve(company, new ServeEvidence { Ref = "EVD-1", Clauses = ["9.1"] })
                )
            ).RuleId
        );
    }

    [Fact]
    public async Task Of_a_picture_and_of_a_large_file_only_the_description_is_shown()
    {
        await using var company = await RuleTests.Drafted("sqlite");
        await Add(company, "screen.png", "\u0089PNG\0\0");
        Assert.Null((await Get(company)).Preview);
        await Add(company, "long.log", new string('x', 9000));
        Assert.EndsWith("\n…", (await Get(company, "EVD-2")).Preview, StringComparison.Ordinal);
    }

    private static Task<Done> Add(Company company, string name, string content)
    {
        var day = DateOnly.FromDateTime(company.Clock.GetUtcNow().UtcDateTime);
        return company.Run<EvidenceProcess, AddEvidence, Done>(
            p => p.Add,
            new AddEvidence
            {
                Title = "Restore test",
                Controls = ["A.8.13"],
                PeriodFrom = day,
                PeriodTo = day,
                File = new GivenFile { Name = name, Content = Encoding.UTF8.GetBytes(content) },
            }
        );
    }

    private static Task<EvidenceView> Get(Company company, string reference = "EVD-1") =>
        company.Run<EvidenceProcess, OneRecord, EvidenceView>(p => p.Get, new OneRecord { Ref = reference });

    private static Task<Done> Serve(Company company, ServeEvidence input) =>
        company.Run<EvidenceProcess, ServeEvidence, Done>(p => p.Serve, input);
}
