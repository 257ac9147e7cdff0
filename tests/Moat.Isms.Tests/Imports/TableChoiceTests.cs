using System.Text;
using Moat.Isms.Assets;
using Moat.Isms.Kernel;
using Moat.Isms.Tables;

namespace Moat.Tests;

/// <summary>What a person chose of a table is taken, or refused; it is never guessed instead.</summary>
public sealed class TableChoiceTests
{
    private const string Assets = "Name,Type,#,Other\nWeights,saas,Vault,model\n";

    [Theory]
    [InlineData("kind", "Othr")]
    [InlineData("kind", "")]
    [InlineData("name", "Asset")]
    public async Task A_column_that_is_not_there_is_refused_with_the_headers_that_are(string field, string header)
    {
        await using var company = await Company.Found("sqlite");
        var refused = await Assert.ThrowsAsync<InputInvalid>(() =>
            Preview(
                company,
                new()
                {
                    File = File(Assets),
                    Columns = new() { [field] = header },
                }
            )
        );
        Assert.Equal(
            ($"columns.{field}", $"Row 1 of 'a' has no header '{header}'. One of: Name, Type, #, Other."),
            (refused.Errors.Single().Field, refused.Errors.Single().Message)
        );
    }

    [Fact]
    public async Task A_column_that_is_there_is_taken_even_when_its_header_is_a_sign()
    {
        await using var company = await Company.Found("sqlite");
        var preview = await Preview(
            company,
            new()
            {
                File = File(Assets),
                Columns = new() { ["kind"] = "other", ["location"] = "#" },
            }
        );
        Assert.Equal(["Other", "#"], preview.Columns.Where(c => c.Field is "kind" or "location").Select(c => c.Header));
        Assert.StartsWith("Model", preview.Rows.Single().Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sheet_or_a_row_that_is_not_there_is_refused_by_its_name()
    {
        await using var company = await Company.Found("sqlite");
        var sheet = await Assert.ThrowsAsync<InputInvalid>(() =>
            Preview(company, new() { File = File(Assets), Sheet = "Othr" })
        );
        Assert.Equal("sheet", sheet.Errors.Single().Field);
        var row = await Assert.ThrowsAsync<InputInvalid>(() =>
            Preview(company, new() { File = File(Assets), HeaderRow = 7 })
        );
        Assert.Equal("headerRow", row.Errors.Single().Field);
    }

    private static Task<TableResult> Preview(Company company, GiveTable input) =>
        company.Run<AssetTable, GiveTable, TableResult>(p => p.Preview, input);

    private static GivenFile File(string text) => new() { Name = "a.csv", Content = Encoding.UTF8.GetBytes(text) };
}
