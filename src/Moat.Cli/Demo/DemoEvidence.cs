using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Moat.Cli.Demo;

/// <summary>The evidence that comes every month.</summary>
internal sealed partial class DemoStory
{
    private static readonly string[] SupplierControls = ["A.5.19", "A.5.22"];

    private async Task MonthlyEvidence(int month, CancellationToken ct)
    {
        var (from, to) = (Date(_day - 30), Date(_day - 1));
        await QuarterlyRecords(month, ct);
        await ReviewOfRights(month, from, to, ct);
        await GateResults(month, from, to, ct);
        if (month % 2 == 0)
            await Evidence(
                "ivo",
                "Restore test of weights and vector store",
                ["A.8.13"],
                from,
                to,
                "restore.txt",
                "Restored 14.2 GB in 38 minutes; checksums equal.\n",
                ct
            );
        if (month % 3 == 0)
            await cast.Do(
                "jonas",
                "evidence.add",
                new
                {
                    title = "Suppliers looked at again: model API, GPU cloud, annotation",
                    controls = SupplierControls,
                    periodFrom = from,
                    periodTo = to,
                    validDays = 120,
                    note = "All three keep their reports current. The model API still offers zero retention; the setting was checked in the console.",
                },
                ct
            );
    }

    private async Task ReviewOfRights(int month, DateOnly from, DateOnly to, CancellationToken ct)
    {
        var review = new StringBuilder("account,repository,right,decision\n");
        foreach (
            var (name, right) in new[]
            {
                ("dana", "write"),
                ("ivo", "admin"),
                ("emil", "write"),
                ("nadia", "write"),
                ($"bot-{month}", "read"),
            }
        )
            review
                .Append(name)
                .Append(",corvid/training,")
                .Append(right)
                .Append(month % 3 == 0 && name == "emil" ? ",reduced to read\n" : ",kept\n");
        await Evidence(
            "ivo",
            $"Access review of the training repository, month {month}",
            ["A.8.4", "A.5.18"],
            from,
            to,
            "access-review.csv",
            review.ToString(),
            ct
        );
    }

    private async Task GateResults(int month, DateOnly from, DateOnly to, CancellationToken ct)
    {
        await Evidence(
            "ivo",
            $"Gate results of all releases, month {month}",
            ["A.8.29", "A.8.28"],
            from,
            to,
            "release-gates.csv",
            string.Create(
                CultureInfo.InvariantCulture,
                $"release,attacks of the injection suite that succeed,membership probe\n1.{month}.0,{(month == 11 ? 1.6m : ReadOff[Injection][month - FirstNumbers])} %,0.52 AUC\n"
            ),
            ct
        );
    }

    private Task<object> Evidence(
        string who,
        string title,
        string[] controls,
        DateOnly from,
        DateOnly to,
        string name,
        string text,
        CancellationToken ct,
        string? form = null
    ) =>
        cast.Do(
            who,
            "evidence.add",
            new JsonObject
            {
                ["as"] = form,
                ["title"] = title,
                ["controls"] = new JsonArray([.. controls.Select(c => (JsonNode)c)]),
                ["periodFrom"] = from.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
                ["periodTo"] = to.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
                ["file"] = new JsonObject
                {
                    ["name"] = name,
                    ["content"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(text)),
                },
            },
            ct
        );

    /// <summary>
    /// The pipeline reports the validation of the month's data; one month it found what should not be trained on.
    /// </summary>
    private async Task MonthlyValidation(int month, CancellationToken ct)
    {
        var failed = month == 8 ? 2 : 0;
        var results = new JsonArray([
            .. Enumerable
                .Range(0, 14)
                .Select(i =>
                    (JsonNode)
                        new JsonObject
                        {
                            ["success"] = i >= failed,
                            ["expectation_config"] = new JsonObject
                            {
                                ["type"] =
                                    i < 2 ? "expect_label_share_to_be_between" : "expect_column_values_to_not_be_null",
                                ["kwargs"] = new JsonObject { ["column"] = i < 2 ? "triage_level" : $"field_{i}" },
                            },
                        }
                ),
        ]);
        var suite = new JsonObject
        {
            ["success"] = failed == 0,
            ["results"] = results,
            ["suite_name"] = "clinical-notes",
            ["statistics"] = new JsonObject
            {
                ["evaluated_expectations"] = 14,
                ["unsuccessful_expectations"] = failed,
                ["success_percent"] = (14 - failed) * 100.0 / 14,
            },
            ["meta"] = new JsonObject { ["data_asset_name"] = "clinical-notes-2025" },
        };
        await cast.Do(
            "ivo",
            "evidence.report",
            new JsonObject
            {
                ["subject"] = "training-pipeline/clinical-notes",
                ["dataset"] = $"clinical-notes-2025@month-{month}",
                ["file"] = new JsonObject
                {
                    ["name"] = "validation.json",
                    ["content"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(suite.ToJsonString())),
                },
            },
            ct
        );
    }
}
