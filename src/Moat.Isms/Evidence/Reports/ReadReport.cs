using System.Text.Json.Nodes;
using System.Text.Unicode;
using Moat.Isms.Evidence.Attestations;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Reading;

namespace Moat.Isms.Evidence.Reports;

/// <summary>What a pipeline's report says, as facts.</summary>
/// <param name="Format">The format and its version in words.</param>
/// <param name="Kind">The kind of resource that the facts are about.</param>
/// <param name="Facts">One fact for each thing the report speaks of, with the name it has there.</param>
/// <param name="LookedAt">How much it says it looked at, such as "214 tests"; null when it does not say.</param>
public sealed record ReadReport(string Format, string Kind, IReadOnlyList<ReportedFact> Facts, string? LookedAt)
{
    /// <summary>What of the file is not read, and where it does not follow its format, a sentence each.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];
}

/// <summary>One fact of a report.</summary>
/// <param name="Name">What the report calls its subject; null when it names none.</param>
/// <param name="Content">The fact.</param>
/// <param name="Signed">The envelope it came in, if one can be signed.</param>
public sealed record ReportedFact(string? Name, JsonObject Content, SignedEnvelope? Signed = null);

/// <summary>Recognises reports of pipelines by their content and reads them.</summary>
public static class ReportReader
{
    /// <summary>What is understood, for people.</summary>
    public const string Understood =
        "SARIF 2.1.0, JUnit XML, Great Expectations results, CycloneDX, in-toto attestations (DSSE or Sigstore bundle)";

    internal const int MaxDepth = 256;

    /// <summary>Reads a report that was given. Throws <see cref="InputInvalid"/> on <c>file</c>.</summary>
    public static ReadReport Read(GivenFile file) => Read(file.Bytes());

    /// <summary>
    /// Reads a report. Throws <see cref="InputInvalid"/> on <c>file</c> when it is none that is understood, or is
    /// broken.
    /// </summary>
    public static ReadReport Read(byte[] content)
    {
        var start = new ReadOnlySpan<byte>(content).TrimStart("\uFEFF \r\n\t"u8);
        if (start.Length == 0)
            throw Wrong("The file is empty.");
        if (start[0] == (byte)'<')
            return JUnitReader.Read(content);
        // Texts in UTF-16 begin with a mark that is none in UTF-8, or have a zero beside each sign (RFC 8259, 8.1 wants
        // UTF-8).
        if (!Utf8.IsValid(content) || start is [_, 0, ..] or [0, _, ..])
            throw Wrong("This is not UTF-8. Save the report as UTF-8 and give it again.");
        if (start[0] != (byte)'{')
            throw Wrong($"This is not a report that is understood. Understood are {Understood}.");
        var file = start.ToArray();
        if (AttestationReader.Read(file) is { } attestation)
            return attestation;
        var root = GivenJson.Object(file, "file", MaxDepth, comments: true);
        return SarifReader.Read(root, file, MaxDepth)
            ?? ExpectationReader.Read(root)
            ?? BomFacts.Read(root, file, MaxDepth)
            ?? throw Wrong($"This JSON is no report that is understood. Understood are {Understood}.");
    }

    internal static InputInvalid Wrong(string message) => new("file", message);
}
