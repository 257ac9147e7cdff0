using Moat.Isms.Kernel;

namespace Moat.Isms.Evidence.Checks;

/// <summary>Which rule of a check the stored facts were evaluated by last.</summary>
public sealed class EvaluatedCheck : Record
{
    /// <summary>The check.</summary>
    public required string Check { get; init; }

    /// <summary>SHA-256 of the rule's text, hex.</summary>
    public required string Sha256 { get; set; }
}
