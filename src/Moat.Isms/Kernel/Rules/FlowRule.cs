using Microsoft.EntityFrameworkCore;

namespace Moat.Isms.Kernel.Rules;

/// <summary>
/// The day a map is drawn for. A rule looks at what was entered before its end, and measures lateness from its start:
/// while the day lasts, what is due on it is not late.
/// </summary>
/// <param name="On">The day.</param>
/// <param name="Services">Where those stand who know more of today than the registers keep of past days.</param>
public sealed record FlowDay(DateOnly On, IServiceProvider? Services = null)
{
    /// <summary>The first moment of the day.</summary>
    public DateTime Start { get; } = On.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);

    /// <summary>The first moment after the day.</summary>
    public DateTime End { get; } = On.AddDays(1).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);

    /// <summary>
    /// The moment that many days before the start of the day: of what is older, that many whole days have passed.
    /// </summary>
    public DateTime Ago(int days) => Start.AddDays(-days);
}

/// <summary>A record from which nothing flowed although it should have. A rule projects to this.</summary>
public sealed class Broken
{
    /// <summary>The number in its reference.</summary>
    public required int Number { get; init; }

    /// <summary>What it is called.</summary>
    public required string Title { get; init; }

    /// <summary>Since when something is missing: a moment …</summary>
    public DateTime? At { get; init; }

    /// <summary>… or a day.</summary>
    public DateOnly? On { get; init; }
}

/// <summary>Those that a rule found: the first of them, and how many there are.</summary>
public sealed record Breakage(IReadOnlyList<Broken> First, int Total) : IPart;

/// <summary>
/// A named way in which an interaction of two processes breaks (clause 4.4): something should have flowed, and no
/// record shows that it did. A rule MUST find records by what is stored, never by what somebody ticked, and MUST NOT
/// count a proposal.
/// </summary>
/// <param name="Id">Stable id, such as <c>jewel-without-risk</c>.</param>
/// <param name="From">The process from which it should have flowed.</param>
/// <param name="To">The process that waits for it; the two are an interaction of the content.</param>
/// <param name="Kind">Prefix of the records it finds.</param>
/// <param name="Title">What should have flowed, in a sentence.</param>
/// <param name="Next">The next step, as a button says it.</param>
/// <param name="Find">Finds the records as of a day.</param>
public sealed record FlowRule(
    string Id,
    string From,
    string To,
    string Kind,
    string Title,
    string Next,
    Func<MoatDb, FlowDay, CancellationToken, Task<Breakage>> Find
)
{
    /// <summary>How many records of a rule are named; more are counted.</summary>
    public const int MostNamed = 50;

    /// <summary>A rule that is one query.</summary>
    public FlowRule(
        string id,
        string from,
        string to,
        string kind,
        string title,
        string next,
        Func<MoatDb, FlowDay, IQueryable<Broken>> query
    )
        : this(id, from, to, kind, title, next, (db, day, ct) => Named(query(db, day), ct)) { }

    /// <summary>The breakage of records that are already in memory.</summary>
    public static Breakage Of(IReadOnlyCollection<Broken> all) =>
        new([.. all.OrderBy(b => b.Number).Take(MostNamed)], all.Count);

    private static async Task<Breakage> Named(IQueryable<Broken> broken, CancellationToken ct)
    {
        var first = await broken.OrderBy(b => b.Number).Take(MostNamed).ToListAsync(ct);
        return new Breakage(first, first.Count < MostNamed ? first.Count : await broken.CountAsync(ct));
    }
}

/// <summary>The rules about the records of one process; kept in its folder.</summary>
public interface IFlowRules
{
    /// <summary>The rules.</summary>
    IReadOnlyList<FlowRule> Rules { get; }
}
