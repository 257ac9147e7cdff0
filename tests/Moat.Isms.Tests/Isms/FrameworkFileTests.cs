using Moat.Isms.Controls.Frameworks;
using Moat.Isms.Kernel;

namespace Moat.Tests;

/// <summary>
/// Catalogs and libraries as their formats have them: statements in parts, parameters, numbers that begin anew, words
/// that stand for nothing.
/// </summary>
public sealed class FrameworkFileTests
{
    [Fact]
    public async Task The_statement_of_a_control_stands_in_parts_and_names_its_parameters()
    {
        var rows = await Read(
            """
            {"catalog":{"uuid":"5b2f0b6e-53f4-4a52-8b3e-0e7d8c3b6a11","metadata":{"title":"Parts"},"params":[{"id":"top","label":"how often"}],"controls":[
              {"id":"q-1","title":"Review","params":[{"id":"q-1_prm","values":["every month"]}],
               "props":[{"name":"label","class":"zero-padded","value":"Q-01"},{"name":"label","value":"Q-1"}],
               "parts":[{"name":"statement","prose":"The owner:","parts":[
                 {"name":"item","props":[{"name":"label","value":"a."}],"prose":"looks {{ insert: param, q-1_prm }};","parts":[{"name":"item","prose":"and {{ insert: param, top }};"}]},
                 {"name":"item","props":[{"name":"label","value":"b."}],"prose":"asks {{ insert: param, nobody }}."}]},
                 {"name":"guidance","prose":"Not asked for."}]},
              {"id":"q-2","title":"Gone","props":[{"name":"status","value":"withdrawn"}]}]}}
            """
        );
        var row = Assert.Single(rows);
        Assert.Equal(
            ("Q-1", "The owner:\na. looks [every month];\nand [how often];\nb. asks [nobody]."),
            (row.Id, row.Text)
        );
    }

    [Fact]
    public async Task Numbers_may_repeat_where_ids_do_not()
    {
        var rows = await Read(
            """
            {"catalog":{"uuid":"6b2f0b6e-53f4-4a52-8b3e-0e7d8c3b6a12","metadata":{"title":"Chapters"},"controls":[
              {"id":"c1-1","title":"One","props":[{"name":"label","value":"1.1"}]},{"id":"c2-1","title":"Two","props":[{"name":"label","value":"1.1"}]},{"id":"c2-2","title":"Three","props":[{"name":"label","value":"1.2"}]}]}}
            """
        );
        Assert.Equal(["1.1 (c1-1)", "1.1 (c2-1)", "1.2"], rows.Select(r => r.Id));
    }

    [Fact]
    public async Task Words_of_YAML_that_stand_for_nothing_or_for_yes_are_read_as_that()
    {
        await using var company = await Company.Found("sqlite");
        var added = await SupportTests.Import(
            company,
            "f.yaml",
            "urn: urn:x:library:words\nprovider: ~\nobjects:\n  framework:\n    urn: urn:x:framework:words\n    name: Words\n    requirement_nodes:\n"
                + "    - {urn: 'urn:x:1', assessable: True, ref_id: '1', name: null, description: Real text}\n    - {urn: 'urn:x:2', assessable: yes, ref_id: '2', name: Two}\n    - {urn: 'urn:x:3', assessable: true, ref_id: null, name: 'null'}\n"
        );
        var view = (FrameworkView)await company.Do("frameworks.get", new { @ref = added.Ref });
        Assert.Equal([("1", "Real text"), ("2", "Two"), ("3", "null")], view.Rows.Select(r => (r.Id, r.Title)));
        Assert.Equal("not named", view.Summary.Publisher);
    }

    [Theory]
    [InlineData("[", 200_000)]
    [InlineData("{a: ", 50_000)]
    [InlineData("- ", 50_000)]
    public async Task A_file_that_nests_for_ever_is_refused(string opening, int times)
    {
        await using var company = await Company.Found("sqlite");
        var refused = await Assert.ThrowsAsync<InputInvalid>(() =>
            SupportTests.Import(company, "f.yaml", string.Concat(Enumerable.Repeat(opening, times)))
        );
        Assert.Equal("file", refused.Errors[0].Field);
    }

    private static async Task<IReadOnlyList<MappedRow>> Read(string content)
    {
        await using var company = await Company.Found("sqlite");
        var added = await SupportTests.Import(company, "f.yaml", content);
        return ((FrameworkView)await company.Do("frameworks.get", new { @ref = added.Ref })).Rows;
    }
}
