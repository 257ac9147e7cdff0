using System.Text.RegularExpressions;
using HandlebarsDotNet;

namespace Moat.Knowledge.Documents;

/// <summary>A text that cannot be filled: a wrong field, an open block, or one that grows beyond measure.</summary>
public sealed class DocumentSyntax(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>
/// Fills a document's text from fields. A field that has no value and a decision that nobody took stay visible as open
/// points; they are never replaced by a default.
/// </summary>
public static partial class DocumentEngine
{
    /// <summary>Stands unseen before a role's holder until it is known where the words came to stand.</summary>
    private const string Holder = "\u2063";

    // The engine's own "each" cannot be counted.
    private const string Rows = "rows";
    private const string Budget = "budget";

    /// <summary>Begins the mark of a field without a value.</summary>
    public const string OpenField = "⟦field:";

    /// <summary>Begins the mark of a decision that is open.</summary>
    public const string OpenDecision = "⟦decide:";

    private static readonly System.Collections.Concurrent.ConcurrentDictionary<
        string,
        HandlebarsTemplate<TextWriter, object, object>
    > Compiled = new();

    /// <summary>
    /// The text with its fields filled. Throws <see cref="DocumentSyntax"/> when it is not well formed.
    /// </summary>
    /// <param name="source">Markdown with fields.</param>
    /// <param name="decisions">What was decided, by decision point: the sentence that the document then
    /// contains.</param>
    /// <param name="fields">The fields of the company.</param>
    public static string Fill(string source, IReadOnlyDictionary<string, string> decisions, DocumentFields fields)
    {
        TemplateBounds.Check(source);
        var whole = Decide()
            .Replace(
                source,
                m => decisions.GetValueOrDefault(m.Groups[1].Value, $"{OpenDecision}{m.Groups[1].Value}⟧")
            );
        whole = Role()
            .Replace(
                whole,
                m => Holder + fields.Role(m.Groups[1].Value).Replace("{{", "{ {", StringComparison.Ordinal)
            );
        whole = Control()
            .Replace(whole, m => fields.Applies(m.Groups[1].Value) ? "{{#if @root.yes}}" : "{{#if @root.no}}")
            .Replace("{{/control}}", "{{/if}}", StringComparison.Ordinal);
        // Inside a list, fields of the company are looked for in the company and not in the row.
        whole = Rooted().Replace(whole, m => $"{m.Groups[1].Value}@root.{m.Groups[2].Value}");
        TemplateBounds.Check(whole);
        whole = Each().Replace(whole, m => m.Groups[1].Value + Rows);
        var filled = Run(Template(whole), fields);
        filled = SentenceBegins()
            .Replace(filled.Replace("\r\n", "\n", StringComparison.Ordinal), m => m.Value[1..].ToUpperInvariant())
            .Replace(Holder, "", StringComparison.Ordinal);
        return Blank().Replace(filled, "\n\n").Trim() + "\n";
    }

    /// <summary>The open points of a filled text: decisions to take and fields without a value.</summary>
    public static IReadOnlyList<string> OpenPoints(string text) =>
        [.. Open().Matches(text).Select(m => m.Groups[1].Value).Distinct()];

    /// <summary>The decision points that a text asks for.</summary>
    public static IReadOnlyList<string> DecisionsIn(string source) =>
        [.. Decide().Matches(source).Select(m => m.Groups[1].Value).Distinct()];

    private static HandlebarsTemplate<TextWriter, object, object> Template(string whole)
    {
        if (Compiled.Count > 500)
            Compiled.Clear();
        return Compiled.GetOrAdd(
            whole,
            text =>
            {
                try
                {
                    using var reader = new StringReader(text);
                    return Engine().Compile(reader);
                }
                catch (Exception e) when (e is HandlebarsException or ArgumentException or InvalidOperationException)
                {
                    throw new DocumentSyntax($"A field or block is not well formed: {e.Message}", e);
                }
            }
        );
    }

    private static string Run(HandlebarsTemplate<TextWriter, object, object> template, DocumentFields fields)
    {
        try
        {
            using var filled = new BoundedWriter();
            template(filled, fields.Values, new Dictionary<string, object> { [Budget] = new RowBudget() });
            return filled.ToString();
        }
        catch (Exception e)
            when (e
                    is HandlebarsException
                        or HandlebarsDotNet.Compiler.HandlebarsUndefinedBindingException
                        or DocumentSyntax
            )
        {
            throw new DocumentSyntax(e.Message, e);
        }
    }

    private static IHandlebars Engine()
    {
        var engine = Handlebars.Create(
            new HandlebarsConfiguration { NoEscape = true, ThrowOnUnresolvedBindingExpression = true }
        );
        engine.RegisterHelper("names", (output, _, arguments) => output.WriteSafeString(Names(arguments)));
        engine.RegisterHelper(Rows, (output, options, context, arguments) => Show(output, options, context, arguments));
        return engine;
    }

    private static void Show(EncodedTextWriter output, BlockHelperOptions options, Context context, Arguments arguments)
    {
        if (arguments.Length != 1)
            throw new DocumentSyntax("each needs one list.");
        var budget = (RowBudget)options.Data[Budget]!;
        var any = false;
        foreach (var row in arguments[0] as IEnumerable<object> ?? [])
        {
            budget.Take();
            any = true;
            options.Template(output, row);
        }
        if (!any)
            options.Inverse(output, context);
    }

    private static string Names(Arguments arguments)
    {
        if (arguments.Length != 1 || arguments[0] is not IEnumerable<object> rows)
            throw new DocumentSyntax("names needs a list.");
        var names = rows.OfType<IDictionary<string, object>>()
            .Select(r => (string)(r.TryGetValue("name", out var name) ? name : r["title"]))
            .ToList();
        return names.Count switch
        {
            0 => "none recorded yet",
            1 => names[0],
            _ => $"{string.Join(", ", names.SkipLast(1))} and {names[^1]}",
        };
    }

    [GeneratedRegex("""\{\{\s*decide\s+"([a-z0-9-]+)"\s*\}\}""")]
    private static partial Regex Decide();

    [GeneratedRegex("""\{\{\s*role\s+"([a-z0-9-]+)"\s*\}\}""")]
    private static partial Regex Role();

    [GeneratedRegex("""\{\{\s*#control\s+"(A\.[5-8]\.[0-9]+)"\s*\}\}""")]
    private static partial Regex Control();

    [GeneratedRegex(
        """(\{\{\s*(?:#(?:if|unless|each)\s+|names\s+)?)((?:company|scope|method|soa|flags)\.|(?:large|small)\b)"""
    )]
    private static partial Regex Rooted();

    [GeneratedRegex(@"(\{\{~?\s*[#/]\s*)each\b")]
    private static partial Regex Each();

    // "the ISMS manager" at the beginning of a line, a numbered rule or a sentence.
    [GeneratedRegex(@"(?<=(?:^|\n|\n- |[.!?] |[0-9][a-z]?\.\*\* ))\u2063t")]
    private static partial Regex SentenceBegins();

    [GeneratedRegex("⟦((?:decide|field):[^⟧]+)⟧")]
    private static partial Regex Open();

    [GeneratedRegex("\n{3,}")]
    private static partial Regex Blank();
}
