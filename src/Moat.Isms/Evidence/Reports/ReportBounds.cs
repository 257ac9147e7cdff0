using Moat.Isms.Kernel.Reading;

namespace Moat.Isms.Evidence.Reports;

/// <summary>What bounds reports of pipelines.</summary>
internal sealed class ReportBounds : IReaderBounds
{
    /// <inheritdoc />
    public IReadOnlyList<ReaderLimit> Limits { get; } =
    [
        new("Report as JSON (SARIF, Great Expectations, CycloneDX)", "nesting", ReportReader.MaxDepth),
        new("Great Expectations checkpoint", "validations", ExpectationReader.MostValidations),
        new("in-toto attestations", "nesting", AttestationReader.MaxDepth),
        new("in-toto attestations", "statements", AttestationReader.MostStatements),
    ];

    /// <inheritdoc />
    public IReadOnlyList<(string Reader, ReadParts Parts)> Formats { get; } =
    [("CycloneDX as a report", BomFacts.Parts), ("SARIF", SarifReader.Parts)];
}
