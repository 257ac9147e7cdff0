using Moat.Isms.Kernel.Reading;

namespace Moat.Isms.Assets.Boms;

/// <summary>What bounds bills of materials.</summary>
internal sealed class BomBounds : IReaderBounds
{
    /// <inheritdoc />
    public IReadOnlyList<ReaderLimit> Limits { get; } =
    [
        new("Bill of materials to import (CycloneDX, SPDX 3)", "nesting", BomReader.MaxDepth),
        new("Bill of materials to import (CycloneDX, SPDX 3)", "assets", BomReader.MostAssets),
    ];

    /// <inheritdoc />
    public IReadOnlyList<(string Reader, ReadParts Parts)> Formats { get; } =
    [("CycloneDX to import", CycloneDxReader.Parts)];
}
