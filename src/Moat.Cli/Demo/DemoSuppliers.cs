using Moat.Isms.Kernel;
using Moat.Isms.Suppliers;

namespace Moat.Cli.Demo;

/// <summary>The three suppliers: what they get, what they show and what was seen.</summary>
internal sealed partial class DemoStory
{
    private static readonly string[] HallControls = ["A.7.2", "A.7.11"];

    private async Task<IReadOnlyList<SupplierRow>> AllSuppliers(CancellationToken ct) =>
        ((Page<SupplierRow>)await cast.Do("jonas", "suppliers.list", new { limit = 100 }, ct)).Items;

    private static string ServiceOf(int index) =>
        index switch
        {
            0 => "Model API that words the advice",
            1 => "GPU capacity for training",
            _ => "Annotation of clinical notes, in their own rooms",
        };

    private async Task Suppliers(CancellationToken ct)
    {
        foreach (var (index, supplier) in (await AllSuppliers(ct)).Index())
        {
            await cast.Do(
                "jonas",
                "suppliers.edit",
                new
                {
                    @ref = supplier.Ref,
                    owner = cast.People["carla"],
                    service = ServiceOf(index),
                    gets = index switch
                    {
                        0 => "Prompts without names",
                        1 => "Training data and weights, encrypted",
                        _ => "Notes without names, on our terminals only",
                    },
                    dataClass = index == 1 ? 4 : 3,
                    stopsUs = index < 2,
                    contract = $"Framework contract {2025 + index}-07, three months' notice",
                    contractEndsOn = Date(Days + 200 + 30 * index),
                    dataAgreement = "Signed with the framework contract; zero retention agreed in annex 2",
                    countries = index == 0 ? "Ireland, Germany" : "Germany",
                    trainsOnOurData = "no",
                    exitPlan = "Weights, prompts and data live with us. A second provider is tried each year; the last try took two days.",
                },
                ct
            );
            await cast.Do(
                "jonas",
                "suppliers.add-certificate",
                new
                {
                    @ref = supplier.Ref,
                    title = index == 0 ? "SOC 2 Type II" : "ISO/IEC 27001",
                    issuer = "Accredited body",
                    from = Date(_day - 120),
                    until = Date(Days + 60),
                    scope = "The regions and services that we use",
                    controls = index == 1 ? HallControls : [],
                    exceptions = index == 0
                        ? "One exception on leavers' access, closed in the period; it does not touch our tenant."
                        : null,
                },
                ct
            );
            await cast.Do(
                "jonas",
                "suppliers.assess",
                new
                {
                    @ref = supplier.Ref,
                    judgement = "Report and contract read; retention and training settings checked in the console; nothing open.",
                },
                ct
            );
        }
    }

    private static string SeenAt(string supplier) =>
        supplier switch
        {
            "Labelforge" =>
                "Certificate renewed; five records of each month were annotated again and agreed; two annotators left and their terminals are closed.",
            "Granite GPU Cloud" =>
                "Report renewed without an exception; a wipe report for each of our runs; the second region was tried in summer.",
            "Lumen Model API" =>
                "Report renewed, no exception that concerns us, retention setting seen in the console on the day.",
            _ => $"{supplier}: terms and trust page read, nothing that concerns us changed within the year.",
        };
}
