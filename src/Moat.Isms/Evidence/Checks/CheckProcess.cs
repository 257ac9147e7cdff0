using Microsoft.EntityFrameworkCore;
using Moat.Isms.Controls;
using Moat.Isms.Kernel;
using Moat.Knowledge;
using Moat.Knowledge.Checks;
using Moat.Knowledge.Documents;

namespace Moat.Isms.Evidence.Checks;

/// <summary>Checks over collected facts: what is evaluated, and what came out (9.1).</summary>
[Process(Name, Summary)]
public sealed class CheckProcess(
    MoatDb db,
    KnowledgeBase knowledge,
    CheckBook book,
    CheckReading reading,
    InForceReading inForce,
    CheckRenewal renewal
)
{
    internal const string Name = "checks";
    internal const string Summary = "What must be true of collected facts, and since when it is (9.1).";
    private const int MostResources = 200;
    private const int MostTried = 5000;
    private const int Examples = 20;

    /// <summary>The checks, with how many resources pass and fail.</summary>
    [Query("list", Permission.ReadIsms, "List checks with how many resources pass, fail or are unknown")]
    public async Task<IReadOnlyList<CheckRow>> List(ListChecks input, CancellationToken ct)
    {
        var counts = await reading.Counts(ct);
        int Count(string check, CheckOutcome outcome) =>
            counts.TryGetValue(check, out var by) ? by.GetValueOrDefault(outcome) : 0;
        return
        [
            .. (await book.All(ct))
                .Where(c =>
                    (input.Resource is null || c.Resource == input.Resource)
                    && (input.Control is null || c.Controls.Contains(input.Control))
                    && (input.Severity is null || c.Severity == input.Severity)
                    && (
                        input.Q is null
                        || SearchText.Fold(c.Title).Contains(SearchText.Fold(input.Q), StringComparison.Ordinal)
                    )
                )
                .Select(c => new CheckRow(
                    c.Id,
                    c.Title,
                    c.Resource,
                    c.Severity,
                    c.Controls,
                    c.Clauses,
                    !knowledge.CheckById.ContainsKey(c.Id),
                    Count(c.Id, CheckOutcome.Passing),
                    Count(c.Id, CheckOutcome.Failing),
                    Count(c.Id, CheckOutcome.Unknown)
                ))
                .Where(r =>
                    input.Outcome switch
                    {
                        null => true,
                        CheckOutcome.Failing => r.Failing > 0,
                        CheckOutcome.Unknown => r.Unknown > 0,
                        _ => r.Passing > 0,
                    }
                ),
        ];
    }

    /// <summary>One check with the resources it looks at, failing ones first.</summary>
    [Query("get", Permission.ReadIsms, "Read a check with the resources it looks at")]
    public async Task<CheckView> Get(OneCheck input, CancellationToken ct)
    {
        var standing = new List<CheckedResource>();
        foreach (var outcome in new[] { CheckOutcome.Failing, CheckOutcome.Unknown, CheckOutcome.Passing })
            standing.AddRange(
                (await reading.Standing([input.Ref], [outcome], MostResources - standing.Count, ct)).Select(s =>
                    s.Resource
                )
            );
        var counted = await inForce.Of([input.Ref], InForceReading.UsualDays, ct);
        if (knowledge.CheckById.TryGetValue(input.Ref, out var c))
            return new CheckView(
                c.Id,
                0,
                c.Title,
                c.Resource,
                c.Severity,
                c.Controls,
                c.Clauses,
                Own: false,
                c.Why,
                c.Html,
                c.Schema,
                c.Applies,
                c.Reads,
                counted,
                standing,
                counted.Watched
            );
        var own = await db.One<OwnCheck>(input.Ref, ct);
        return new CheckView(
            own.Ref,
            own.Version,
            own.Title,
            own.Resource,
            own.Severity,
            own.Controls,
            own.Clauses,
            Own: true,
            own.Why,
            DocumentHtml.Of(own.Fix),
            own.Schema,
            own.Applies,
            own.Reads,
            counted,
            standing,
            counted.Watched
        );
    }

    /// <summary>What a check would find on the facts that stand, before it is saved.</summary>
    [Query("try", Permission.EditControls, "Try a check on the stored facts before saving it")]
    public async Task<Trial> Try(CheckText input, CancellationToken ct)
    {
        var rule = Compiled(input);
        var facts = await renewal.Standing(input.Resource, after: 0, MostTried, ct);
        var found = facts.Select(f => (f.Resource, Finding: rule.Evaluate(f.Content))).ToList();
        int Count(CheckOutcome outcome) => found.Count(f => f.Finding.Outcome == outcome);
        return new Trial(
            Count(CheckOutcome.Passing),
            Count(CheckOutcome.Failing),
            Count(CheckOutcome.Unknown),
            Count(CheckOutcome.NotApplicable),
            [
                .. found
                    .OrderBy(f => f.Finding.Outcome == CheckOutcome.Failing ? 0 : 1)
                    .Take(Examples)
                    .Select(f => new TriedCheck(f.Resource.Ref, f.Resource.Name, f.Finding.Outcome, f.Finding.Detail)),
            ]
        );
    }

    /// <summary>Writes a check of one's own; the facts that stand are evaluated at once.</summary>
    [Operation("create", Permission.EditControls, "Write a check of your own; stored facts are evaluated at once")]
    public async Task<Done> Create(CreateCheck input, CancellationToken ct)
    {
        Compiled(input);
        await db.Controls(input.Controls, ct);
        knowledge.MustHaveClauses(input.Clauses);
        var check = await db.Enter(
            new OwnCheck
            {
                Title = input.Title,
                Resource = input.Resource,
                Severity = input.Severity,
                Controls = input.Controls,
                Clauses = input.Clauses,
                Reads = input.Reads,
                Applies = input.Applies,
                Schema = input.Schema,
                Why = input.Why,
                Fix = input.Fix,
            },
            ct
        );
        await renewal.Evaluate(check.Resource, [CheckBook.Own(check)], ct);
        return new Done(check);
    }

    /// <summary>Takes a check from a file with the form of the shipped ones.</summary>
    [Operation(
        "import",
        Permission.EditControls,
        "Add a check from a file with front matter, as the shipped ones have"
    )]
    public Task<Done> Import(ImportCheck input, CancellationToken ct)
    {
        var entry = input.File.Read(CheckFile.Read);
        var create = new CreateCheck
        {
            Title = entry.Title,
            Resource = entry.Resource,
            Severity = entry.Severity,
            Controls = entry.Controls,
            Clauses = entry.Clauses,
            Reads = entry.Reads,
            Applies = entry.Applies,
            Schema = entry.Schema,
            Why = entry.Why,
            Fix = entry.Body,
        };
        InputValidation.Check(create);
        return Create(create, ct);
    }

    /// <summary>Ends a check of one's own; what it found stays.</summary>
    [Operation("retire", Permission.EditControls, "End a check of your own; what it found stays readable")]
    public async Task<Done> Retire(RetireCheck input, CancellationToken ct)
    {
        var check = await db.One<OwnCheck>(input, ct);
        if (check.RetiredAt is not null)
            throw new RuleBroken("checks.retire.once", $"{check.Ref} is already retired.");
        check.RetiredAt = db.Now;
        var end = CheckInterval.Milliseconds(db.Now);
        foreach (
            var open in await db.Set<CheckInterval>()
                .Where(i => i.Check == check.Ref && i.Until == CheckInterval.Open)
                .ToListAsync(ct)
        )
            open.Until = end;
        return new Done(check);
    }

    private static FactRule Compiled(CheckText input)
    {
        try
        {
            return CheckBook.Rule(input.Schema, input.Applies, input.Reads);
        }
        catch (RuleInvalid e)
        {
            throw new InputInvalid(e.Field, e.Message);
        }
    }
}
