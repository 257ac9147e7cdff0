using System.Text;
using Moat.Isms.Evidence.Collectors;
using Moat.Isms.Kernel;

namespace Moat.Tests;

/// <summary>Bills of materials as a source tells them.</summary>
internal static class SourceBill
{
    /// <summary>Connects SRC-1.</summary>
    public static Task Connect(Company company) =>
        company.Do(
            "collectors.create",
            new
            {
                name = "Build",
                kind = "bom",
                settings = new[] { "url=https://build.acme.test/bom.json" },
                secret = "Bearer b",
            }
        );

    /// <summary>Connects SRC-1, which tells this bill.</summary>
    public static async Task Offer(Company company, string bill)
    {
        await Connect(company);
        await OfferAgain(company, bill);
    }

    /// <summary>SRC-1 tells another bill.</summary>
    public static Task OfferAgain(Company company, string bill) =>
        company.Run<CollectedBills, OfferBill, Tally>(
            p => p.Offer,
            new OfferBill
            {
                Source = "SRC-1",
                File = new GivenFile { Name = "bom.json", Content = Encoding.UTF8.GetBytes(bill) },
            },
            Caller.System(company.Owner.OrganizationId, "acme")
        );
}
