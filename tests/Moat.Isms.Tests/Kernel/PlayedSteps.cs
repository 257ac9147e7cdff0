using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Record = Moat.Isms.Kernel.Record;

namespace Moat.Tests;

/// <summary>Steps that follow from a seed, and where among them the operation saves.</summary>
internal sealed record PlaySteps : ChangeRecord
{
    /// <summary>From which the steps follow.</summary>
    public int Seed { get; init; }

    /// <summary>How many.</summary>
    public int Steps { get; init; }

    /// <summary>After which steps to save, one of so many; none for 0.</summary>
    public int FlushEach { get; init; }

    /// <summary>Whether to save after the last step.</summary>
    public bool EndsWithFlush { get; init; }

    /// <summary>Whether it asks who is called Ada now, before it saved and after.</summary>
    public bool Asks { get; init; }

    /// <summary>Whether it ends in an error.</summary>
    public bool Fails { get; init; }

    /// <summary>Whether it saves without telling who writes the journal.</summary>
    public bool PastTheJournal { get; init; }
}

/// <summary>The records in the order in which they were met, so that two plays can be compared.</summary>
internal sealed record Played(IReadOnlyList<Guid> Ids)
{
    /// <summary>Who is called Ada, as the operation left them.</summary>
    public IReadOnlyList<Guid> Left { get; init; } = [];

    /// <summary>The same, asked of the database once it was saved.</summary>
    public IReadOnlyList<Guid> Saved { get; init; } = [];
}

/// <summary>An operation that does this and that to persons, links and tokens, and saves in between.</summary>
[Process("steps", "Steps of a test.")]
internal sealed class PlayedSteps(MoatDb db)
{
    private static readonly string[] Names = ["Ada", "Ben", "Cem"];
    private static readonly PropertyInfo Secret = typeof(ApiToken).GetProperty(nameof(ApiToken.SecretHash))!;
    private readonly List<Guid> _ids = [];
    private int _seed;

    private string Label => $"{_seed:D4}-{_ids.Count:D5}";

    [Operation("play", Permission.EditPeople, "Play steps")]
    public async Task<Played> Play(PlaySteps input, CancellationToken ct)
    {
        _seed = input.Seed;
        var named = await db.One<Person>(input, ct);
        var people = await db.Set<Person>().OrderBy(p => p.Number).ToListAsync(ct);
        var tokens = await db.Set<ApiToken>().OrderBy(t => t.Number).ToListAsync(ct);
        var links = await db.Links.Where(l => l.Type.StartsWith("played")).OrderBy(l => l.Source).ToListAsync(ct);
        _ids.AddRange([.. people.Select(p => p.Id), .. tokens.Select(t => t.Id), .. links.Select(l => l.Id)]);
        var (next, save) = (new Random(input.Seed), new Random(input.Seed + 1));
        for (var step = 0; step < input.Steps; step++)
        {
            await Step(next, named, people, tokens, links, ct);
            if (input.FlushEach > 0 && save.Next(input.FlushEach) == 0)
                await db.Flush(ct);
        }
        if (input.EndsWithFlush)
            await db.Flush(ct);
        if (input.PastTheJournal)
            await Past(ct);
        if (input.Fails)
            throw new RuleBroken("steps.play.fails", "It was told to fail.");
        return input.Asks ? await Asked(ct) : new Played(_ids);
    }

    private async Task<Played> Asked(CancellationToken ct)
    {
        var left = await db.AsOfNow<Person>(p => p.Name == "Ada", ct);
        await db.Flush(ct);
        var saved = await db.Set<Person>().Where(p => p.Name == "Ada").OrderBy(p => p.Number).ToListAsync(ct);
        return new Played(_ids)
        {
            Left = [.. left.OrderBy(p => p.Number).Select(p => p.Id)],
            Saved = [.. saved.Select(p => p.Id)],
        };
    }

    private async Task Past(CancellationToken ct)
    {
        await Enter(new Person { Name = "Past", Email = "past@x.test" }, ct);
        await db.SaveChangesAsync(ct);
    }

    private async Task Step(
        Random next,
        Person named,
        List<Person> people,
        List<ApiToken> tokens,
        List<Link> links,
        CancellationToken ct
    )
    {
        var person = next.Next(3) switch
        {
            0 => named,
            1 => people[^1],
            _ => people[next.Next(people.Count)],
        };
        switch (next.Next(8))
        {
            case 0:
                people.Add(await Enter(new Person { Name = Names[next.Next(3)], Email = $"{Label}@x.test" }, ct));
                break;
            case 1 when person != named:
                db.Remove(person);
                people.Remove(person);
                break;
            case 2 or 3:
                person.Name = Names[next.Next(3)];
                break;
            case 4:
                person.Logins = [.. Names.Take(next.Next(3))];
                break;
            case 5:
                var token = tokens[next.Next(tokens.Count)];
                Secret.SetValue(token, $"{token.Number} {Names[next.Next(3)]}");
                break;
            case 6:
                links.Add(await Enter(Link(person, named, Label), ct));
                break;
            case 7 when links.Count > 0:
                db.Remove(links[0]);
                links.RemoveAt(0);
                break;
        }
    }

    private static Link Link(Person from, Person to, string label) =>
        new()
        {
            Type = "played-" + label,
            FromKind = "PER",
            FromId = from.Id,
            ToKind = "PER",
            ToId = to.Id,
            Source = label,
        };

    private async Task<T> Enter<T>(T record, CancellationToken ct)
        where T : Record
    {
        await db.Enter(record, ct);
        _ids.Add(record.Id);
        return record;
    }
}
