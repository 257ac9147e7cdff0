using Xunit.v3;

namespace Moat.Tests;

/// <summary>Takes longer than daily work waits for: <c>./test --fast</c> leaves it out.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class TakesLongAttribute : Attribute, ITraitAttribute
{
    /// <inheritdoc />
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new("Takes", "long")];
}
