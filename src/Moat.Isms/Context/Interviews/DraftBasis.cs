using System.Text.Json.Nodes;
using Moat.Knowledge;

namespace Moat.Isms.Context.Interviews;

/// <summary>Why something is drafted: the answers it rests on, and the same as the end of a sentence.</summary>
/// <param name="From">Answers such as <c>models=fine-tuned</c>; <see cref="DraftBasis.Always"/> alone for what every
/// company has.</param>
/// <param name="Words">"because you answered …"; empty for what every company has.</param>
public sealed record Because(IReadOnlyList<string> From, string Words);

/// <summary>
/// What a draft is made from: the answers, what they say about the company, and which answer said it.
/// </summary>
public sealed class DraftBasis(Interview interview, InterviewAnswers answers)
{
    /// <summary>Stands for what every company has, whatever it answers.</summary>
    public const string Always = "always";

    private const int MostNamed = 3;
    private const char Not = '≠';

    /// <summary>The answers.</summary>
    public InterviewAnswers Answers { get; } = answers;

    /// <summary>What they say about the company.</summary>
    public IReadOnlySet<string> Flags { get; } = answers.Facts().ToHashSet();

    /// <summary>The basis of a company's profile; one without answers when there is none.</summary>
    public static DraftBasis Of(KnowledgeBase knowledge, CompanyProfile? profile) =>
        new(
            knowledge.Interview,
            InterviewAnswers.Read(knowledge.Interview, (JsonObject)JsonNode.Parse(profile?.Answers ?? "{}")!)
        );

    /// <summary>The answers that make a condition hold.</summary>
    public Because For(Condition condition)
    {
        var found = condition.Because(Flags).Distinct().SelectMany(Givers).DistinctBy(g => g.From).ToList();
        return new Because(
            found.Count == 0 ? [Always] : [.. found.Select(g => g.From)],
            found.Count == 0 ? "" : $"because you answered {Join([.. found.Take(MostNamed).Select(g => g.Words)])}"
        );
    }

    /// <summary>The answers whose absence keeps a condition from holding, such as <c>work≠office</c>.</summary>
    public Because Without(Condition condition)
    {
        var missing = (
            from flag in condition.Any.Concat(condition.All)
            where !Flags.Contains(flag)
            from field in interview.Fields
            from option in field.Options
            where option.Flags.Contains(flag)
            select (From: $"{field.Key}{Not}{option.Value}", Words: $"“{option.Label}”")
        )
            .DistinctBy(g => g.From)
            .ToList();
        return new Because(
            [.. missing.Select(m => m.From)],
            $"because you did not answer {string.Join(" or ", missing.Take(MostNamed).Select(m => m.Words))}"
        );
    }

    /// <summary>An answer in words: the question's label and what was answered.</summary>
    public string Say(string from)
    {
        if (from == Always)
            return "What every company has that builds AI";
        var at = from.IndexOfAny(['=', Not]);
        var (key, value) = at < 0 ? (from, null) : (from[..at], from[(at + 1)..]);
        if (interview.Fields.FirstOrDefault(f => f.Key == key) is not { } field)
            return from;
        if (value is null)
            return field.Label;
        var option = field.Options.FirstOrDefault(o => o.Value == value)?.Label ?? value;
        return from[at] == Not ? $"{field.Label}: not “{option}”" : $"{field.Label}: {option}";
    }

    /// <summary>Whether a model of that name works on one of these; true where nobody said what it works on.</summary>
    public bool WorksOn(string model, IReadOnlyCollection<string> modality) =>
        modality.Count == 0 || Answers.ClassOf("model-names", model) is not { } told || modality.Contains(told);

    private IEnumerable<(string From, string Words)> Givers(string flag)
    {
        if (flag == InterviewAnswers.SmallCompany)
            yield return (
                $"people={Answers.One("people")}",
                Answers.One("people") == "1" ? "one person" : $"{Answers.One("people")} people"
            );
        foreach (var field in interview.Fields)
        foreach (var option in field.Options.Where(o => o.Flags.Contains(flag)))
        {
            if (field.Kind != "lines" && Answers.All(field.Key).Contains(option.Value))
                yield return ($"{field.Key}={option.Value}", $"“{option.Label}”");
            else if (field.Kind == "lines")
                foreach (var line in Answers.All(field.Key).Where(l => Answers.ClassOf(field.Key, l) == option.Value))
                    yield return ($"{field.Key}={line}", $"“{line}: {option.Value}”");
        }
    }

    private static string Join(List<string> words) =>
        words.Count == 1 ? words[0] : $"{string.Join(", ", words[..^1])} and {words[^1]}";
}
