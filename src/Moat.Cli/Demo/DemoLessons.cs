using Moat.Isms.Improvement;
using Moat.Isms.Kernel;

namespace Moat.Cli.Demo;

/// <summary>What exercises and incidents taught becomes work, and somebody looks what it brought.</summary>
internal sealed partial class DemoStory
{
    private string _readsLogged = "",
        _nightCut = "",
        _dutyDesk = "",
        _hourTokens = "",
        _newTeams = "",
        _nightSlices = "";

    /// <summary>Takes up what exercises and incidents taught, does it, and looks what it brought.</summary>
    private Task TakeUp(int month, CancellationToken ct) =>
        month switch
        {
            8 => LearnFromTheExercise(ct),
            9 => FinishTheExercise(ct),
            10 => AskPartners(ct),
            11 => FinishTheIncidents(ct),
            13 => SeeWhatItBrought(ct),
            _ => Task.CompletedTask,
        };

    private async Task LearnFromTheExercise(CancellationToken ct)
    {
        _readsLogged = await Propose(
            "Reads of weights",
            "Reads of the weights bucket are logged for a year",
            "Who read which version is answered within an hour, for any day of the last year",
            "ivo",
            290,
            ct
        );
        _nightCut = await Propose(
            "Whoever leads at night",
            "Whoever leads at night may disable an identity of the platform",
            "In the next exercise the path is cut in less than 15 minutes",
            "ivo",
            290,
            ct
        );
        _dutyDesk = await Propose(
            "Whoever takes the endpoint down",
            "The hospitals' duty desks hear of it before the endpoint goes down",
            "No hospital learns from an error page that the endpoint is down",
            "jonas",
            295,
            ct
        );
    }

    private async Task FinishTheExercise(CancellationToken ct)
    {
        await Complete(
            "ivo",
            _readsLogged,
            "Reads of all weights prefixes are logged to a bucket of another account, with a year's retention; the bill is 90 euros a month.",
            ["A.8.15"],
            ct
        );
        await Complete(
            "ivo",
            _nightCut,
            "The role of the night lead may disable identities and nothing else; each use pages a second person.",
            ["A.8.2", "A.5.24"],
            ct
        );
        _hourTokens = await Propose(
            "Notebooks get tokens",
            "Notebooks get tokens that live an hour",
            "Secret scanning finds no token of the registry that is older than a day",
            "ivo",
            340,
            ct
        );
    }

    private async Task AskPartners(CancellationToken ct)
    {
        _newTeams = await Propose(
            "Labelling partners announce",
            "Labelling partners announce a new team before its first delivery",
            "No batch comes from people whose guideline and sample we have not seen",
            "carla",
            345,
            ct
        );
    }

    private async Task FinishTheIncidents(CancellationToken ct)
    {
        await Complete(
            "ivo",
            _hourTokens,
            "The platform makes a token when a notebook starts and ends it with the notebook; tokens made by hand were revoked.",
            ["A.8.4", "A.5.17"],
            ct
        );
        await Complete(
            "dana",
            _nightSlices,
            "The ten pairs and the night slice stand in the release gate; a fall of more than a point stops it.",
            ["A.8.29"],
            ct
        );
        await Complete(
            "carla",
            _newTeams,
            "Annex 3 of the contract asks for two weeks' notice, the guideline and a hundred sample records; Labelforge signed it.",
            ["A.5.20", "OUT-1"],
            ct
        );
        await Evaluate(
            _readsLogged,
            "Asked three times since, each answered in a quarter of an hour. One reader turned out to be an old evaluation job, which was ended.",
            ct
        );
        await Evaluate(
            _nightCut,
            "Used once, for the alert of a night: the identity was off after four minutes, with a second person on the line.",
            ct
        );
        await Evaluate(
            _dutyDesk,
            "In the incident of summer four of five desks confirmed within the hour, before anything changed for them.",
            ct
        );
    }

    private async Task SeeWhatItBrought(CancellationToken ct)
    {
        await Evaluate(_hourTokens, "Seven weeks without a finding; the two before were older than the change.", ct);
        await Evaluate(
            _nightSlices,
            "Two releases since. The second was held for a day, because one hospital's nights had fallen by 1.4 points.",
            ct
        );
        await Evaluate(
            _newTeams,
            "Labelforge announced two people in September. Their sample missed the agreement by a little, and they were taught before the first batch.",
            ct
        );
    }

    private async Task<string> Propose(
        string lesson,
        string title,
        string expectedEffect,
        string owner,
        int by,
        CancellationToken ct
    )
    {
        var open = (
            (Page<LessonRow>)await cast.Do("jonas", "lessons.list", new { limit = 100, end = "open" }, ct)
        ).Items;
        return await Made(
            "jonas",
            "lessons.propose-improvement",
            new
            {
                @ref = open.First(l => l.Title.StartsWith(lesson, StringComparison.Ordinal)).Ref,
                title,
                expectedEffect,
                owner = cast.People[owner],
                dueOn = Date(by),
            },
            ct
        );
    }

    private Task<object> Complete(
        string who,
        string improvement,
        string outcome,
        string[] updates,
        CancellationToken ct
    ) =>
        cast.Do(
            who,
            "improvements.complete",
            new
            {
                @ref = improvement,
                outcome,
                updates,
            },
            ct
        );

    private Task<object> Evaluate(string improvement, string observedEffect, CancellationToken ct) =>
        cast.Do(
            "jonas",
            "improvements.evaluate",
            new
            {
                @ref = improvement,
                observedEffect,
                asExpected = true,
            },
            ct
        );
}
