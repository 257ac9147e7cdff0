using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Controls;
using Moat.Isms.Kernel;

namespace Moat.Tests;

/// <summary>Every operation that changes a record refuses what was decided on a version that does not stand any more.</summary>
[Collection(nameof(Corvid))]
public sealed class StaleVersionTests(Corvid corvid)
{
    private const int MostOfAKind = 4;
    private const int MostTries = 5;

    /// <summary>What the example has nothing of is made first.</summary>
    private static readonly string[] Makes = ["documents.remark", "alert-sources.create", "access.create-token", "checks.except"];

    /// <summary>Operations about records that the example has not and that are not made in passing; the kernel refuses an operation that was told a version and never compared it.</summary>
    private static readonly Dictionary<string, string> NotInTheExample = new()
    {
        ["attestation-keys.retire"] = "a key needs a real public key",
    };

    [Fact]
    public async Task Every_operation_on_a_record_refuses_a_version_that_does_not_stand_any_more_and_changes_nothing()
    {
        foreach (var name in Makes) await Try(corvid.Catalog.Find(name)!, null, await corvid.Read(Known));
        var known = await corvid.Read(Known);
        var wrong = new List<string>();
        foreach (var operation in corvid.Catalog.All.Where(o => o.ChangesRecords && o.Permission != Permission.System && o.InputType.IsAssignableTo(typeof(ChangeRecord))))
            if (!await Try(operation, 0, known)) wrong.Add(operation.Name);
        Assert.Equal(NotInTheExample.Keys.Order(StringComparer.Ordinal), wrong.Order(StringComparer.Ordinal));
        Assert.Equal(known.Size, (await corvid.Read(Known)).Size);
    }

    /// <summary>Does an operation on one record after the other: whether it went through or, at a version that does not stand, was a conflict.</summary>
    private async Task<bool> Try(Operation operation, int? version, Example known)
    {
        IEnumerable<string?> targets = operation.OnOneRecord ? Targets(operation, known) : [null];
        foreach (var reference in targets)
            if (await Try(operation, reference, version, known))
                return true;
        return false;
    }

    private async Task<bool> Try(Operation operation, string? reference, int? version, Example known)
    {
        var without = new HashSet<string>();
        for (var tries = 0; tries < MostTries; tries++)
        {
            var input = new ShamInput(new Random(7), n => new string('x', Math.Max(1, n)), DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime), known.References, known.Controls).Make(operation.InputType, reference, without);
            if (version is not null) input["ifVersion"] = version;
            try
            {
                await corvid.Do(operation, input);
                Assert.True(version is null, $"{operation.Name} changed {reference}, which had another version.");
                return true;
            }
            catch (Conflict) when (version is not null)
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

    private static IEnumerable<string?> Targets(Operation operation, Example known)
    {
        if (operation.Process == "controls") return known.Controls.Take(MostOfAKind);
        var kinds = RecordKind.All.Values.Where(k => k.Process == operation.Process).Select(k => k.Prefix).ToList();
        return (kinds.Count == 0 ? [.. RecordKind.All.Keys] : kinds).Concat(RecordKind.All.Keys).Distinct().SelectMany(k => known.References.GetValueOrDefault(k) ?? []);
    }

    private static async Task<Example> Known(MoatDb db)
    {
        var found = new Dictionary<string, IReadOnlyList<string>>();
        var of = typeof(StaleVersionTests).GetMethod(nameof(KnownOf), BindingFlags.NonPublic | BindingFlags.Static)!;
        foreach (var kind in RecordKind.All.Values) found[kind.Prefix] = await (Task<IReadOnlyList<string>>)of.MakeGenericMethod(kind.Type).Invoke(null, [db, kind.Prefix])!;
        return new Example(found, await db.Set<Control>().OrderBy(c => c.Order).Select(c => c.Code).ToListAsync(), await db.Journal.CountAsync());
    }

    private static async Task<IReadOnlyList<string>> KnownOf<T>(MoatDb db, string prefix) where T : Referenced =>
        [.. (await db.Set<T>().OrderBy(r => r.Number).Select(r => r.Number).Take(MostOfAKind).ToListAsync()).Select(n => $"{prefix}-{n}")];

    private sealed record Example(IReadOnlyDictionary<string, IReadOnlyList<string>> References, IReadOnlyList<string> Controls, int Size);
}
