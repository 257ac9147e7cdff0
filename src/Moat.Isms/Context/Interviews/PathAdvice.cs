using System.Globalization;

namespace Moat.Isms.Context.Interviews;

/// <summary>A way to the certificate with its effort and dates.</summary>
/// <param name="Path">Which way.</param>
/// <param name="Recommended">Whether it is the one that fits these answers.</param>
/// <param name="Chosen">Whether the company chose it.</param>
/// <param name="Reasons">Why or why not.</param>
/// <param name="Days">Working days of the company's own people.</param>
/// <param name="CostEur">Advice and audit, in EUR.</param>
/// <param name="ReadyOn">The earliest day for the stage 1 audit.</param>
/// <param name="CertifiedOn">The earliest day for a certificate.</param>
public sealed record PathOption(
    ImplementationPath Path,
    bool Recommended,
    bool Chosen,
    IReadOnlyList<string> Reasons,
    int Days,
    int CostEur,
    DateOnly ReadyOn,
    DateOnly CertifiedOn
);

/// <summary>
/// Recommends a way to the certificate from size, deadline, means and experience. The figures are our judgement.
/// </summary>
public static class PathAdvice
{
    // Records of operation that a certification body expects to see before it certifies.
    private const int MonthsOfRecords = 3;
    private const int MonthsFromStageOneToCertificate = 2;

    /// <summary>The three ways, the recommended one first.</summary>
    public static IReadOnlyList<PathOption> For(InterviewAnswers answers, DateOnly today)
    {
        var options = Enum.GetValues<ImplementationPath>().Select(path => Option(path, answers, today)).ToList();
        var best = options.OrderBy(o => Penalty(o, answers)).First();
        return [.. options.Select(o => o with { Recommended = o == best }).OrderByDescending(o => o.Recommended)];
    }

    private static PathOption Option(ImplementationPath path, InterviewAnswers answers, DateOnly today)
    {
        var people = Math.Max(answers.Number("people"), 1);
        var work = (30 + 8 * Math.Log2(people)) * (answers.All("existing").Count >= 3 ? 0.8 : 1);
        var audit = 7_000 + 120 * Math.Min(people, 250);
        var (share, fee) = path switch
        {
            ImplementationPath.Yourself => (
                Experience(answers) switch
                {
                    2 => 1.2,
                    1 => 1.6,
                    _ => 2.2,
                },
                0
            ),
            ImplementationPath.Toolkit => (
                Experience(answers) switch
                {
                    2 => 0.7,
                    1 => 0.8,
                    _ => 1.0,
                },
                0
            ),
            _ => (0.55, 9_000 + 150 * Math.Min(people, 200)),
        };
        var days = (int)Math.Ceiling(work * share);
        var perMonth = Math.Max(answers.Number("days"), 1);
        var building = (int)Math.Ceiling((double)days / perMonth * 30);
        var ready = today.AddDays(building).AddMonths(MonthsOfRecords);
        var certified = ready.AddMonths(MonthsFromStageOneToCertificate);
        return new PathOption(
            path,
            false,
            string.Equals(answers.One("path"), path.ToString(), StringComparison.OrdinalIgnoreCase),
            [.. Reasons(path, answers, certified, audit + fee, perMonth, days, today)],
            days,
            audit + fee,
            ready,
            certified
        );
    }

    private static IEnumerable<string> Reasons(
        ImplementationPath path,
        InterviewAnswers answers,
        DateOnly certified,
        int cost,
        int daysPerMonth,
        int days,
        DateOnly today
    )
    {
        yield return path switch
        {
            ImplementationPath.Yourself => Experience(answers) == 2
                ? "Somebody here has run an ISMS, so starting from a blank page is possible, but it is the most work."
                : "Nobody here has run an ISMS; a blank page is where most first attempts stop.",
            ImplementationPath.Toolkit =>
                "Moat drafts scope, risks and controls from your answers; your people decide instead of writing.",
            _ => Experience(answers) == 0
                ? "Nobody here has done it before; a consultant answers in a day what costs a week to find out."
                : "A consultant saves days, but the decisions and the records stay yours.",
        };
        if (Deadline(answers) is { } deadline)
            yield return certified <= deadline
                ? Text($"It can meet {deadline:yyyy-MM-dd}, with the certificate about {certified:yyyy-MM-dd}.")
                : Text(
                    $"It misses {deadline:yyyy-MM-dd}: the certificate would come about {certified:yyyy-MM-dd} with {daysPerMonth} days a month. {Meets(days, deadline, today)}"
                );
        if (answers.One("budget") is not null)
            yield return cost <= answers.Number("budget")
                ? Text($"Advice and audit of about EUR {cost:N0} fit your budget.")
                : Text(
                    $"Advice and audit of about EUR {cost:N0} are above your budget of EUR {answers.Number("budget"):N0}."
                );
    }

    // What would meet the date: more days a month, as far as the records leave time for any.
    private static string Meets(int days, DateOnly deadline, DateOnly today)
    {
        var left = deadline.AddMonths(-MonthsOfRecords - MonthsFromStageOneToCertificate).DayNumber - today.DayNumber;
        return left <= 0
            ? Text(
                $"No number of days meets it: records of {MonthsOfRecords} months and {MonthsFromStageOneToCertificate} months between the audits end later. A later date, or a letter that says when, is what remains."
            )
            : Text($"{(int)Math.Ceiling(days * 30.0 / left)} days a month would meet it.");
    }

    private static double Penalty(PathOption option, InterviewAnswers answers)
    {
        var late = Deadline(answers) is { } deadline
            ? Math.Max(0, option.CertifiedOn.DayNumber - deadline.DayNumber)
            : 0;
        var over = Math.Max(0, option.CostEur - Math.Max(answers.Number("budget"), 1)) / 1000.0;
        return option.Days + late * 0.5 + over * 3;
    }

    private static DateOnly? Deadline(InterviewAnswers answers) =>
        DateOnly.TryParseExact(answers.One("deadline"), "yyyy-MM-dd", out var date) ? date : null;

    private static int Experience(InterviewAnswers answers) =>
        answers.One("expertise") switch
        {
            "experienced" => 2,
            "some" => 1,
            _ => 0,
        };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
