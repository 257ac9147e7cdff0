using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Moat.Knowledge;
using Moat.Knowledge.Documents;

namespace Moat.Tests;

/// <summary>Texts that a board signs read as English, and a filled template shows none of its machinery.</summary>
public sealed class ContentWordsTests
{
    /// <summary>Wordings that once stood in the content and that no native reader would write.</summary>
    private static readonly string[] Odd =
    [
        @"\brings?\b",
        @"\bsevere holes?\b",
        @"\ba(n open)? hole (is|in|of)\b",
        @"\ban own\b",
        @"\btoo dear\b",
        @"\bdear(er|est)\b",
        @"\bmend(s|ed|ing)?\b",
        @"\boftener\b",
        @"\bthrice\b",
        @"\bmay stand\b",
        @"\bhangs? (on|together)\b",
        @"\b(machine|key|mirror|people|nobody)s? of ours\b",
        @"\bleaves the set never\b",
        @"\blines are (not )?bent\b",
        @"\bhas no value\b",
        @"\bcontract on hours\b",
        @"\bnobody of\b",
        @"\bdeclass\w*\b",
        @"\bclasses it\b",
        @"\bburnt\b",
        @"\b(how|How|where|that|if) one sees\b",
        @"\blies? beside\b",
        @"\bstands? beside\b",
        @"\bthe audited\b",
        @"\bin the corridor and\b",
        @"\bwritten by five\b",
        @"\b(they )?serve on\b.*updates",
        @"\bnobody outside notices\b",
        @"\bone thinks\b",
        @"\*\*[0-9]+[a-z]\.\*\*",
    ];

    public static TheoryData<string> Folders => ["annex-a/", "checks/", "threats/", "documents/"];

    [Theory]
    [MemberData(nameof(Folders))]
    public void No_text_says_what_nobody_would_say(string folder)
    {
        var odd = Texts(folder)
            .SelectMany(t =>
                Odd.SelectMany(o => Regex.Matches(t.Text, o).Select(m => $"{t.Path}: {Around(t.Text, m)}"))
            )
            .ToList();
        Assert.True(odd.Count == 0, string.Join('\n', odd));
    }

    [Theory]
    [InlineData(true, 60)]
    [InlineData(true, 400)]
    [InlineData(false, 8)]
    public void A_filled_template_shows_no_field_no_block_and_no_hole(bool everything, int people)
    {
        var knowledge = KnowledgeBase.Shipped;
        var flags = everything ? Flags.All : new HashSet<string>();
        var fields = new DocumentFields(
            flags,
            people,
            id => knowledge.RoleById[id].Title,
            code => everything && knowledge.ControlById.ContainsKey(code)
        );
        foreach (var template in knowledge.Documents)
            for (
                var option = 0;
                option < template.Decisions.Select(d => d.Options.Count).DefaultIfEmpty(1).Max();
                option++
            )
            {
                var decided = template.Decisions.ToDictionary(
                    d => d.Id,
                    d => d.Options[Math.Min(option, d.Options.Count - 1)].Text
                );
                Whole(template.Id, DocumentEngine.Fill(template.Body, decided, fields));
            }
    }

    private static void Whole(string template, string text)
    {
        Assert.False(
            text.Contains("{{", StringComparison.Ordinal) || text.Contains("}}", StringComparison.Ordinal),
            $"{template} shows a field."
        );
        Assert.DoesNotContain(DocumentEngine.OpenPoints(text), o => o.StartsWith("decide:", StringComparison.Ordinal));
        var numbers = Regex
            .Matches(text, @"(?m)^\*\*([0-9]+)\.")
            .Select(m => int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture))
            .ToList();
        Assert.True(
            numbers.SequenceEqual(numbers.Distinct().Order()),
            $"{template} numbers its rules {string.Join(", ", numbers)}."
        );
    }

    [Fact]
    public void Only_what_a_clause_itself_demands_is_called_required_and_records_are_called_records()
    {
        var required = KnowledgeBase
            .Shipped.Documents.SelectMany(d => d.RequiredBy.Select(c => $"{c} {d.Id}"))
            .Order(StringComparer.Ordinal);
        Assert.Equal(
            [
                "4.3 isms-scope",
                "5.2 information-security-policy",
                "6.1.2 risk-methodology",
                "6.1.3 risk-methodology",
                "6.1.3 risk-treatment-plan",
                "6.1.3 statement-of-applicability",
                "6.2 security-objectives",
                "8.2 risk-assessment-report",
                "8.3 risk-treatment-plan",
                "9.2.2 internal-audit-programme",
            ],
            required
        );
        var records = KnowledgeBase
            .Shipped.Documents.SelectMany(d => d.RecordsFor.Select(c => $"{c} {d.Id}"))
            .Order(StringComparer.Ordinal);
        Assert.Equal(
            [
                "10.2 nonconformity-and-corrective-action",
                "7.2 competence-and-awareness",
                "8.1 operational-planning-and-change",
                "9.1 monitoring-and-measurement",
                "9.2.2 internal-audit-procedure",
                "9.3.3 management-review-agenda",
            ],
            records
        );
    }

    [Theory]
    [InlineData("A.7.11")]
    [InlineData("A.7.12")]
    [InlineData("A.7.13")]
    [InlineData("A.8.18")]
    [InlineData("A.8.30")]
    [InlineData("A.8.33")]
    [InlineData("A.8.34")]
    public void A_control_that_needs_rules_has_a_text_that_names_it(string control) =>
        Assert.Contains(KnowledgeBase.Shipped.Documents, d => d.Controls.Contains(control));

    private static string Around(string text, Match match) =>
        text[Math.Max(0, match.Index - 30)..Math.Min(text.Length, match.Index + match.Length + 30)]
            .ReplaceLineEndings(" ");

    private static IEnumerable<(string Path, string Text)> Texts(string folder)
    {
        var assembly = typeof(KnowledgeBase).Assembly;
        foreach (
            var name in assembly
                .GetManifestResourceNames()
                .Where(n => n.Replace('\\', '/').StartsWith($"content/{folder}", StringComparison.Ordinal))
        )
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
            yield return (name["content/".Length..], reader.ReadToEnd());
        }
    }
}
