using Moat.Isms.Kernel;

namespace Moat.Isms.Incidents;

/// <summary>Incidents that may still change.</summary>
internal static class OpenIncidents
{
    /// <summary>The incident of a change; a closed one is reopened first.</summary>
    public static async Task<Incident> NotClosed(this MoatDb db, ChangeRecord input, CancellationToken ct)
    {
        var incident = await db.One<Incident>(input, ct);
        return incident.State == IncidentState.Closed
            ? throw new RuleBroken("incidents.change.closed", $"{incident.Ref} is closed. Reopen it first.")
            : incident;
    }
}
