using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Moat.Isms.Kernel;

namespace Moat.Tests;

/// <summary>
/// What takes time is read before an operation takes the organisation's turn, and previews never take it.
/// </summary>
public sealed class ReadBeforeTurnTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    // What is kept as it came and read by nobody.
    private static readonly string[] KeptAsTheyAre = ["evidence.create"];

    private const string Bill =
        """{"bomFormat":"CycloneDX","specVersion":"1.6","components":[{"type":"machine-learning-model","name":"m"}]}""";

    public static TheoryData<string> Databases => [.. Company.Databases];

    [Fact]
    public async Task Every_operation_that_needs_a_file_reads_it_first()
    {
        await using var company = await Company.Found("sqlite");
        var reading = company
            .Catalog.All.Where(o =>
                o.InputType.GetProperty("File") is { } file
                && file.PropertyType == typeof(GivenFile)
                && file.GetCustomAttributes(
                    typeof(System.Runtime.CompilerServices.RequiredMemberAttribute),
                    inherit: true
                ).Length > 0
            )
            .ToList();
        Assert.True(reading.Count > 10, $"{reading.Count} operations need a file");
        Assert.Empty(
            reading
                .Where(o => !o.InputType.IsAssignableTo(typeof(IReadFirst)) && !KeptAsTheyAre.Contains(o.Name))
                .Select(o => o.Name)
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_broken_file_is_refused_and_a_preview_is_answered_while_somebody_else_writes(string database)
    {
        await using var company = await Company.Found(database);
        await using var other = company.Scope(company.Owner);
        var db = other.ServiceProvider.GetRequiredService<MoatDb>();
        await using var turn = await other
            .ServiceProvider.GetRequiredService<ITransactions>()
            .BeginWrite(db, company.Owner.OrganizationId, CancellationToken.None);
        foreach (
            var operation in company.Catalog.All.Where(o =>
                o.ChangesRecords && o.InputType.IsAssignableTo(typeof(IReadFirst)) && o.Permission != Permission.System
            )
        )
        {
            var broken = Given("broken.xlsx", "PK\u0003\u0004 cut");
            object input = operation.OnOneRecord
                ? new
                {
                    @ref = "FW-1",
                    file = broken,
                    reason = "A newer edition",
                }
                : new { file = broken };
            var refused = await Assert.ThrowsAnyAsync<InputInvalid>(() =>
                company.Do(operation.Name, input).WaitAsync(Long)
            );
            Assert.Equal("file", refused.Errors[0].Field);
        }
        await company.Do("assets.preview-bom", new { file = Given("bom.json", Bill) }).WaitAsync(Long);
        await company
            .Do("assets.preview-table", new { file = Given("a.csv", "Asset,Owner\nModel,Ada") })
            .WaitAsync(Long);
        await company
            .Do("risks.preview-table", new { file = Given("r.csv", "Risk,Likelihood,Impact\nTheft,2,2") })
            .WaitAsync(Long);
        await company
            .Do("people.preview-table", new { file = Given("p.csv", "Name,Email\nAda,ada@acme.test") })
            .WaitAsync(Long);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_bill_that_a_source_told_is_fetched_and_read_while_somebody_else_writes(string database)
    {
        await using var company = await Company.Found(database);
        await SourceBill.Offer(company, Bill);
        foreach (var kept in Directory.GetFiles(company.Storage.BlobFolder, "*", SearchOption.AllDirectories))
            File.Delete(kept);
        await using var other = company.Scope(company.Owner);
        var db = other.ServiceProvider.GetRequiredService<MoatDb>();
        await using var turn = await other
            .ServiceProvider.GetRequiredService<ITransactions>()
            .BeginWrite(db, company.Owner.OrganizationId, CancellationToken.None);
        var missing = await Assert.ThrowsAsync<NotFound>(() =>
            company.Do("collectors.import-bill", new { @ref = "SRC-1" }).WaitAsync(Long)
        );
        Assert.Contains("SHA-256", missing.What, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_source_without_a_bill_and_no_source_are_not_found(string database)
    {
        await using var company = await Company.Found(database);
        await SourceBill.Connect(company);
        Assert.Equal(
            "bill of materials of SRC-1",
            (
                await Assert.ThrowsAsync<NotFound>(() => company.Do("collectors.import-bill", new { @ref = "SRC-1" }))
            ).What
        );
        Assert.Equal(
            "SRC-2",
            (
                await Assert.ThrowsAsync<NotFound>(() => company.Do("collectors.import-bill", new { @ref = "SRC-2" }))
            ).What
        );
    }

    [Fact]
    public void No_preview_is_an_operation_that_changes_records()
    {
        var catalog = new OperationCatalog(typeof(IsmsSession).Assembly);
        Assert.Empty(
            catalog
                .All.Where(o => o.ChangesRecords && o.Verb.StartsWith("preview", StringComparison.Ordinal))
                .Select(o => o.Name)
        );
    }

    [Fact]
    public void A_file_is_read_once_by_each_reader()
    {
        var reads = 0;
        var file = new GivenFile { Name = "x", Content = new byte[] { 1 } };
        string Count(GivenFile given) => $"{++reads}";
        Func<GivenFile, string> reader = Count;
        Assert.Equal(("1", "1"), (file.Read(reader), file.Read(reader)));
    }

    private static object Given(string name, string content) => new { name, content = Encoding.UTF8.GetBytes(content) };
}
