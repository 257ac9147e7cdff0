using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Moat.Isms.Kernel.Reading;

/// <summary>Looks at YAML from outside (YAML 1.2) before anything is built of it: how deep it nests, how much stands in
/// it, and that it has no aliases.</summary>
public static class GivenYaml
{
    /// <summary>How deep it may nest.</summary>
    public const int MaxDepth = 64;

    /// <summary>The most scalars, lists and maps.</summary>
    public const int MostNodes = 300_000;

    /// <summary>
    /// Throws <see cref="InputInvalid"/> on <c>file</c> when the text is not plain. An alias repeats a part of the
    /// file; a few lines of them can grow to gigabytes.
    /// </summary>
    public static void MustBePlain(string text) =>
        Parsed(() =>
        {
            Look(new Parser(new StringReader(text)));
            return true;
        });

    /// <summary>
    /// What is built of YAML; throws <see cref="InputInvalid"/> on <c>file</c>, with the line, where it is none.
    /// </summary>
    public static T Parsed<T>(Func<T> build)
    {
        try
        {
            return build();
        }
        catch (YamlException e)
        {
            throw Wrong($"Line {e.Start.Line}: this is neither JSON nor YAML. Mend the line and give the file again.");
        }
        catch (Exception e) when (IsOfParser(e))
        {
            throw Wrong("This is neither JSON nor YAML.");
        }
    }

    /// <summary>The same for who reads the text next and says better what is no YAML in it.</summary>
    public static void MustBeBounded(string text)
    {
        try
        {
            Look(new Parser(new StringReader(text)));
        }
        catch (Exception e) when (IsOfParser(e))
        {
            // The next reader stops at the same place.
        }
    }

    /// <summary>What the parser throws at YAML that it did not expect, beside its own exception.</summary>
    public static bool IsOfParser(Exception e) =>
        e
            is YamlException
                or InvalidOperationException
                or ArgumentException
                or FormatException
                or IndexOutOfRangeException
                or NullReferenceException;

    private static void Look(Parser parser)
    {
        var (depth, nodes) = (0, 0);
        while (parser.MoveNext())
        {
            if (parser.Current is AnchorAlias)
                throw Wrong("The file uses YAML aliases. Write it without them.");
            if (parser.Current is Scalar or MappingStart or SequenceStart && ++nodes > MostNodes)
                throw Wrong(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"More than {MostNodes:N0} values are not read from one YAML file."
                    )
                );
            if (parser.Current is MappingStart or SequenceStart && ++depth > MaxDepth)
                throw Wrong($"Line {parser.Current.Start.Line} is nested deeper than {MaxDepth}.");
            if (parser.Current is MappingEnd or SequenceEnd)
                depth--;
        }
    }

    private static InputInvalid Wrong(string message) => new("file", message);
}
