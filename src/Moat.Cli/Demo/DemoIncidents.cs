using Moat.Isms.Incidents;
using Moat.Isms.Incidents.Duties;

namespace Moat.Cli.Demo;

/// <summary>What an incident of the story left behind, for those who tell how it went on.</summary>
internal sealed record ToldIncident(string Incident, IReadOnlyList<string> Lessons, string? Nonconformity);

/// <summary>
/// What went wrong in the company, by month, and how its people go through a playbook and send what is due.
/// </summary>
internal sealed partial class DemoStory
{
    /// <summary>The incident with the poisoned records, once it is told.</summary>
    private ToldIncident? Poisoning { get; set; }

    private async Task MonthlyIncidents(int month, CancellationToken ct)
    {
        if (month == 6)
            await OddMail(ct);
        if (month == 7)
            await Exercise(ct);
        if (month == 8)
            await LeakedToken(ct);
        if (month == 9)
            Poisoning = await PoisonedRecords(ct);
    }

    private async Task OddMail(CancellationToken ct)
    {
        await On(199, hour: 11, ct: ct);
        await cast.Do(
            "carla",
            "incidents.report",
            new
            {
                text = "A hospital forwarded me a mail that looks like ours and asks them to enter their API token on a page. I did not click. They ask whether it is real.",
            },
            ct
        );
        clock.Pass(TimeSpan.FromMinutes(50));
        await cast.Do(
            "jonas",
            "reported-events.triage",
            new
            {
                @ref = "EVT-1",
                incident = false,
                reason = "It is our own rotation notice of Tuesday, sent by the billing tool without our domain. Nothing was stolen. From now on such mails are announced on the status page first. Right to ask.",
            },
            ct
        );
    }

    private async Task Walk(
        string who,
        string run,
        Dictionary<string, (string? Choice, string Text)> steps,
        CancellationToken ct
    )
    {
        foreach (var (step, told) in steps)
            await cast.Do(
                who,
                "playbook-runs.do",
                new
                {
                    @ref = run,
                    step,
                    text = told.Text,
                    choice = told.Choice,
                },
                ct
            );
    }

    /// <summary>Sends the next notice of each open duty.</summary>
    private async Task SendDue(string incident, string how, CancellationToken ct)
    {
        var view = (IncidentView)await cast.Do("jonas", "incidents.get", new { @ref = incident }, ct);
        foreach (var duty in view.Duties.Where(d => d.State == DutyState.Open))
            if (duty.Notices.FirstOrDefault(n => n.SentAt is null) is { } notice)
                await cast.Do(
                    "jonas",
                    "duties.send",
                    new
                    {
                        @ref = duty.Ref,
                        stage = notice.Stage,
                        how,
                    },
                    ct
                );
    }
}
