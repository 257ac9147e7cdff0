using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Controls;
using Moat.Isms.Kernel;

namespace Moat.Tests;

/// <summary>
/// Every operation that changes a record refuses what was decided on a version that does not stand any more.
/// </summary>
[Collection(nameof(Corvid))]
[TakesLong]
public sealed class StaleVersionTests(Corvid corvid)
{
    private const int MostOfAKind = 4;
    private const int MostTries = 5;

    /// <summary>
    /// Operations about records that the example has not and that are not made in passing; the kernel refuses an
    /// operation that was told a version and never compared it.
    /// </summary>
    private static readonly Dictionary<string, string> NotInTheExample = new()
    {
        ["attestation-keys.retire"] = "a key needs a real public key",
        ["checks.end-exception"] = "an exception needs a resource that fails the check on the day of the test",
        ["documents.answer-remark"] = "a remark needs a version in work",
        ["frameworks.remove"] = "a framework needs its file",
        ["frameworks.replace"] = "a framework needs its file",
    };

    [Fact]
    public async Task Every_operation_on_a_record_refuses_a_version_that_does_not_stand_any_more_and_changes_nothing()
    {
        await corvid.Do(corvid.Catalog.Find("alert-sources.create")!, new JsonObject { ["name"] = "egress-watch" });
        await corvid.Do(
            corvid.Catalog.Find("access.create-token")!,
            new JsonObject { ["name"] = "Pipeline", ["role"] = "agent" }
        );
        var model = (Done)
            await corvid.Do(
                corvid.Catalog.Find("assets.create")!,
                new JsonObject { ["name"] = "Weights", ["kind"] = "model" }
            );
        var version = new JsonObject
        {
            ["asset"] = model.Ref,
            ["name"] = "v1",
            ["digests"] = new JsonArray($"sha256:{new string('a', 64)}"),
        };
        await corvid.Do(corvid.Catalog.Find("versions.create")!, version);
        var known = await corvid.Read(Known);
        var wrong = new List<string>();
        var changes = corvid.Catalog.All.Where(o => o.ChangesRecords && o.Permission != Permission.System);
        foreach (var operation in changes.Where(o => o.InputType.IsAssignableTo(typeof(ChangeRecord))))
            if (!await IsConflict(operation, known))
                wrong.Add(operation.Name);
        Assert.Empty(wrong.Except(NotInTheExample.Keys));
        Assert.Equal(known.Size, (await corvid.Read(Known)).Size);
    }

    /// <summary>Whether an operation on some record, sent with a version that does not stand, is a conflict.</summary>
    private async Task<bool> IsConflict(Operation operation, Example known)
    {
        foreach (var reference in Targets(operation, known))
            if (await IsConflict(operation, reference, known))
                return true;
        return false;
    }

    private async Task<bool> IsConflict(Operation operation, string reference, Example known)
    {
        var without = new HashSet<string>();
        for (var tries = 0; tries < MostTries; tries++)
        {
            var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
            var sham = new ShamInput(
                new Random(7),
                n => new string('x', Math.Max(1, n)),
                today,
                known.References,
                known.Controls
            );
            var input = sham.Make(operation.InputType, reference, without);
            input["ifVersion"] = 0;
            try
            {
                await corvid.Do(operation, input);
                Assert.Fail($"{operation.Name} changed {reference}, which had another version.");
            }
            catch (Conflict)
            {
                return true;
            }
            catch (InputInvalid invalid)
            {
                without.UnionWith(invalid.Errors.Select(e => e.Field.Split('.', '[')[0]));
            }
            catch (Refusal)
            {
                return false;
            }
        }
        return false;
    }

    private static IEnumerable<string> Targets(Operation operation, Example known)
    {
        if (operation.Process == "controls")
            return known.Controls.Take(MostOfAKind);
        var kinds = RecordKind.All.Values.Where(k => k.Process == operation.Process).Select(k => k.Prefix).ToList();
        return (kinds.Count == 0 ? [.. RecordKind.All.Keys] : kinds)
            .Concat(RecordKind.All.Keys)
            .Distinct()
            .SelectMany(k => known.References.GetValueOrDefault(k) ?? []);
    }

    private static async Task<Example> Known(MoatDb db)
    {
        var found = new Dictionary<string, IReadOnlyList<string>>();
        var of = typeof(StaleVersionTests).GetMethod(nameof(KnownOf), BindingFlags.NonPublic | BindingFlags.Static)!;
        foreach (var kind in RecordKind.All.Values)
            found[kind.Prefix] = await (Task<IReadOnlyList<string>>)
                of.MakeGenericMethod(kind.Type).Invoke(null, [db, kind.Prefix])!;
        return new Example(
            found,
            await db.Set<Control>().OrderBy(c => c.Order).Select(c => c.Code).ToListAsync(),
            await db.Journal.CountAsync()
        );
    }

    private static async Task<IReadOnlyList<string>> KnownOf<T>(MoatDb db, string prefix)
        where T : Referenced =>
        [
            .. (await db.Set<T>().OrderBy(r => r.Number).Select(r => r.Number).Take(MostOfAKind).ToListAsync()).Select(
                n => $"{prefix}-{n}"
            ),
        ];

    private sealed record Example(
        IReadOnlyDictionary<string, IReadOnlyList<string>> References,
        IReadOnlyList<string> Controls,
        int Size
    );
}
