using Moat.Isms.Incidents.Intake;
using Moat.Isms.Work;

namespace Moat.Isms.Incidents;

/// <summary>What tasks about reported events are for: whoever reported without a name trusted one role.</summary>
internal sealed class IncidentPurposes : IWorkPurposes
{
    /// <inheritdoc />
    public IReadOnlyList<WorkPurpose> Purposes { get; } = [new(TriageDesk.OfUnnamed) { Personal = true }];
}
