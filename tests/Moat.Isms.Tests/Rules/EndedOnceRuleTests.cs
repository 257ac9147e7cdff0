using Moat.Isms.Kernel;
using Moat.Isms.Objectives;
using static Moat.Tests.BrokenRule;

namespace Moat.Tests;

/// <summary>What ended stays as it was.</summary>
public sealed class EndedOnceRuleTests
{
    [Fact]
    public async Task An_objective_of_the_business_ends_once()
    {
        await using var company = await Company.Found("sqlite");
        var goal = (
            (Done)
                await company.Do(
                    "business-objectives.create",
                    new { title = "Win the hospital contract", whySecurity = "Its tender asks for the certificate." }
                )
        ).Ref;
        var end = new { @ref = goal, outcome = "Won in June." };
        await company.Do("business-objectives.end", end);
        await Broken("business-objectives.end.once", () => company.Do("business-objectives.end", end));
    }

    [Fact]
    public async Task A_number_is_withdrawn_once_and_a_dropped_objective_is_neither_measured_nor_changed()
    {
        await using var company = await RuleTests.Drafted("sqlite");
        var goal = (
            (Done)
                await company.Do(
                    "objectives.create",
                    new
                    {
                        title = "Batches are validated",
                        metric = "Share validated",
                        unit = "%",
                        target = 99,
                        comparator = "at-least",
                        period = "month",
                        measuredBy = "Pipeline",
                        plan = "A gate",
                    }
                )
        ).Ref;
        await company.Do("objectives.measure", new { @ref = goal, value = 98 });
        await company.Do("objectives.measure", new { @ref = goal, value = 97 });
        var history = await company.Run<ObjectiveProcess, OneRecord, ObjectiveHistory>(
            p => p.Get,
            new OneRecord { Ref = goal }
        );
        var withdraw = new
        {
            @ref = goal,
            measurement = history.Measurements[0].Id,
            reason = "Of another set.",
        };
        await company.Do("objectives.withdraw-measurement", withdraw);
        await Broken(
            "objectives.withdraw-measurement.once",
            () => company.Do("objectives.withdraw-measurement", withdraw)
        );

        await company.Do(
            "objectives.evaluate",
            new
            {
                @ref = goal,
                text = "Nobody validates by batch any more.",
                conclusion = "drop",
            }
        );
        await Broken("objectives.dropped", () => company.Do("objectives.measure", new { @ref = goal, value = 96 }));
        await Broken(
            "objectives.dropped",
            () => company.Do("objectives.edit", new { @ref = goal, plan = "Two gates" })
        );
    }

    [Fact]
    public async Task What_others_do_ends_once()
    {
        await using var company = await Company.Found("sqlite");
        var supplier = (
            (Done)
                await company.Do(
                    "suppliers.create",
                    new
                    {
                        name = "Labelwerk",
                        service = "Labels notes",
                        dataClass = 1,
                    }
                )
        ).Ref;
        var labels = (
            (Done)
                await company.Do(
                    "outsourced.create",
                    new
                    {
                        title = "Labelling of notes",
                        kind = "process",
                        supplier,
                        criteria = "Two labellers agree on each record",
                        controlExercised = "Batches are signed and sampled",
                        monitoredBy = "Agreement of each batch",
                        owner = "PER-1",
                    }
                )
        ).Ref;
        var end = new { @ref = labels, reason = "Our own team labels now" };
        await company.Do("outsourced.end", end);
        await Broken("outsourced.end.ended", () => company.Do("outsourced.end", end));
    }

    [Fact]
    public async Task A_check_of_ones_own_is_retired_once()
    {
        await using var company = await RuleTests.Drafted("sqlite");
        var check = (
            (Done)
                await company.Do(
                    "checks.create",
                    new
                    {
                        title = "Demo buckets are gone",
                        resource = "s3.bucket",
                        severity = "medium",
                        controls = new[] { "A.8.10" },
                        reads = new[] { "/name" },
                        schema = """{"properties":{"name":{"not":{"pattern":"^demo"}}}}""",
                        why = "Demo data stay for years.",
                        fix = "Delete it.",
                    }
                )
        ).Ref;
        var retire = new { @ref = check, reason = "There are no demos any more." };
        await company.Do("checks.retire", retire);
        await Broken("checks.retire.once", () => company.Do("checks.retire", retire));
    }

    [Fact]
    public async Task A_removed_framework_is_neither_removed_nor_replaced_and_none_takes_the_file_of_another()
    {
        await using var company = await Company.Found("sqlite");
        var (one, other) = (await Add(company, "a"), await Add(company, "b"));
        await Broken("frameworks.replace.other", () => Replace(company, one, "b"));
        await Replace(company, one, "a");
        var remove = new { @ref = other, reason = "The customer went." };
        await company.Do("frameworks.remove", remove);
        await Broken("frameworks.removed", () => company.Do("frameworks.remove", remove));
        await Broken("frameworks.removed", () => Replace(company, other, "b"));
    }

    private static async Task<string> Add(Company company, string name) =>
        (await SupportTests.Import(company, "f.yaml", Library(name))).Ref!;

    private static Task<object> Replace(Company company, string reference, string name)
    {
        var file = new { name = "f.yaml", content = System.Text.Encoding.UTF8.GetBytes(Library(name)) };
        return company.Do(
            "frameworks.replace",
            new
            {
                @ref = reference,
                file,
                reason = "The next edition.",
            }
        );
    }

    private static string Library(string name) =>
        $"""
            urn: urn:x:library:{name}
            provider: p
            objects:
              framework:
                urn: urn:x:framework:{name}
                name: F
                requirement_nodes:
                - urn: urn:x:req:{name}:1
                  assessable: true
                  ref_id: '1'
                  name: One

            """;
}
