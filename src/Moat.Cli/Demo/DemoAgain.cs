using System.Text.Json.Nodes;
using Moat.Isms.Assets;
using Moat.Isms.Context;
using Moat.Isms.Kernel;
using Moat.Isms.People.Responsibilities;

namespace Moat.Cli.Demo;

/// <summary>
/// What could keep the ISMS itself from working, and what is looked at again after a year and found to be still true.
/// </summary>
internal sealed partial class DemoStory
{
    private readonly List<string> _ofTheIsms = [];

    /// <summary>
    /// Three things that come from the company's own issues and parties: they threaten the ISMS, or make it better
    /// (6.1.1).
    /// </summary>
    private async Task PlanForTheIsms(CancellationToken ct)
    {
        var issues = (IReadOnlyList<IssueView>)await cast.Do("jonas", "issues.list", new JsonObject(), ct);
        var parties = (IReadOnlyList<PartyView>)await cast.Do("jonas", "parties.list", new JsonObject(), ct);
        var shares = new[]
        {
            (
                issues[0].Ref,
                "ivo",
                "A second person runs the checks",
                "When one of us is away for two weeks, collectors, checks and the monthly numbers go on without a gap."
            ),
            (
                issues[1].Ref,
                "jonas",
                "Releases wait for the risk assessment, not the other way round",
                "No model version is released while a risk that it touches is older than the version."
            ),
            (
                parties[0].Ref,
                "carla",
                "Customers' questions are answered from records",
                "A security questionnaire of a hospital takes two days instead of two weeks, and nobody writes an answer twice."
            ),
        };
        foreach (var (source, owner, title, expectedEffect) in shares)
        {
            var idea = await Made(
                "jonas",
                "improvements.suggest",
                new
                {
                    title,
                    expectedEffect,
                    source,
                },
                ct
            );
            await cast.Do(
                "jonas",
                "improvements.plan",
                new
                {
                    @ref = idea,
                    owner = cast.People[owner],
                    dueOn = Date(_day + 120),
                },
                ct
            );
            _ofTheIsms.Add(idea);
        }
    }

    private async Task FollowForTheIsms(CancellationToken ct)
    {
        var (seen, done) = (
            _ofTheIsms,
            new[]
            {
                (
                    "Nadia ran every check and both collectors in August while Ivo was away; the notes that she used are in the repository.",
                    "Two absences since then, and no number of a month came late."
                ),
                (
                    "The release gate asks for the day of the last assessment and stops when it is older than the version.",
                    "Three of nine releases waited for a day; each time the risk was assessed first."
                ),
                (
                    "The answers stand in one place, each with the record that shows it.",
                    "The last two questionnaires took a day and a half and two days."
                ),
            }
        );
        for (var i = 0; i < seen.Count; i++)
        {
            await cast.Do("jonas", "improvements.complete", new { @ref = seen[i], outcome = done[i].Item1 }, ct);
            await cast.Do(
                "jonas",
                "improvements.evaluate",
                new
                {
                    @ref = seen[i],
                    observedEffect = done[i].Item2,
                    asExpected = true,
                },
                ct
            );
        }
    }

    /// <summary>
    /// Once a year everything that did not change is read again, and somebody says why it is still true.
    /// </summary>
    private async Task LookAgain(CancellationToken ct)
    {
        var issues = (IReadOnlyList<IssueView>)await cast.Do("jonas", "issues.list", new JsonObject(), ct);
        await Still(
            "jonas",
            issues.Where(i => i.Standing == Standing.Adopted).Select(i => i.Ref),
            "Read in the leadership round: products, clouds and competitors of this year are still what the list says, apart from the training queue.",
            ct
        );
        var parties = (IReadOnlyList<PartyView>)await cast.Do("jonas", "parties.list", new JsonObject(), ct);
        await Still(
            "jonas",
            parties.Where(p => p.Standing == Standing.Adopted).Select(p => p.Ref),
            "Sales, legal and the hospitals' contacts were asked; none of them expects anything that is not written down.",
            ct
        );
        var obligations =
            (IReadOnlyList<ObligationView>)await cast.Do("jonas", "obligations.list", new JsonObject(), ct);
        await Still(
            "jonas",
            obligations.Where(o => o.Standing == Standing.Adopted).Select(o => o.Ref),
            "Compared with legal, with the official texts and the contracts of this year; the controls that carry them are the same.",
            ct
        );
        var roles = (IReadOnlyList<RoleView>)await cast.Do("jonas", "roles.list", new JsonObject(), ct);
        await Still(
            "mara",
            roles.Where(r => r.Standing == Standing.Adopted).Select(r => r.Ref),
            "Every holder was asked whether the duty is still theirs and whether they have the hours for it.",
            ct
        );
        var assets = (
            (Page<AssetRow>)await cast.Do("jonas", "assets.list", new { limit = 200, standing = "adopted" }, ct)
        ).Items;
        await Still(
            "jonas",
            assets.Select(a => a.Ref),
            "Compared with the platform team, with the cloud accounts, the registry and the device list of this month; each is there and has the owner that is named.",
            ct
        );
        await Still(
            "mara",
            ["SCP-1"],
            "No office, cloud account or product came that the statement does not name; the coding model follows when it is sold.",
            ct
        );
    }

    private Task<object> Still(string who, IEnumerable<string> refs, string because, CancellationToken ct) =>
        cast.Do(who, "looks.record", new { refs = refs.ToArray(), because }, ct);
}
