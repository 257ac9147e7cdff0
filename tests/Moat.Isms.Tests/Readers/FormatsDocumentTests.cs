using System.Globalization;
using System.Text;
using System.Text.Json;
using Moat.Isms.Kernel.Reading;

namespace Moat.Tests;

/// <summary>What is read of each format is written down, and what is not is named.</summary>
public sealed class FormatsDocumentTests
{
    [Fact]
    public void The_document_lists_what_each_reader_reads()
    {
        var text = new StringBuilder("\n");
        foreach (var (reader, parts) in ReaderLimits.Formats)
            text.Append(
                CultureInfo.InvariantCulture,
                $"**{reader}**: {string.Join(", ", parts.Members.Select(m => $"`{m}`"))}.\n\n"
            );
        WrittenTable.Check(
            "formats.md",
            "<!-- members: written by the test of this list -->\n",
            "<!-- end of members -->",
            text.ToString()
        );
    }

    [Fact]
    public void What_is_not_read_is_named_with_how_often_it_stands_there()
    {
        var parts = new ReadParts(
            "a.b list[].name whole**",
            new Dictionary<string, string> { ["list[].list"] = "list" }
        );
        string? Of(string json)
        {
            using var document = JsonDocument.Parse(json);
            return parts.NotRead(document.RootElement);
        }
        Assert.Null(Of("""{"a":{"b":1},"list":[{"name":"x","list":[{"name":"y"}]}],"whole":{"x":[{"y":1}]}}"""));
        Assert.Equal("1 part of this file is not read: c.", Of("""{"c":{"d":1}}"""));
        Assert.Equal(
            "2 parts of this file are not read: a.c, list[].other (3 times).",
            Of("""{"a":{"c":1},"list":[{"other":1,"list":[{"other":2}]},{"other":3}]}""")
        );
        Assert.EndsWith(
            " and 8 more.",
            Of($"{{{string.Join(',', Enumerable.Range(0, 20).Select(i => $"\"x{i:00}\":1"))}}}"),
            StringComparison.Ordinal
        );
    }
}
