using System.Globalization;
using System.Linq.Expressions;
using System.Text;
using Microsoft.EntityFrameworkCore;

namespace Moat.Isms.Kernel;

/// <summary>
/// Pages a register by key: the next page starts behind the last record of this one, so a page costs the same at any
/// depth. The record's number breaks ties.
/// </summary>
public sealed class Pager<T>(params SortKey<T>[] sorts)
    where T : Referenced
{
    private static readonly SortKey<T> ByNumber = new("number", r => r.Number);

    /// <summary>Names that <c>sort</c> may have, without the minus.</summary>
    public IReadOnlyList<string> Sorts { get; } = [.. sorts.Select(s => s.Name).Prepend("number")];

    /// <summary>One page of the query, projected.</summary>
    public async Task<Page<TView>> Page<TView>(
        MoatDb db,
        IQueryable<T> query,
        ListInput input,
        Expression<Func<T, TView>> view,
        CancellationToken ct
    )
    {
        if (!string.IsNullOrWhiteSpace(input.Q))
            foreach (var word in SearchText.Fold(input.Q).Split(' ', StringSplitOptions.RemoveEmptyEntries))
                query = query.Where(r => r.Search.Contains(word));

        var (sort, down) = SortOf(input.Sort);
        var filter = input with { Cursor = null, Limit = 50, Sort = null };
        var total = await db.Unchanged((typeof(T), filter, db.Viewer), () => query.CountAsync(ct), ct);
        var (items, next) = sort.Day is { } day
            ? await Rows(query, input, day, down, view, DayOf, d => d.DayNumber, ct)
            : await Rows(query, input, sort.Number!, down, view, n => n, n => n, ct);
        return new Page<TView>(items, total, next);
    }

    private static async Task<(IReadOnlyList<TView> Items, string? Next)> Rows<TKey, TView>(
        IQueryable<T> query,
        ListInput input,
        Expression<Func<T, TKey>> key,
        bool down,
        Expression<Func<T, TView>> view,
        Func<int, TKey> given,
        Func<TKey, int> written,
        CancellationToken ct
    )
    {
        var page = down
            ? query.OrderByDescending(key).ThenByDescending(r => r.Number)
            : query.OrderBy(key).ThenBy(r => r.Number);
        var from = page;
        if (input.Cursor is not null)
        {
            var (lastKey, lastNumber) = Read(input.Cursor);
            from = After(page, key, down, new Last<TKey>(given(lastKey), lastNumber));
        }
        var items = await from.Take(input.Limit + 1).Select(Pair(key, view)).ToListAsync(ct);
        var last = items.Count > input.Limit ? items[input.Limit - 1] : null;
        return (
            [.. items.Take(input.Limit).Select(i => i.View)],
            last is null ? null : Write(written(last.Key), last.Number)
        );
    }

    private (SortKey<T> Sort, bool Down) SortOf(string? sort)
    {
        if (string.IsNullOrEmpty(sort))
            return (ByNumber, false);
        var name = sort.TrimStart('-');
        var found = name == ByNumber.Name ? ByNumber : sorts.FirstOrDefault(s => s.Name == name);
        return found is null
            ? throw new InputInvalid("sort", $"Sort by one of: {string.Join(", ", Sorts)}.")
            : (found, sort[0] == '-');
    }

    private static IOrderedQueryable<T> After<TKey>(
        IOrderedQueryable<T> query,
        Expression<Func<T, TKey>> key,
        bool down,
        Last<TKey> behind
    )
    {
        var record = key.Parameters[0];
        var number = Expression.Property(record, nameof(Referenced.Number));
        // Read from an object, the values become parameters; as constants each page would be another statement to
        // compile.
        var last = Expression.Constant(behind);
        Expression keyValue = Expression.Property(last, nameof(behind.Key)),
            numberValue = Expression.Property(last, nameof(behind.Number));
        var beyond = down ? Expression.LessThan(key.Body, keyValue) : Expression.GreaterThan(key.Body, keyValue);
        var numberBeyond = down
            ? Expression.LessThan(number, numberValue)
            : Expression.GreaterThan(number, numberValue);
        var tie = Expression.AndAlso(Expression.Equal(key.Body, keyValue), numberBeyond);
        // The first condition says nothing new, but it is the one that an index can begin at.
        var from = down
            ? Expression.LessThanOrEqual(key.Body, keyValue)
            : Expression.GreaterThanOrEqual(key.Body, keyValue);
        return (IOrderedQueryable<T>)
            query.Where(
                Expression.Lambda<Func<T, bool>>(Expression.AndAlso(from, Expression.OrElse(beyond, tie)), record)
            );
    }

    private static Expression<Func<T, Row<TKey, TView>>> Pair<TKey, TView>(
        Expression<Func<T, TKey>> key,
        Expression<Func<T, TView>> view
    )
    {
        var record = view.Parameters[0];
        var keyBody = new Replace(key.Parameters[0], record).Visit(key.Body);
        var body = Expression.MemberInit(
            Expression.New(typeof(Row<TKey, TView>)),
            Expression.Bind(typeof(Row<TKey, TView>).GetProperty("Key")!, keyBody),
            Expression.Bind(
                typeof(Row<TKey, TView>).GetProperty("Number")!,
                Expression.Property(record, nameof(Referenced.Number))
            ),
            Expression.Bind(typeof(Row<TKey, TView>).GetProperty("View")!, view.Body)
        );
        return Expression.Lambda<Func<T, Row<TKey, TView>>>(body, record);
    }

    private static string Write(int key, int number) =>
        Convert.ToBase64String(Encoding.ASCII.GetBytes(FormattableString.Invariant($"{key}:{number}")));

    private static DateOnly DayOf(int number) =>
        number >= 0 && number <= DateOnly.MaxValue.DayNumber ? DateOnly.FromDayNumber(number) : throw NoCursor();

    private static InputInvalid NoCursor() => new("cursor", "This is not a cursor that a page answered.");

    private static (int Key, int Number) Read(string cursor)
    {
        try
        {
            var parts = Encoding.ASCII.GetString(Convert.FromBase64String(cursor)).Split(':');
            return (
                int.Parse(parts[0], CultureInfo.InvariantCulture),
                int.Parse(parts[1], CultureInfo.InvariantCulture)
            );
        }
        catch (Exception e) when (e is FormatException or OverflowException or IndexOutOfRangeException)
        {
            throw NoCursor();
        }
    }

    private sealed record Last<TKey>(TKey Key, int Number);

    private sealed class Row<TKey, TView>
    {
        public required TKey Key { get; init; }
        public int Number { get; init; }
        public required TView View { get; init; }
    }

    private sealed class Replace(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) =>
            node == from ? to : base.VisitParameter(node);
    }
}
