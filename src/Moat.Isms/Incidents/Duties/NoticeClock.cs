using Moat.Knowledge.Playbooks;

namespace Moat.Isms.Incidents.Duties;

/// <summary>By when a notice is due, from the moment that its law counts from.</summary>
public static class NoticeClock
{
    /// <summary>
    /// The deadline of a stage, given the notices of its duty in their order; those that come later do not matter.
    /// </summary>
    public static DateTime DueAt(Incident incident, DutyStage stage, IReadOnlyCollection<DutyNotice> notices) =>
        stage.DueAfter(
            stage.From switch
            {
                DutyStage.FromAware => incident.AwareAt,
                // As long as there is no remedy, the notice before sets a date, so that the last one is not forgotten.
                DutyStage.FromContained => incident.ContainedAt
                    ?? Sent(notices.TakeWhile(n => n.Stage != stage.Id).LastOrDefault(), incident),
                _ => Sent(notices.FirstOrDefault(n => n.Stage == stage.From), incident),
            }
        );

    // As long as the notice before was not sent, the clock counts from when it is due.
    private static DateTime Sent(DutyNotice? before, Incident incident) =>
        before is null ? incident.AwareAt : before.SentAt ?? before.DueAt;
}
