namespace Moat.Isms.Risks;

/// <summary>A crown jewel, how well it is protected, and what of its risks is borne.</summary>
/// <param name="Ref">The asset.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="C">How much it needs confidentiality.</param>
/// <param name="I">How much it needs integrity.</param>
/// <param name="A">How much it needs availability.</param>
/// <param name="TopRiskRef">Its worst risk.</param>
/// <param name="TopRisk">What that is called.</param>
/// <param name="Protection">In per cent; what is accepted is no part of it.</param>
/// <param name="Risks">How many adopted risks threaten it.</param>
/// <param name="Accepted">How many of them are validly accepted.</param>
/// <param name="ExpectedLoss">What its risks cost in an average year with the controls of today, in EUR; 0 while none
/// has a figure.</param>
public sealed record CrownJewel(
    string Ref,
    string Name,
    string Kind,
    int C,
    int I,
    int A,
    string? TopRiskRef,
    string? TopRisk,
    int Protection,
    int Risks,
    int Accepted,
    long ExpectedLoss
);
