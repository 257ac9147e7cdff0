using System.Text.Json.Nodes;
using Moat.Isms.Overviews;
using Moat.Isms.People.Competence;
using Moat.Isms.Training;
using Moat.Knowledge;

namespace Moat.Cli.Demo;

/// <summary>What people learn, and who looks whether they can do it.</summary>
internal sealed partial class DemoStory
{
    private async Task Learn(string who, bool failsFirst, CancellationToken ct)
    {
        var mine = (MySecurityView)await cast.Do(who, "my.security", new JsonObject(), ct);
        foreach (var course in mine.Learn.Where(l => l.PassedAt is null))
        {
            if (failsFirst)
                await Attempt(who, course, right: false, ct);
            await Attempt(who, course, right: true, ct);
        }
    }

    private async Task Attempt(string who, MyCourse course, bool right, CancellationToken ct)
    {
        var quiz = (QuizView)await cast.Do(who, "training.start-quiz", new { @ref = course.Ref }, ct);
        var bank = KnowledgeBase.Shipped.CourseById[course.CourseId].Questions.ToDictionary(q => q.Id);
        // Even who passes gets one wrong now and then.
        var answers = quiz.Questions.Select(
            (q, i) =>
                $"{q.Id}={(right && (i > 0 || who.Length % 2 == 0) ? bank[q.Id].Answer : bank[q.Id].Answer % q.Options.Count + 1)}"
        );
        await cast.Do(who, "training.answer-quiz", new { @ref = quiz.Ref, answers }, ct);
    }

    private async Task Competence(CancellationToken ct)
    {
        await cast.Do("jonas", "competence.draft", new JsonObject(), ct);
        await AdoptAll("jonas", "competence", ct);
        var rows = (IReadOnlyList<CompetenceView>)await cast.Do("jonas", "competence.list", new JsonObject(), ct);
        foreach (var (index, row) in rows.Where(r => r.PersonRef is not null).Index())
        {
            var judge = row.PersonRef == cast.People["jonas"] ? "mara" : "jonas";
            if (index % 9 == 4)
                await cast.Do(
                    judge,
                    "competence.judge",
                    new
                    {
                        @ref = row.Ref,
                        shown = false,
                        ground = "training",
                        what = "Has read about it, but never done it here.",
                        step = "Half a day with planted poison in a copy of the set; the sheet is kept",
                        stepBy = Date(_day + 100),
                    },
                    ct
                );
            else
                await cast.Do(
                    judge,
                    "competence.judge",
                    new
                    {
                        @ref = row.Ref,
                        shown = true,
                        ground = index % 2 == 0 ? "experience" : "training",
                        what = "Seen at work in the last release: reviewed by a second person and kept with it.",
                    },
                    ct
                );
        }
    }

    private async Task CloseGaps(CancellationToken ct)
    {
        var rows = (IReadOnlyList<CompetenceView>)await cast.Do("jonas", "competence.list", new JsonObject(), ct);
        foreach (var row in rows.Where(r => r is { State: "gap", CheckedOn: null, ProofRef: not null }))
            await cast.Do(
                row.PersonRef == cast.People["jonas"] ? "mara" : "jonas",
                "competence.check",
                new
                {
                    @ref = row.ProofRef,
                    closed = true,
                    how = "Found 47 of 50 planted records in two hours and named their source.",
                },
                ct
            );
    }
}
