using System.Text;
using Moat.Isms.Controls.Frameworks;
using Moat.Isms.Kernel;

namespace Moat.Tests;

/// <summary>
/// Frameworks have editions: what stays keeps its answers, what goes is told, and one that nobody needs is removed with
/// a reason.
/// </summary>
public sealed class FrameworkEditionTests
{
    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory, MemberData(nameof(Databases))]
    public async Task A_next_edition_is_shown_first_and_keeps_the_answers_of_what_stays(string database)
    {
        await using var company = await Company.Found(database);
        var added = await Add(company, "urn:x:framework:v1", "1, One", "2, Two", "3, Three");
        var mapping = Encoding.UTF8.GetBytes(
            "urn: urn:x:library:m\nobjects:\n  requirement_mapping_sets:\n  - source_framework_urn: urn:x:framework:v1\n    target_framework_urn: urn:y:framework:iso27001-2022\n"
                + "    requirement_mappings:\n    - {source_requirement_urn: 'urn:x:req:1', target_requirement_urn: 'urn:y:req:a.5.1'}\n    - {source_requirement_urn: 'urn:x:req:3', target_requirement_urn: 'urn:y:req:a.5.2'}\n"
        );
        await company.Do("frameworks.import", new { file = new { name = "m.yaml", content = mapping } });
        var next = new { name = "f.yaml", content = Library("urn:x:framework:v2", "1, One", "2, Second", "4, Four") };

        var shown = (FrameworkChanges)
            await company.Do("frameworks.preview-replace", new { @ref = added.Ref, file = next });
        Assert.Equal(["4 Four"], shown.Added);
        Assert.Equal(["2 Second"], shown.Changed);
        Assert.Equal(["3 Three (answered by A.5.2)"], shown.Gone);
        Assert.Equal(1, shown.Kept);
        Assert.Equal(["1", "2", "3"], (await View(company, added.Ref!)).Rows.Select(r => r.Id));

        await company.Do(
            "frameworks.replace",
            new
            {
                @ref = added.Ref,
                file = next,
                reason = "The second edition is in force.",
            }
        );
        var view = await View(company, added.Ref!);
        Assert.Equal(["1", "2", "4"], view.Rows.Select(r => r.Id));
        Assert.Equal(["A.5.1"], view.Rows[0].Answers.Select(a => a.Code));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_is_removed_is_in_no_list_can_be_read_with_the_reason_and_may_come_again(string database)
    {
        await using var company = await Company.Found(database);
        var added = await Add(company, "urn:x:framework:v1", "1, One");
        await company.Do("frameworks.remove", new { @ref = added.Ref, reason = "The customer went." });
        Assert.DoesNotContain(
            (IReadOnlyList<FrameworkSummary>)await company.Do("frameworks.list", new { }),
            f => f.Id == added.Ref
        );
        var view = await View(company, added.Ref!);
        Assert.True(view.IsRemoved);
        Assert.Contains("The customer went.", view.Reliance, StringComparison.Ordinal);
        await Assert.ThrowsAsync<RuleBroken>(() =>
            company.Do("frameworks.remove", new { @ref = added.Ref, reason = "Once more." })
        );
        var again = await Add(company, "urn:x:framework:v1", "1, One");
        Assert.NotEqual(added.Ref, again.Ref);
    }

    [Fact]
    public async Task An_edition_of_another_framework_and_a_mapping_are_refused()
    {
        await using var company = await Company.Found("sqlite");
        var (one, other) = (
            await Add(company, "urn:x:framework:a", "1, One"),
            await Add(company, "urn:x:framework:b", "1, One")
        );
        var refused = await Assert.ThrowsAsync<RuleBroken>(() =>
            company.Do(
                "frameworks.replace",
                new
                {
                    @ref = one.Ref,
                    file = new { name = "f.yaml", content = Library("urn:x:framework:b", "1, One") },
                    reason = "By mistake.",
                }
            )
        );
        Assert.Contains(other.Ref!, refused.Message, StringComparison.Ordinal);
        var mapping = Encoding.UTF8.GetBytes(
            "objects:\n  requirement_mapping_sets:\n  - {source_framework_urn: a, target_framework_urn: b, requirement_mappings: []}\n"
        );
        Assert.Equal(
            "file",
            (
                await Assert.ThrowsAsync<InputInvalid>(() =>
                    company.Do(
                        "frameworks.preview-replace",
                        new { @ref = one.Ref, file = new { name = "m.yaml", content = mapping } }
                    )
                )
            )
                .Errors[0]
                .Field
        );
    }

    private static async Task<FrameworkView> View(Company company, string reference) =>
        (FrameworkView)await company.Do("frameworks.get", new { @ref = reference });

    private static async Task<FrameworkImported> Add(Company company, string urn, params string[] rows) =>
        (FrameworkImported)
            await company.Do("frameworks.import", new { file = new { name = "f.yaml", content = Library(urn, rows) } });

    private static byte[] Library(string urn, params string[] rows) =>
        Encoding.UTF8.GetBytes(
            $"urn: urn:x:library:l\nprovider: p\nobjects:\n  framework:\n    urn: {urn}\n    name: F\n    requirement_nodes:\n"
                + string.Concat(
                    rows.Select(r => r.Split(", "))
                        .Select(r =>
                            $"    - {{urn: 'urn:x:req:{r[0]}', assessable: true, ref_id: '{r[0]}', name: {r[1]}}}\n"
                        )
                )
        );
}
