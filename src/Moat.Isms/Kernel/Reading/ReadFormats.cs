using Moat.Isms.Assets.Boms;
using Moat.Isms.Controls.Frameworks;
using Moat.Isms.Evidence.Reports;

namespace Moat.Isms.Kernel.Reading;

/// <summary>What each reader that names what it does not read does read; <c>docs/formats.md</c> is written from it.</summary>
public static class ReadFormats
{
    /// <summary>The readers with the members that they read.</summary>
    public static IReadOnlyList<(string Reader, ReadParts Parts)> All { get; } =
    [
        ("CycloneDX as a report", BomFacts.Parts),
        ("CycloneDX to import", CycloneDxReader.Parts),
        ("SARIF", SarifReader.Parts),
        ("OSCAL catalog", OscalParts.Parts),
    ];
}
