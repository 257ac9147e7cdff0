using Moat.Isms.Anchors;
using Moat.Isms.Kernel;

namespace Moat.Hosting.Anchors;

/// <summary>
/// Gets checkpoints of every journal to the places outside: each day, and soon after a statement was published, a
/// management review was held or approved and a pack was made. It runs beside everything else, so a place that is down
/// delays nothing but itself.
/// </summary>
public sealed partial class AnchorRound(
    InstallationWork work,
    AnchorPlaces places,
    AnchorTargets targets,
    AnchorOccasions occasions,
    ILogger<AnchorRound> log
)
{
    /// <summary>Sends what is to be sent now.</summary>
    public async Task RunOnce(CancellationToken ct)
    {
        await AskForOccasions(ct);
        var behind = 0;
        await Each(
            await work.Waiting(db => AnchorsWaiting.Now(db, targets), ct),
            async (organization, stop) => behind += await Send(organization, stop),
            ct
        );
        WorkTelemetry.Behind(behind);
    }

    /// <summary>
    /// Has the checkpoint sent where there was an occasion that only this server knows of; whichever server's round
    /// comes next sends it.
    /// </summary>
    public async Task AskForOccasions(CancellationToken ct)
    {
        var asked = occasions.Asked;
        if (asked.Count > 0 && places.Targets.Count > 0)
            await Each(await work.Waiting(_ => o => asked.Contains(o.Id), ct), Ask, ct);
    }

    private async Task Each(
        IReadOnlyList<Organization> organizations,
        Func<Organization, CancellationToken, Task> act,
        CancellationToken ct
    )
    {
        foreach (var organization in organizations)
        {
            try
            {
                await act(organization, ct);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // One organisation's trouble is not another's; the next round tries again.
                Failed(organization.Slug, e.Message);
            }
        }
    }

    private Task Ask(Organization organization, CancellationToken ct) =>
        Ask(organization, occasions.Take(organization.Id), ct);

    private Task Ask(Organization organization, string? because, CancellationToken ct) =>
        work.Run<AnchorOutbox, AskAnchors, Tally>(organization, p => p.Ask, new AskAnchors { Because = because }, ct);

    // How many of the organisation's checkpoints did not get to where they were to be.
    private async Task<int> Send(Organization organization, CancellationToken ct)
    {
        var due = await Due(organization, ct);
        if (due.Ask)
        {
            await Ask(organization, because: null, ct);
            due = await Due(organization, ct);
        }
        var answers = await Task.WhenAll(due.Due.Select(anchor => Send(organization, anchor, ct)));
        var told = answers.OfType<AnchorAnswer>().ToList();
        if (told.Count > 0)
            await work.Run<AnchorOutbox, TellAnchors, Tally>(
                organization,
                p => p.Tell,
                new TellAnchors { Answers = told },
                ct
            );
        foreach (var wrong in told.Where(a => a.Outcome == AnchorOutcome.Contradicted))
            Contradicted(organization.Slug, wrong.Place, wrong.Says);
        foreach (var answer in told)
            WorkTelemetry.Anchored(answer.Outcome);
        return due.Due.Count - told.Count(a => a.Outcome == AnchorOutcome.Held);
    }

    private Task<AnchorsDue> Due(Organization organization, CancellationToken ct) =>
        work.Run<AnchorOutbox, Nothing, AnchorsDue>(organization, p => p.Due, new Nothing(), ct);

    private async Task<AnchorAnswer?> Send(Organization organization, OutgoingAnchor anchor, CancellationToken ct)
    {
        if (places.Find(anchor.Place) is not { } place)
            return null;
        Task<BeginningProof> Prove(long from, long to, CancellationToken stop) =>
            work.Run<AnchorOutbox, ProveBeginning, BeginningProof>(
                organization,
                p => p.Prove,
                new ProveBeginning { From = checked((int)from), To = checked((int)to) },
                stop
            );
        var result = await place.Send(organization.Slug, anchor, Prove, ct);
        return new AnchorAnswer
        {
            Place = anchor.Place,
            Size = anchor.Size,
            Outcome = result.Outcome,
            Says = result.Says.Cut(1000),
            Receipt = result.Receipt,
        };
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Checkpoints of {Organization} were not sent outside: {Why}")]
    private partial void Failed(string organization, string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "The journal of {Organization} is contradicted by {Place}: {Why}")]
    private partial void Contradicted(string organization, string place, string why);
}
