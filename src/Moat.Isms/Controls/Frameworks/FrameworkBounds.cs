using Moat.Isms.Kernel.Reading;

namespace Moat.Isms.Controls.Frameworks;

/// <summary>What bounds frameworks.</summary>
internal sealed class FrameworkBounds : IReaderBounds
{
    /// <inheritdoc />
    public IReadOnlyList<ReaderLimit> Limits { get; } =
    [
        new("Framework (OSCAL, CISO Assistant)", "nesting", FrameworkReader.MaxDepth),
        new("Framework (OSCAL, CISO Assistant)", "requirements", FrameworkReader.MostRequirements),
    ];

    /// <inheritdoc />
    public IReadOnlyList<(string Reader, ReadParts Parts)> Formats { get; } = [("OSCAL catalog", OscalParts.Parts)];
}
