using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Moat.Tests;

/// <summary>What a reader can take in at once: the width of a line, the length of a function and of a file.</summary>
public sealed partial class SizeTests
{
    private const int Widest = 120;
    private const int LongestFunction = 60;
    private const int LongestFile = 300;

    private static readonly List<(string Path, string Text)> Product = [.. SourceTree.Read("src", ".cs")];

    private static readonly List<(string Path, string Text)> Pages = [.. SourceTree.Read("src", ".razor")];

    [Fact]
    public void Files_are_short() =>
        MustBeNone(
            SourceTree
                .Read("src", ".cs", ".razor")
                .Where(s => Lines(s.Text).Length - 1 > LongestFile)
                .Select(s => s.Path)
        );

    [Fact]
    public void Functions_are_short() => MustBeNone(Product.SelectMany(s => LongFunctions(s.Path, s.Text)));

    /// <summary>A sentence for people is not broken, so that it can be searched for; everything else is.</summary>
    [Fact]
    public void Lines_are_no_wider_than_a_page() =>
        MustBeNone(
            from source in Product.Concat(SourceTree.Read("tests", ".cs")).Concat(SourceTree.Read("bench", ".cs"))
            from line in TooWide(source.Text)
            select $"{source.Path}({line.Number}): {line.Text.Trim()}"
        );

    /// <summary>A sentence, which stands in quotation marks in a page, is not broken either.</summary>
    [Fact]
    public void Pages_are_no_wider_than_a_page() =>
        MustBeNone(
            from source in Pages
            from line in Lines(source.Text).Select((text, at) => (Number: at + 1, Text: text))
            where line.Text.Length > Widest && !Regex.IsMatch(line.Text, "\"[^\"]{45,}")
            select $"{source.Path}({line.Number}): {line.Text.Trim()}"
        );

    /// <summary>A row of a table is as many lines as it has cells, so that one can be changed alone.</summary>
    [Fact]
    public void A_line_of_a_page_begins_one_element() =>
        MustBeNone(
            from source in Pages
            from line in Lines(source.Text).Select((text, at) => (Number: at + 1, Text: text))
            where Elements().Count(line.Text) > 1
            select $"{source.Path}({line.Number}): {line.Text.Trim()}"
        );

    [GeneratedRegex(
        @"(?<=^|[\s>{}@])<(?!Guidance Inline|text>|Tick\b)"
            + @"([A-Z]\w*|div|p|table|thead|tbody|tr|th|td|ul|ol|li|dl|dt|dd|section|details|summary|form|fieldset"
            + @"|legend|h[1-6]|nav|header|footer|label|select)(?=[\s>/])"
    )]
    private static partial Regex Elements();

    private static void MustBeNone(IEnumerable<string> wrong)
    {
        var all = wrong.ToList();
        if (all.Count > 0)
            Assert.Fail($"{all.Count}:\n{string.Join('\n', all)}");
    }

    private static string[] Lines(string text) => text.ReplaceLineEndings("\n").Split('\n');

    private static IEnumerable<string> LongFunctions(string path, string text)
    {
        var root = CSharpSyntaxTree.ParseText(text).GetRoot();
        foreach (
            var node in root.DescendantNodes()
                .Where(n =>
                    n is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax
                )
        )
        {
            var span = node.GetLocation().GetLineSpan();
            var lines = span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
            if (lines > LongestFunction)
                yield return $"{path}: {NameOf(node)}";
        }
    }

    private static string NameOf(SyntaxNode node) =>
        node switch
        {
            MethodDeclarationSyntax method => method.Identifier.Text,
            LocalFunctionStatementSyntax function => function.Identifier.Text,
            ConstructorDeclarationSyntax made => made.Identifier.Text,
            _ => node.Kind().ToString(),
        };

    private static IEnumerable<(int Number, string Text)> TooWide(string text)
    {
        var wide = Lines(text)
            .Select((line, at) => (Number: at + 1, Text: line))
            .Where(l => l.Text.Length > Widest)
            .ToList();
        if (wide.Count == 0)
            return [];
        var tree = CSharpSyntaxTree.ParseText(text);
        var sentences = tree.GetRoot().DescendantTokens().Where(IsText).SelectMany(t => Covered(tree, t)).ToHashSet();
        return wide.Where(l =>
            !sentences.Contains(l.Number) && !Regex.IsMatch(l.Text, @"https?://|^\s*#pragma|\w{60,}")
        );
    }

    private static IEnumerable<int> Covered(SyntaxTree tree, SyntaxToken token)
    {
        var span = tree.GetLineSpan(token.Span);
        return Enumerable.Range(
            span.StartLinePosition.Line + 1,
            span.EndLinePosition.Line - span.StartLinePosition.Line + 1
        );
    }

    private static bool IsText(SyntaxToken token) =>
        token.Kind()
            is SyntaxKind.StringLiteralToken
                or SyntaxKind.InterpolatedStringTextToken
                or SyntaxKind.MultiLineRawStringLiteralToken
                or SyntaxKind.SingleLineRawStringLiteralToken
                or SyntaxKind.Utf8StringLiteralToken
                or SyntaxKind.Utf8MultiLineRawStringLiteralToken;
}
