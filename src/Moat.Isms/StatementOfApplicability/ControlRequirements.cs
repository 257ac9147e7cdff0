using Microsoft.EntityFrameworkCore;
using Moat.Isms.Controls;
using Moat.Isms.Documents;
using Moat.Isms.Evidence.Checks;
using Moat.Isms.Evidence.Counting;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Requirements;
using Moat.Isms.Kernel.Rules;
using Moat.Knowledge;
using Moat.Knowledge.Checks;

namespace Moat.Isms.StatementOfApplicability;

/// <summary>
/// The rules of every applicable control. Documented: a person describes it, a statement decided by two people contains
/// it and a document in force names it. Operating: evidence shows it over time and what is watched passes. Improving:
/// it changed, or was looked at.
/// </summary>
public sealed class ControlRequirements(
    MoatDb db,
    KnowledgeBase knowledge,
    ControlCounting counting,
    ControlLearning learning,
    CheckBook book,
    CheckReading checks
)
{
    private const int WordsOfADescription = 8;
    private const int TimesATextMayStand = 3;

    private sealed record Row(string Code, Standing Standing, string? HowDone, Guid? OwnerId, Guid? AnsweredById);

    private sealed record Surroundings(
        IReadOnlyDictionary<string, ControlStanding> Standings,
        IReadOnlyDictionary<string, Learned> Learned,
        IReadOnlySet<string> InDocuments,
        IReadOnlySet<string> Templates,
        IReadOnlySet<string> Repeated,
        Soa? Statement,
        IReadOnlySet<string> Stated,
        IReadOnlyDictionary<string, (int Passing, int Other)> Watched,
        DateOnly Today
    );

    /// <summary>The rules of each control, by code.</summary>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<RuleView>>> Read(CancellationToken ct)
    {
        var rows = await db.Set<Control>()
            .AsNoTracking()
            .Of(null)
            .Where(c => c.Applicability == Applicability.Applicable)
            .Select(c => new Row(c.Code, c.Standing, c.HowDone, c.OwnerId, c.AnsweredById))
            .ToListAsync(ct);
        var statement = await db.Set<Soa>().AsNoTracking().OrderByDescending(s => s.Number).FirstOrDefaultAsync(ct);
        var around = new Surroundings(
            await counting.All(ct),
            await learning.Read(ct),
            await InDocuments(ct),
            knowledge.Documents.SelectMany(d => d.Controls).ToHashSet(),
            Repeated(rows.Select(r => r.HowDone)),
            statement,
            statement is null
                ? new HashSet<string>()
                : SoaRow
                    .Read(statement.Rows)
                    .Where(r => r.Applicability == Applicability.Applicable)
                    .Select(r => r.Code)
                    .ToHashSet(),
            await Watched(ct),
            db.Today
        );
        return rows.ToDictionary(r => r.Code, r => (IReadOnlyList<RuleView>)[.. Rules(r, around)]);
    }

    private static IEnumerable<RuleView> Rules(Row row, Surroundings around)
    {
        var link = $"controls/{row.Code}";
        var standing = around.Standings[row.Code];
        var gap = NotDescribed(row, around.Repeated);
        yield return Rule(
            "documented",
            "control-described",
            gap is null,
            gap ?? "A person says how it is done here",
            "Say in your own words how it is done here, and who answers for it",
            link
        );
        yield return Stated(row.Code, around);
        if (around.Templates.Contains(row.Code))
        {
            var named = around.InDocuments.Contains(row.Code);
            yield return Rule(
                "documented",
                "control-in-document",
                named,
                named ? "A document in force names it" : "No document in force names it",
                "Approve and publish the document that names it",
                "documents"
            );
        }
        yield return Rule(
            "operating",
            "control-shown-over-time",
            standing.State == ControlState.ShownOverTime,
            standing.Because,
            standing.Next,
            link
        );
        if (around.Watched.TryGetValue(row.Code, out var watched))
            yield return InForce(watched, standing, link, around.Today);
        var learned = around.Learned.GetValueOrDefault(row.Code);
        yield return Rule(
            "improving",
            "control-learned",
            learned is not null && standing.HasEvidence,
            learned is null ? "Nothing learned changed it in a year, and nobody looked whether it should change"
                : standing.HasEvidence ? learned.Because
                : "Nothing that counts shows it, so nothing can be said to improve it",
            "Change it because of an incident, finding or measurement, or say after a look at its evidence why it stays",
            link
        );
    }

    private static string? NotDescribed(Row row, IReadOnlySet<string> repeated) =>
        row.Standing != Standing.Adopted ? "Only proposed"
        : row.OwnerId is null ? "Nobody answers for it"
        : row.HowDone is null ? "Nobody says how it is done"
        : !Substance.Says(row.HowDone, WordsOfADescription) ? "What stands there does not say how it is done"
        : repeated.Contains(row.HowDone.Trim())
            ? "The same text stands at more than three controls, so it describes none"
        : row.AnsweredById is null ? "A program wrote it; nobody who is signed in answered for it"
        : null;

    /// <summary>Texts that stand at more controls than one sentence can be true of.</summary>
    private static IReadOnlySet<string> Repeated(IEnumerable<string?> texts) =>
        texts
            .OfType<string>()
            .CountBy(t => t.Trim())
            .Where(t => t.Value > TimesATextMayStand)
            .Select(t => t.Key)
            .ToHashSet();

    private static RuleView Stated(string code, Surroundings around)
    {
        var stated = around.Stated.Contains(code);
        var because =
            around.Statement is not { } statement ? "No statement of applicability is published"
            : !stated ? $"{statement.Ref} does not have it as applicable"
            : statement.SoleAuthor ? $"{statement.Ref} was decided by one person alone"
            : $"{statement.Ref} has it, decided by more than one person";
        return Rule(
            "documented",
            "control-in-statement",
            stated && around.Statement is { SoleAuthor: false },
            because,
            "Publish a statement that somebody else approved",
            "soa"
        );
    }

    private static RuleView InForce(
        (int Passing, int Other) watched,
        ControlStanding standing,
        string link,
        DateOnly today
    )
    {
        var longEnough = standing.Kinds.Any(k => k.Kind == EvidenceFit.Fact && k.OverTime(today));
        return watched.Other > 0
            ? Rule(
                "operating",
                "control-in-force",
                false,
                $"{watched.Other} outcomes of checks fail or are unknown",
                "Mend what fails, or let somebody answer for it",
                link
            )
            : Rule(
                "operating",
                "control-in-force",
                longEnough,
                longEnough
                    ? "Everything that is watched for it passes"
                    : "Everything that is watched for it passes, not yet for long enough",
                "Keep it so; what counts is that it goes on",
                link
            );
    }

    private async Task<IReadOnlySet<string>> InDocuments(CancellationToken ct) =>
        (
            await (
                from version in db.Set<DocumentVersion>()
                where version.State == VersionState.Published
                join document in db.Set<Document>() on version.DocumentId equals document.Id
                where document.Standing == Standing.Adopted && document.RetiredAt == null
                select document.Controls
            ).ToListAsync(ct)
        )
            .SelectMany(c => c)
            .ToHashSet();

    /// <summary>
    /// For each control under checks, how many outcomes pass and how many do not. Unknown is not passing.
    /// </summary>
    private async Task<IReadOnlyDictionary<string, (int Passing, int Other)>> Watched(CancellationToken ct)
    {
        var counts = await checks.Counts(ct);
        return (await book.All(ct))
            .Where(c => counts.ContainsKey(c.Id))
            .SelectMany(c => c.Controls.Select(control => (Control: control, Counts: counts[c.Id])))
            .GroupBy(c => c.Control)
            .ToDictionary(
                g => g.Key,
                g =>
                    (
                        g.Sum(c => c.Counts.GetValueOrDefault(CheckOutcome.Passing)),
                        g.Sum(c => c.Counts.Where(o => o.Key != CheckOutcome.Passing).Sum(o => o.Value))
                    )
            )
            .Where(c => c.Value.Item1 + c.Value.Item2 > 0)
            .ToDictionary();
    }

    private static RuleView Rule(
        string dimension,
        string rule,
        bool holds,
        string because,
        string? next,
        string link
    ) => new(dimension, rule, holds, because, holds ? null : next, link, Built: true);
}
