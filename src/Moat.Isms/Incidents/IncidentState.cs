namespace Moat.Isms.Incidents;

/// <summary>Where an incident stands.</summary>
public enum IncidentState
{
    /// <summary>Entered; nobody has assessed it.</summary>
    New,

    /// <summary>Assessed; somebody leads.</summary>
    Open,

    /// <summary>It does no further harm.</summary>
    Contained,

    /// <summary>What caused it is gone.</summary>
    Eradicated,

    /// <summary>Everything works as before.</summary>
    Recovered,

    /// <summary>Those who were there said what they learned.</summary>
    Reviewed,

    /// <summary>Nothing is left to do.</summary>
    Closed,
}
