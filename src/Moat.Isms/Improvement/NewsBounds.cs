using Moat.Isms.Kernel.Reading;

namespace Moat.Isms.Improvement;

/// <summary>What bounds threat news.</summary>
internal sealed class NewsBounds : IReaderBounds
{
    /// <inheritdoc />
    public IReadOnlyList<ReaderLimit> Limits { get; } = [new("MITRE ATLAS", "techniques", AtlasReader.MostTechniques)];
}
