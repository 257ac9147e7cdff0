using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Controls;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Requirements;
using Moat.Isms.Readiness;

namespace Moat.Tests;

/// <summary>
/// An organisation that a program fills in twenty minutes: one person with an account, three tokens, no waiting. It
/// does everything that the catalogue of operations offers, on every record, and never what would take something back.
/// </summary>
internal sealed class ShamCompany(Company company, Func<int, string> text, int seed = 7)
{
    private static readonly HashSet<string> TakesBack =
    [
        "reject",
        "withdraw",
        "withdraw-acceptance",
        "withdraw-invitation",
        "withdraw-measurement",
        "drop",
        "retire",
        "revoke",
        "revoke-token",
        "end",
        "remove",
        "decline",
        "take-back",
        "reopen",
        "return",
        "contest",
        "uphold",
        "untie",
        "unrelate",
        "end-exception",
        "end-group",
        "end-user",
        "take-back-check",
        "revoke-address",
        "found",
        "join",
        "generate",
        "import",
        "import-table",
    ];

    private const int MostOfAKind = 12;
    private const int Tries = 4;
    private readonly Random _random = new(seed);
    private Dictionary<string, IReadOnlyList<string>> _references = [];
    private List<string> _controls = [];

    /// <summary>The person, and the three tokens that no person stands behind.</summary>
    public Caller Person { get; } = company.Owner;

    /// <summary>Callers without a person.</summary>
    public IReadOnlyList<Caller> Tokens { get; } =
    [
        .. new[] { Role.IsmsManager, Role.Agent, Role.ControlOwner }.Select(
            (role, i) =>
                company.Owner with
                {
                    Role = role,
                    ActorId = Guid.CreateVersion7(),
                    Name = $"Script {i} (TOK-{i})",
                    PersonId = null,
                    Door = "rest",
                }
        ),
    ];

    /// <summary>How many operations were done.</summary>
    public int Done { get; private set; }

    /// <summary>Answers the interview, drafts and adopts everything.</summary>
    public async Task Begin(Caller by)
    {
        await company.Do("interview.answer", new { answers = Answers.Json, complete = true }, by);
        await company.Do("draft.generate", new { }, by);
        await Look();
        foreach (var refs in _references.Values.SelectMany(r => r).Chunk(20))
            await Try(
                "draft.adopt",
                new JsonObject { ["refs"] = new JsonArray([.. refs.Select(r => (JsonNode)r)]) },
                by
            );
        for (var i = 0; i < 3; i++)
            await Try(
                "people.create",
                new JsonObject { ["name"] = $"Nobody {i}", ["email"] = $"nobody{i}@acme.test" },
                by
            );
    }

    /// <summary>Does every operation on every record, as each of the callers in turn.</summary>
    public async Task Fill(IReadOnlyList<Caller> callers, int rounds = 2)
    {
        for (var round = 0; round < rounds; round++)
        {
            foreach (
                var operation in company.Catalog.All.Where(o =>
                    o.ChangesRecords && o.Permission != Permission.System && !TakesBack.Contains(o.Verb)
                )
            )
            {
                await Look();
                foreach (var reference in TargetsOf(operation))
                foreach (var caller in callers)
                    if (caller.May(operation.Permission) && await Attempt(operation, reference, caller))
                        break;
            }
        }
    }

    /// <summary>One operation of the catalogue, chosen and filled by chance.</summary>
    public async Task Chance(IReadOnlyList<Caller> callers)
    {
        var operations = company.Catalog.All.Where(o => o.ChangesRecords && o.Permission != Permission.System).ToList();
        var operation = operations[_random.Next(operations.Count)];
        await Look();
        var targets = TargetsOf(operation).ToList();
        if (targets.Count > 0)
            await Attempt(operation, targets[_random.Next(targets.Count)], callers[_random.Next(callers.Count)]);
    }

    /// <summary>What readiness says of every clause and control, or of one of the two kinds.</summary>
    public async Task<(Doi Doi, IReadOnlyList<string> Held)> Readiness(string? kind = null)
    {
        var all = await company.Run<ReadinessProcess, ShowReadiness, ReadinessView>(
            p => p.List,
            new ShowReadiness { Kind = kind }
        );
        var held = all.Requirements.SelectMany(r =>
            r.Rules.Where(x => x.Holds).Select(x => $"{x.Dimension} {r.Id} {x.Rule}: {x.Because}")
        );
        Share Of(string dimension) =>
            new(
                all.Requirements.Sum(r => r.Rules.Count(x => x.Dimension == dimension && x.Holds)),
                all.Requirements.Sum(r => r.Rules.Count(x => x.Dimension == dimension))
            );
        return (new Doi(Of("documented"), Of("operating"), Of("improving")), [.. held]);
    }

    private IEnumerable<string?> TargetsOf(Operation operation)
    {
        if (!operation.OnOneRecord)
            return Enumerable.Repeat<string?>(null, 4);
        if (operation.Process == "controls")
            return _controls;
        var kinds = RecordKind.All.Values.Where(k => k.Process == operation.Process).Select(k => k.Prefix).ToList();
        if (kinds.Count == 0)
            kinds = [.. RecordKind.All.Keys];
        return kinds.SelectMany(k => _references.GetValueOrDefault(k) ?? []);
    }

    private async Task<bool> Attempt(Operation operation, string? reference, Caller caller)
    {
        var without = new HashSet<string>();
        for (var i = 0; i < Tries; i++)
        {
            var input = new ShamInput(
                _random,
                text,
                DateOnly.FromDateTime(company.Clock.GetUtcNow().UtcDateTime),
                _references,
                _controls
            ).Make(operation.InputType, reference, without);
            switch (await Try(operation.Name, input, caller))
            {
                case null:
                    return true;
                case InputInvalid invalid:
                    without.UnionWith(invalid.Errors.Select(e => e.Field.Split('.', '[')[0]));
                    break;
                default:
                    return false;
            }
        }
        return false;
    }

    private async Task<Exception?> Try(string operation, JsonObject input, Caller caller)
    {
        try
        {
            await company.Do(operation, input, caller);
            Done++;
            return null;
        }
        catch (Refusal refused)
        {
            return refused;
        }
    }

    private async Task Look() =>
        (_references, _controls) = await company.Read(async db =>
        {
            var found = new Dictionary<string, IReadOnlyList<string>>();
            foreach (var kind in RecordKind.All.Values)
                found[kind.Prefix] = await (Task<IReadOnlyList<string>>)
                    typeof(ShamCompany)
                        .GetMethod(nameof(Known), BindingFlags.NonPublic | BindingFlags.Static)!
                        .MakeGenericMethod(kind.Type)
                        .Invoke(null, [db, kind.Prefix])!;
            return (found, await db.Set<Control>().OrderBy(c => c.Order).Select(c => c.Code).ToListAsync());
        });

    private static async Task<IReadOnlyList<string>> Known<T>(MoatDb db, string prefix)
        where T : Referenced =>
        [
            .. (
                await db.Set<T>()
                    .OrderBy(r => r.Number)
                    .Select(r => r.Number)
                    .Take(
                        prefix
                            is "RISK"
                                or "AST"
                                or "ROLE"
                                or "ISS"
                                or "PTY"
                                or "OBL"
                                or "OBJ"
                                or "DOC"
                                or "VER"
                                or "COMP"
                            ? 200
                            : MostOfAKind
                    )
                    .ToListAsync()
            ).Select(n => $"{prefix}-{n}"),
        ];
}
