using Moat.Isms.Objectives;

namespace Moat.Isms.Incidents;

/// <summary>How long incidents last until they are contained.</summary>
public sealed class HoursToContainNumber(IncidentMeasuring incidents) : IObjectiveNumber
{
    /// <inheritdoc />
    public string Name => "incident-hours-to-contain";

    /// <inheritdoc />
    public string Counts =>
        "Median hours from detecting an incident to containing it, over the last year, as the incident register tells it";

    /// <inheritdoc />
    public int Days => IncidentMeasuring.UsualDays;

    /// <inheritdoc />
    public async Task<decimal?> Take(CancellationToken ct) =>
        (decimal?)(await incidents.Measures(new MeasureIncidents(), ct)).HoursToContain;
}
