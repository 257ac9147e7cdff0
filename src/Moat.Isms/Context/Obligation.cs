using Moat.Isms.Kernel;

namespace Moat.Isms.Context;

/// <summary>Where an obligation comes from.</summary>
public enum ObligationKind
{
    /// <summary>Law or regulation.</summary>
    Law,

    /// <summary>A customer's or supplier's contract.</summary>
    Contract,

    /// <summary>A standard the company committed itself to.</summary>
    Standard,
}

/// <summary>Something the company must do by law or contract (clause 4.2, A.5.31).</summary>
[RecordKind("OBL", "obligations", Page = "context#{ref}", Shows = "4.2/2", Column = ThreadColumn.RisksAndControls)]
public sealed class Obligation : Proposable
{
    /// <summary>Its name, such as the regulation's short title.</summary>
    public required string Name { get; set; }

    /// <summary>Law, contract or standard.</summary>
    public required ObligationKind Kind { get; set; }

    /// <summary>What it asks of the company, in its own words.</summary>
    public required string Asks { get; set; }

    /// <summary>Control codes that answer it, such as A.5.34.</summary>
    public List<string> Controls { get; set; } = [];

    /// <inheritdoc />
    public override string Caption => Name;
}
