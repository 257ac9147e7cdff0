using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.RegularExpressions;
using Moat.Isms;
using Moat.Isms.Kernel;
using Moat.Isms.Processes.Flow;
using Moat.Knowledge;

namespace Moat.Tests;

/// <summary>The shape that keeps the code readable and the product safe.</summary>
public sealed class ShapeTests
{
    [Fact]
    public void The_ISMS_knows_neither_doors_nor_databases()
    {
        var referenced = typeof(MoatIsms).Assembly.GetReferencedAssemblies().Select(a => a.Name!).ToList();
        Assert.DoesNotContain(
            referenced,
            r => r.StartsWith("Moat.", StringComparison.Ordinal) && r != "Moat.Knowledge"
        );
        Assert.DoesNotContain(
            referenced,
            r =>
                r.Contains("AspNetCore", StringComparison.Ordinal)
                || r.Contains("Sqlite", StringComparison.Ordinal)
                || r.Contains("Npgsql", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Pages_and_doors_reach_records_through_operations_only() =>
        Assert.Empty(
            SourceTree
                .Read("src/Moat.Server", ".cs", ".razor")
                .Where(s => Regex.IsMatch(s.Text, @"\bMoatDb\b|\.Set<|SaveChanges"))
                .Select(s => s.Path)
        );

    [Fact]
    public void Only_the_kernel_looks_at_what_an_operation_has_not_saved()
    {
        var merging = SourceTree
            .Read("src/Moat.Isms", ".cs")
            .Where(s => !s.Path.StartsWith("src/Moat.Isms/Kernel/", StringComparison.Ordinal))
            .Where(s => Regex.IsMatch(s.Text, @"ChangeTracker|>\(\)\s*\.Local\b|\bLinks\.Local\b"))
            .Select(s => s.Path)
            .ToList();
        Assert.True(
            merging.Count == 0,
            $"What is stored and what is not saved yet is put together in one place, so that no process forgets what "
                + $"was removed or changed. Ask MoatDb.Flush and then the database, or in a loop MoatDb.AsOfNow: "
                + string.Join(", ", merging)
        );
    }

    /// <summary>
    /// What reads on being initialized is drawn before it has read; <c>LoadedComponent</c> is not. The layout guards
    /// itself.
    /// </summary>
    [Fact]
    public void No_page_is_drawn_before_it_has_what_it_shows() =>
        Assert.Empty(
            SourceTree
                .Read("src/Moat.Server", ".cs", ".razor")
                .Where(s =>
                    Regex.IsMatch(s.Text, @"\bOn(Initialized|ParametersSet)Async\b")
                    && !s.Path.EndsWith("MainLayout.razor", StringComparison.Ordinal)
                )
                .Select(s => s.Path)
        );

    [Fact]
    public void No_page_carries_styles_or_scripts_that_the_policy_would_block() =>
        Assert.Empty(
            SourceTree
                .Read("src/Moat.Server", ".razor")
                .Where(s =>
                    Regex.IsMatch(
                        s.Text,
                        "<script>|<style|\\sstyle=\"|\\son(click|change|load)=\"",
                        RegexOptions.IgnoreCase
                    )
                )
                .Select(s => s.Path)
        );

    [Fact]
    public void Every_text_that_an_operation_takes_has_a_limit()
    {
        var inputs = OperationCatalog.Whole.All.Select(o => o.InputType).Distinct();
        var open =
            from input in inputs
            from property in input.GetProperties()
            where property.PropertyType == typeof(string)
            where
                property.GetCustomAttribute<MaxLengthAttribute>() is null
                && property.GetCustomAttribute<RegularExpressionAttribute>() is null
                && property.GetCustomAttribute<EmailAddressAttribute>() is null
            select $"{input.Name}.{property.Name}";
        Assert.Empty(open);
    }

    [Fact]
    public void Every_list_that_an_operation_takes_has_a_limit()
    {
        var inputs = OperationCatalog.Whole.All.Select(o => o.InputType).Distinct();
        Assert.Empty(
            from input in inputs
            from property in input.GetProperties()
            where
                property.PropertyType == typeof(List<string>)
                && property.GetCustomAttribute<MaxLengthAttribute>() is null
            select $"{input.Name}.{property.Name}"
        );
    }

    [Fact]
    public void Every_operation_says_what_it_does_in_a_sentence() =>
        Assert.All(
            OperationCatalog.Whole.All,
            o => Assert.True(o.Summary.Length > 10 && char.IsUpper(o.Summary[0]) && o.Summary[^1] != '.', o.Name)
        );

    [Fact]
    public void Migrations_of_both_databases_make_every_table_and_guard_it_by_tenant()
    {
        var sqlite = string.Concat(SourceTree.Read("src/Moat.Storage/Sqlite/Migrations", ".sql").Select(s => s.Text));
        var postgres = string.Concat(
            SourceTree.Read("src/Moat.Storage/Postgres/Migrations", ".sql").Select(s => s.Text)
        );
        var first = SourceTree
            .Read("src/Moat.Storage/Postgres/Migrations", ".sql")
            .Single(s => s.Path.EndsWith("0001_foundation.sql", StringComparison.Ordinal))
            .Text;
        Assert.Contains("FORCE ROW LEVEL SECURITY", first, StringComparison.Ordinal);
        var tables = RecordKind.All.Values.Select(k =>
            Regex.Replace(k.Type.Name, "(?<=[a-z])([A-Z])", "_$1").ToLowerInvariant()
        );
        foreach (var table in tables)
        {
            Assert.Matches($"CREATE TABLE \"{table}\"", sqlite);
            Assert.Matches($"CREATE TABLE \"?{table}\"?", postgres);
            // The first migration puts the wall around every table that it makes, in a loop; each later one around its
            // own.
            if (!Regex.IsMatch(first, $"CREATE TABLE \"?{table}\"?"))
                Assert.Matches($"ALTER TABLE \"?{table}\"? FORCE ROW LEVEL SECURITY", postgres);
        }
    }

    [Fact]
    public void Kinds_of_records_show_clauses_that_exist_and_no_clause_is_shown_by_none()
    {
        var clauses = KnowledgeBase.Shipped.Clauses.Where(c => !c.Heading).Select(c => c.Id).ToHashSet();
        var shown = RecordKind
            .All.Values.SelectMany(k => k.Declared.Shows.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(s => s.Split('/')[0])
            .ToHashSet();
        Assert.Empty(shown.Except(clauses));
        // The policy of 5.2 is a document like others, which its own page shows.
        Assert.Equal(["5.2"], clauses.Except(shown));
    }

    [Fact]
    public void The_content_is_whole()
    {
        var knowledge = KnowledgeBase.Shipped;
        Assert.Equal(93, knowledge.ControlById.Count);
        Assert.True(knowledge.Threats.Count(t => t.Family == "ai") >= 50);
        Assert.True(knowledge.Threats.Count(t => t.Family == "general") >= 30);
        Assert.True(knowledge.Processes.Count >= 18 && knowledge.Processes.Sum(p => p.Interactions.Count) >= 40);
        Assert.True(
            knowledge.Roles.Count >= 12
                && knowledge.Objectives.Count >= 15
                && knowledge.Courses.Count >= 10
                && knowledge.Mappings.Count >= 5
        );
        Assert.True(knowledge.Playbooks.Count >= 14 && knowledge.Duties.Count >= 8);
        Assert.All(knowledge.Courses, c => Assert.True(c.Questions.Count >= 12 && c.Lessons.Count >= 3, c.Id));
        Assert.All(
            knowledge.Controls,
            c => Assert.True(c.NoThreat is not null || knowledge.Threats.Any(t => t.Controls.All.Contains(c.Id)), c.Id)
        );
        Assert.All(knowledge.ControlById.Values, c => Assert.True(c.Html.Length > 800, c.Id));
        // Each threat's controls and each control's relatives exist.
        Assert.All(
            knowledge
                .Threats.SelectMany(t => t.Controls.All)
                .Concat(knowledge.ControlById.Values.SelectMany(c => c.Related))
                .Distinct(),
            c => Assert.True(knowledge.ControlById.ContainsKey(c), c)
        );
    }

    [Fact]
    public void What_proves_an_interaction_is_a_link_between_kinds_a_field_that_names_the_other_or_an_operation()
    {
        var operations = OperationCatalog.Whole.All.Select(o => $"journal:{o.Name}").ToHashSet();
        bool IsLink(string proof) =>
            proof.Split(' ') is [var from, var type, var to]
            && RecordKind.All.ContainsKey(from)
            && RecordKind.All.ContainsKey(to)
            && LinkTypes.All.Contains(type);
        Assert.DoesNotContain(
            KnowledgeBase.Shipped.Processes.SelectMany(p => p.Interactions).SelectMany(i => i.ProvenBy),
            proof => !operations.Contains(proof) && !IsLink(proof) && !FieldProof.All.ContainsKey(proof)
        );
        Assert.All(
            FieldProof.All.Keys,
            field =>
                Assert.Contains(
                    KnowledgeBase.Shipped.Processes.SelectMany(p => p.Interactions),
                    i => i.ProvenBy.Contains(field)
                )
        );
    }

    [Fact]
    public void No_interaction_rests_on_any_edit_of_a_record_and_each_says_what_makes_it_flow()
    {
        var interactions = KnowledgeBase.Shipped.Processes.SelectMany(p => p.Interactions).ToList();
        Assert.DoesNotContain(
            interactions.SelectMany(i => i.ProvenBy),
            p => p.StartsWith("journal:", StringComparison.Ordinal) && p.EndsWith(".edit", StringComparison.Ordinal)
        );
        Assert.All(interactions, i => Assert.Matches("^[a-z].*[^.]$", i.FlowsWhen));
    }

    [Fact]
    public void Every_break_is_seen_by_a_test_both_broken_and_whole()
    {
        var tests = string.Concat(
            SourceTree
                .Read("tests/Moat.Isms.Tests/Processes", ".cs")
                .Where(s => s.Path.EndsWith("BreakTests.cs", StringComparison.Ordinal))
                .Select(s => s.Text)
        );
        bool Seen(string how, string rule) => Regex.IsMatch(tests, $@"\b{how}\(\s*company,[^;]*""{rule}""");
        Assert.Empty(
            FlowRules.All.Select(r => r.Id).Where(r => !Seen("(Missing|Found)", r)).Select(r => $"{r} never broken")
        );
        Assert.Empty(FlowRules.All.Select(r => r.Id).Where(r => !Seen("Whole", r)).Select(r => $"{r} never whole"));
    }

    [Fact]
    public void What_runs_a_process_is_a_process_noun_or_an_operation()
    {
        var catalog = OperationCatalog.Whole;
        Assert.DoesNotContain(
            KnowledgeBase.Shipped.Processes.SelectMany(p => p.Runs),
            r => catalog.Find(r) is null && catalog.Processes.All(p => p.Name != r)
        );
    }

    [Fact]
    public void No_file_names_a_place_on_somebodys_machine() =>
        Assert.Empty(
            SourceTree
                .Read("src", ".cs", ".razor", ".css", ".js", ".md", ".yaml", ".sql")
                .Concat(SourceTree.Read("tests", ".cs"))
                .Where(s =>
                    Regex.IsMatch(s.Text, @"[""' ]/(work|home|root)/[a-z]")
                    && !s.Path.EndsWith("ShapeTests.cs", StringComparison.Ordinal)
                )
                .Select(s => s.Path)
        );
}
