using System.Text;
using Moat.Isms.Audits;

namespace Moat.Cli.Demo;

/// <summary>A finding of the internal audit, from its cause to an action that was seen to work.</summary>
internal sealed partial class DemoStory
{
    private static readonly string[] NobodyTold =
    [
        "Nobody assigned the courses when people moved",
        "Nobody told those who assign",
        "The lead of a team thinks it is the people lead's, and the other way round",
        "No checklist names it",
    ];

    private string _raised = "";

    /// <summary>From the accepted finding to its cause, and to an action that changes the rule.</summary>
    private async Task FollowFinding(CancellationToken ct)
    {
        _raised = ((FindingView)await cast.Do("jonas", "findings.get", new { @ref = "FIND-1" }, ct))
            .Row
            .NonconformityRef!;
        await cast.Do(
            "jonas",
            "nonconformities.correct",
            new
            {
                @ref = _raised,
                correction = "The three people who moved have the courses of their new work since today.",
            },
            ct
        );
        await cast.Do(
            "jonas",
            "nonconformities.analyse",
            new
            {
                @ref = _raised,
                whys = NobodyTold,
                cause = "Moving is no event: the checklists know joining and leaving only.",
                lookedElsewhere = "Accesses and acknowledgements of the same three people, and of two who moved last year.",
                foundElsewhere = "One kept write access to the training repository; the review of accesses has it.",
            },
            ct
        );
        await cast.Do(
            "jonas",
            "nonconformities.plan-action",
            new
            {
                @ref = _raised,
                title = "Moving to another team asks for courses and accesses like joining does",
                effectSeenBy = "The next three who move have their courses within a week",
                owner = cast.People["tomas"],
                dueOn = Date(_day + 14),
                verifyFrom = Date(_day + 20),
            },
            ct
        );
        await ChangeTheRule(ct);
    }

    private async Task ChangeTheRule(CancellationToken ct)
    {
        var action = await ActionOf(_raised, ct);
        await On(_day + 3, ct: ct);
        await Revise(
            "competence-and-awareness",
            "After the internal audit: whoever moves to another team gets the courses of the new work within a week, like a joiner.",
            major: false,
            action,
            ct,
            confirm: false
        );
        var rule = (await Documents(ct)).Single(d => d.Key == "competence-and-awareness");
        await cast.Do(
            "tomas",
            "actions.complete",
            new
            {
                @ref = action,
                outcome = "The rule has a paragraph for those who move, and I go through the list of teams on the first of each month.",
                updates = new[] { rule.Ref },
            },
            ct
        );
    }

    /// <summary>Seen by somebody else, when there was something to see.</summary>
    private async Task VerifyFollowed(CancellationToken ct) =>
        await cast.Do(
            "dana",
            "actions.verify",
            new
            {
                @ref = await ActionOf(_raised, ct),
                effective = true,
                seen = "Two people moved since: Emil to evaluation, and one annotator to the data team. Both had their courses on the second day.",
                file = new
                {
                    name = "moves.csv",
                    content = Convert.ToBase64String(
                        Encoding.UTF8.GetBytes(
                            "person,from,to,moved,courses assigned\nEmil Novak,training,evaluation,day 1,day 2\n"
                        )
                    ),
                },
            },
            ct
        );
}
