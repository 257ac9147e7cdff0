using Moat.Isms.Kernel.Reading;

namespace Moat.Isms.Evidence.Facts;

/// <summary>What bounds facts of events.</summary>
internal sealed class FactBounds : IReaderBounds
{
    /// <inheritdoc />
    public IReadOnlyList<ReaderLimit> Limits { get; } =
    [
        new("Fact of an event", "characters of its data", EventProcess.LongestData),
        new("Events", "events at once", ReceiveEvents.Most),
    ];
}
