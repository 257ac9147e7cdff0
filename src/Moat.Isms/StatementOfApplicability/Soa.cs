using Moat.Isms.Kernel;

namespace Moat.Isms.StatementOfApplicability;

/// <summary>A published Statement of Applicability; its number is its version and its rows never change.</summary>
[RecordKind("SOA", "soa", Page = "soa/{ref}", Shows = "6.1.3", Column = ThreadColumn.RisksAndControls)]
public sealed class Soa : Referenced
{
    /// <summary>The rows as canonical JSON.</summary>
    public required string Rows { get; init; }

    /// <summary>SHA-256 of the rows, hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>How many controls apply.</summary>
    public required int Applicable { get; init; }

    /// <summary>How many are left out.</summary>
    public required int Excluded { get; init; }

    /// <summary>Who approved it.</summary>
    public required string ApprovedBy { get; init; }

    /// <summary>Whether nobody but its only author could approve it.</summary>
    public required bool SoleAuthor { get; init; }

    /// <summary>What changed and why.</summary>
    public required string ChangeNote { get; init; }

    /// <inheritdoc />
    public override string Caption => $"Statement of Applicability version {Number}";
}
