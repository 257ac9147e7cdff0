using System.Text.Json;

namespace Moat.Reports.Pack;

/// <summary>
/// A file is no pack, or has what no pack has; the message says what, in words for whoever checks it.
/// </summary>
internal sealed class BrokenPack(string message) : IOException(message)
{
    /// <summary>
    /// What is wrong in words: our own, or those of a file system that gives nothing out. What readers of ZIP and JSON
    /// say helps nobody.
    /// </summary>
    public static string Words(Exception e) =>
        e is BrokenPack or UnauthorizedAccessException || e is IOException and not EndOfStreamException
            ? e.Message
            : "it is not in the form of a pack, or a part of it is missing or damaged.";

    /// <summary>
    /// All that readers of ZIP, JSON and base64 throw at what is none, or at a value of another type than expected.
    /// </summary>
    public static bool IsOfContent(Exception e) =>
        e
            is InvalidDataException
                or IOException
                or UnauthorizedAccessException
                or JsonException
                or FormatException
                or InvalidOperationException
                or ArgumentException
                or NotSupportedException
                or ArithmeticException
                or KeyNotFoundException
                or NullReferenceException
                or IndexOutOfRangeException
                or InvalidCastException
                or System.Reflection.TargetInvocationException;
}
