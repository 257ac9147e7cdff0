namespace Moat.Isms.Incidents;

/// <summary>How severe an incident is.</summary>
public enum IncidentSeverity
{
    /// <summary>A nuisance.</summary>
    Low,

    /// <summary>Noticed by customers or people, or repaired with effort.</summary>
    Medium,

    /// <summary>Serious harm to a crown jewel, to people or to customers.</summary>
    High,

    /// <summary>The company or people's lives are at stake.</summary>
    Critical,
}
