using System.Text;
using Moat.Isms.Audits;
using Moat.Isms.Kernel;
using Moat.Isms.Risks;
using Moat.Isms.Tables;

namespace Moat.Tests;

/// <summary>
/// What a register says about the treatment of its risks and about half of a rating is read, or named, and never turned
/// into something else.
/// </summary>
public sealed class RiskTreatmentTableTests
{
    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory]
    [InlineData("Undecided", TreatmentOption.Undecided)]
    [InlineData("Open", TreatmentOption.Undecided)]
    [InlineData("", TreatmentOption.Undecided)]
    [InlineData("n/a", TreatmentOption.Undecided)]
    [InlineData("Retain", TreatmentOption.Retain)]
    [InlineData("accept", TreatmentOption.Retain)]
    [InlineData("Risk acceptance", TreatmentOption.Retain)]
    [InlineData("Accept (retain)", TreatmentOption.Retain)]
    [InlineData("Avoid", TreatmentOption.Avoid)]
    [InlineData("Share", TreatmentOption.Share)]
    [InlineData("TRANSFER", TreatmentOption.Share)]
    [InlineData("Transfer the risk", TreatmentOption.Share)]
    [InlineData("Modify", TreatmentOption.Modify)]
    [InlineData("Mitigate / Reduce", TreatmentOption.Modify)]
    [InlineData("Reduce risk", TreatmentOption.Modify)]
    public async Task A_word_of_treatment_sets_the_option(string said, TreatmentOption option)
    {
        await using var company = await Company.Found("sqlite");
        foreach (
            var (header, plan) in new[]
            {
                ("Treatment", ""),
                ("Treatment option", ""),
                ("Risk treatment", "Egress is metered"),
                ("Treatment", "Egress is metered"),
            }
        )
        {
            var title = $"Weights leave by {header} {plan}".Trim();
            Assert.Empty(
                (
                    await Import(
                        company,
                        $"Risk,Likelihood,Impact,{header},Treatment plan\n{title},4,5,{said},{plan}\n"
                    )
                ).Problems
            );
            var risk = await Risk(company, title);
            Assert.Equal(option, risk.Treatment);
            Assert.Equal(
                option == TreatmentOption.Undecided && plan.Length == 0 ? null
                    : plan.Length > 0 ? plan
                    : "Taken over from r.csv, row 2.",
                risk.TreatmentPlan
            );
        }
    }

    [Theory]
    [InlineData("Mitigated?!x")]
    [InlineData("Vermeiden")]
    [InlineData("Not accepted")]
    [InlineData("Accept / avoid")]
    [InlineData("4")]
    public async Task A_word_that_is_not_understood_is_a_problem_of_its_cell(string said)
    {
        await using var company = await Company.Found("sqlite");
        var preview = await Preview(
            company,
            $"Risk,Likelihood,Impact,Treatment\nWeights leave,4,5,Modify\nLogs are lost,2,2,{said}\n"
        );
        var problem = Assert.Single(preview.Problems);
        Assert.Equal("rows[3].option", problem.Field);
        Assert.Contains(said, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Measures_in_a_column_that_is_called_treatment_stay_measures()
    {
        await using var company = await Company.Found("sqlite");
        await Import(
            company,
            "Risk,Likelihood,Impact,Treatment,Controls\nWeights leave,4,5,Encrypt all of the disks by June,MFA is on\n"
        );
        var risk = await Risk(company, "Weights leave");
        Assert.Equal(
            (TreatmentOption.Modify, "Encrypt all of the disks by June\nMFA is on"),
            (risk.Treatment, risk.TreatmentPlan)
        );
        await Import(company, "Risk,Likelihood,Impact,Mitigation\nLogs are lost,4,5,Accept\n");
        Assert.Equal(TreatmentOption.Retain, (await Risk(company, "Logs are lost")).Treatment);
        Assert.Contains(
            "Treatment status",
            (await Preview(company, "Risk,Likelihood,Impact,Treatment status\nWeights leave,4,5,Done\n")).Unmatched
        );
    }

    [Theory]
    [InlineData("Risk,Likelihood,Impact\nWeights leave,4,\n", "only the likelihood")]
    [InlineData("Risk,Likelihood,Impact\nWeights leave,0,5\n", "only the likelihood")]
    [InlineData("Risk,Likelihood,Impact\nWeights leave,4,n/a\n", "only the likelihood")]
    [InlineData("Risk,Likelihood\nWeights leave,4\n", "only the likelihood")]
    [InlineData(
        "Risk,Likelihood,Impact,Residual likelihood,Residual impact\nWeights leave,4,4,,3\n",
        "only the likelihood"
    )]
    [InlineData(
        "Risk,Inherent likelihood,Inherent impact,Likelihood,Impact\nWeights leave,4,4,3,\n",
        "only the likelihood"
    )]
    [InlineData("Risk,Residual likelihood,Residual impact\nWeights leave,4,4\n", "only the risk that remains")]
    [InlineData("Risk,Likelihood,Impact,Treatment\nWeights leave,,,Avoid\n", "measures")]
    public async Task What_of_a_rating_is_not_entered_is_named(string table, string says)
    {
        await using var company = await Company.Found("sqlite");
        Assert.Contains((await Preview(company, table)).Remarks, r => r.Contains(says, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_risk_that_nobody_rated_needs_no_remark()
    {
        await using var company = await Company.Found("sqlite");
        Assert.Empty(
            (
                await Preview(
                    company,
                    "Risk,Likelihood,Impact,Treatment\nWeights leave,0,0,Undecided\nLogs are lost,,,\n"
                )
            ).Remarks
        );
    }

    [Theory]
    [InlineData("Due on")]
    [InlineData("Due")]
    [InlineData("Due date")]
    public async Task The_day_of_a_request_is_read_whatever_register_it_comes_from(string header)
    {
        await using var company = await Company.Found("sqlite");
        var file = new GivenFile
        {
            Name = "q.csv",
            Content = Encoding.UTF8.GetBytes($"Request,{header}\nThe access review,2026-04-01\n"),
        };
        var preview = await company.Run<RequestTable, GiveTable, TableResult>(
            p => p.Preview,
            new GiveTable { File = file }
        );
        Assert.Contains("by 2026-04-01", preview.Rows.Single().Detail, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Where_a_record_stood_in_its_own_register_is_kept_or_named(string database)
    {
        await using var company = await Company.Found(database);
        var read = await Import(
            company,
            "Ref,Title,Likelihood,Impact,Standing\nRISK-7,Weights leave,0,0,Proposed\nRISK-8,Logs are lost,2,2,Retired\nRISK-9,Keys are lost,2,2,Adopted\n"
        );
        Assert.Equal(
            (2, "It is retired in the register that the file comes from."),
            (read.New, read.NotTaken.Single().Why)
        );
        Assert.Equal(
            (Standing.Proposed, Standing.Adopted),
            ((await Risk(company, "Weights leave")).Standing, (await Risk(company, "Keys are lost")).Standing)
        );
        var wrong = await Preview(company, "Risk,Likelihood,Impact,Standing\nWeights leave,4,5,Perhaps\n");
        Assert.Equal("rows[2].standing", wrong.Problems.Single().Field);
    }

    private static Task<Risk> Risk(Company company, string title) =>
        company.Read(db => Task.FromResult(db.Set<Risk>().Single(r => r.Title == title)));

    private static Task<TableResult> Import(Company company, string table) =>
        company.Run<RiskTable, GiveTable, TableResult>(p => p.Import, new GiveTable { File = File(table) });

    private static Task<TableResult> Preview(Company company, string table) =>
        company.Run<RiskTable, GiveTable, TableResult>(p => p.Preview, new GiveTable { File = File(table) });

    private static GivenFile File(string table) => new() { Name = "r.csv", Content = Encoding.UTF8.GetBytes(table) };
}
