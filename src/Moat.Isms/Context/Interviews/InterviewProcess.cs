using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Knowledge;

namespace Moat.Isms.Context.Interviews;

/// <summary>Answers to give; those not named stay as they are.</summary>
public sealed record GiveAnswers
{
    /// <summary>
    /// Answers by key. A list for questions that take several; an empty list takes an answer back, unless it is needed.
    /// </summary>
    public required Dictionary<string, JsonNode?> Answers { get; init; }

    /// <summary>Complete the interview as well; refused while a required answer is missing.</summary>
    public bool Complete { get; init; }
}

/// <summary>Where the interview stands.</summary>
public sealed record InterviewView(
    IReadOnlyDictionary<string, IReadOnlyList<string>> Answers,
    IReadOnlyList<string> Open,
    int Answered,
    int Questions,
    DateTime? CompletedAt,
    IReadOnlyList<string> Facts,
    IReadOnlyList<PathOption> Paths,
    int Version,
    IReadOnlyList<string> Needed
);

/// <summary>The interview about the company.</summary>
[Process("interview", "A dozen short questions from which the whole ISMS is drafted (clause 4.1).")]
public sealed class InterviewProcess(MoatDb db, KnowledgeBase knowledge)
{
    /// <summary>The answers so far, what is still open and the recommended path.</summary>
    [Query("get", Permission.ReadIsms, "Answers so far, what is open, and the recommended path once complete")]
    public async Task<InterviewView> Get(Nothing input, CancellationToken ct)
    {
        var profile = await db.Set<CompanyProfile>().FirstOrDefaultAsync(ct);
        var answers = AnswersOf(profile);
        return new InterviewView(
            knowledge
                .Interview.Fields.Where(f => answers.All(f.Key).Count > 0)
                .ToDictionary(f => f.Key, f => answers.Given(f.Key)),
            [.. answers.Open.Select(f => f.Key)],
            answers.Answered,
            knowledge.Interview.Questions.Count,
            profile?.CompletedAt,
            profile?.Facts ?? [],
            answers.Open.Count == 0 ? PathAdvice.For(answers, db.Today) : [],
            profile?.Version ?? 0,
            [.. knowledge.Interview.Fields.Where(answers.IsNeeded).Select(f => f.Key)]
        );
    }

    /// <summary>Keeps answers; the interview can be left and resumed at any question.</summary>
    [Operation("answer", Permission.EditContext, "Give or change answers; optionally complete the interview")]
    public async Task<Done> Answer(GiveAnswers input, CancellationToken ct)
    {
        var profile =
            await db.Set<CompanyProfile>().FirstOrDefaultAsync(ct) ?? await db.Enter(new CompanyProfile(), ct);
        var merged = AnswersOf(profile).ToJson();
        foreach (var (key, value) in input.Answers)
            merged[key] = value?.DeepClone();
        var answers = InterviewAnswers.Read(knowledge.Interview, merged);
        var missing = answers.Open.Where(f => input.Answers.ContainsKey(f.Key)).ToList();
        if (missing.Count > 0)
            throw Needed(missing);
        profile.Answer(CanonicalJson.Text(answers.ToJson()), answers.Facts());
        if (input.Complete)
        {
            if (answers.Open.Count > 0)
                throw Needed(answers.Open);
            profile.Complete(db.Now);
        }
        return new Done(profile);
    }

    private static InputInvalid Needed(IEnumerable<QuestionField> fields) =>
        new([.. fields.Select(f => new FieldError(f.Key, $"{f.Label}: this is needed."))]);

    private InterviewAnswers AnswersOf(CompanyProfile? profile) =>
        InterviewAnswers.Read(knowledge.Interview, (JsonObject)JsonNode.Parse(profile?.Answers ?? "{}")!);
}
