using Moat.Isms.Improvement;
using Moat.Isms.Kernel;

namespace Moat.Cli.Demo;

/// <summary>A change that nobody planned, and what it taught.</summary>
internal sealed partial class DemoStory
{
    private async Task PromptWithoutGate(CancellationToken ct)
    {
        await On(349, ct: ct);
        var prompt = await Made(
            "jonas",
            "changes.record-unplanned",
            new
            {
                title = "A system prompt of the triage API went live without its evaluation",
                kind = "other",
                what = "A hotfix of the system prompt; prompts were not seen as releases. The weekly comparison of what runs with what was approved showed it two days later.",
                happenedOn = Date(346),
                owner = cast.People["nadia"],
                mitigation = "Rolled back within two hours. The suite was run late: injection success 5 per cent where 2 are allowed.",
                affects = NewModel,
            },
            ct
        );
        await On(353, ct: ct);
        await cast.Do(
            "jonas",
            "changes.review",
            new
            {
                @ref = prompt,
                outcome = "For two days advice was given with a prompt that nobody had tested. No hospital noticed; 212 answers were read again, none was harmful.",
                sideEffects = "The evaluation board lost a day; one hospital was told in the monthly report.",
                lesson = "A prompt is a release: it passes the same gate as weights",
            },
            ct
        );
        var lesson = ((Page<LessonRow>)await cast.Do("jonas", "lessons.list", new { limit = 1 }, ct)).Items[0];
        await cast.Do(
            "jonas",
            "lessons.propose-improvement",
            new
            {
                @ref = lesson.Ref,
                title = "Prompts pass the release gate with the injection suite",
                expectedEffect = "No prompt runs without an approval of the same week; injection success stays below 2 per cent.",
                owner = cast.People["ivo"],
                dueOn = Date(Days + 14),
            },
            ct
        );
    }
}
