using System.Globalization;
using System.Linq.Expressions;
using System.Text;
using Microsoft.EntityFrameworkCore;

namespace Moat.Isms.Kernel;

/// <summary>
/// Pages a register by key: the next page starts behind the last record of this one, so a page costs the same at any
/// depth. Sort keys are whole numbers; the record's number breaks ties.
/// </summary>
public sealed class Pager<T>(params (string Name, Expression<Func<T, int>> Key)[] sorts)
    where T : Referenced
{
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

        var (key, down) = KeyOf(input.Sort);
        var filter = input with { Cursor = null, Limit = 50, Sort = null };
        var total = await db.Unchanged((typeof(T), filter, db.Viewer), () => query.CountAsync(ct), ct);
        var page = down
            ? query.OrderByDescending(key).ThenByDescending(r => r.Number)
            : query.OrderBy(key).ThenBy(r => r.Number);
        var from = input.Cursor is null ? page : After(page, key, down, input.Cursor);
        var items = await from.Take(input.Limit + 1).Select(Pair(key, view)).ToListAsync(ct);
        var next = items.Count > input.Limit ? Write(items[input.Limit - 1]) : null;
        return new Page<TView>([.. items.Take(input.Limit).Select(i => i.View)], total, next);
    }

    private (Expression<Func<T, int>> Key, bool Down) KeyOf(string? sort)
    {
        if (string.IsNullOrEmpty(sort))
            return (r => r.Number, false);
        var down = sort[0] == '-';
        var name = sort.TrimStart('-');
        if (name == "number")
            return (r => r.Number, down);
        var found = sorts.FirstOrDefault(s => s.Name == name);
        if (found.Key is null)
            throw new InputInvalid("sort", $"Sort by one of: {string.Join(", ", Sorts)}.");
        return (found.Key, down);
    }

    private static IQueryable<T> After(IQueryable<T> query, Expression<Func<T, int>> key, bool down, string cursor)
    {
        var (lastKey, lastNumber) = Read(cursor);
        var record = key.Parameters[0];
        var number = Expression.Property(record, nameof(Referenced.Number));
        // Read from an object, the values become parameters; as constants each page would be another statement to
        // compile.
        var last = Expression.Constant(new Last(lastKey, lastNumber));
        Expression keyValue = Expression.Property(last, nameof(Last.Key)),
            numberValue = Expression.Property(last, nameof(Last.Number));
        var beyond = down ? Expression.LessThan(key.Body, keyValue) : Expression.GreaterThan(key.Body, keyValue);
        var numberBeyond = down
            ? Expression.LessThan(number, numberValue)
            : Expression.GreaterThan(number, numberValue);
        var tie = Expression.AndAlso(Expression.Equal(key.Body, keyValue), numberBeyond);
        // The first condition says nothing new, but it is the one that an index can begin at.
        var from = down
            ? Expression.LessThanOrEqual(key.Body, keyValue)
            : Expression.GreaterThanOrEqual(key.Body, keyValue);
        return query.Where(
            Expression.Lambda<Func<T, bool>>(Expression.AndAlso(from, Expression.OrElse(beyond, tie)), record)
        );
    }

    private static Expression<Func<T, Row<TView>>> Pair<TView>(
        Expression<Func<T, int>> key,
        Expression<Func<T, TView>> view
    )
    {
        var record = view.Parameters[0];
        var keyBody = new Replace(key.Parameters[0], record).Visit(key.Body);
        var body = Expression.MemberInit(
            Expression.New(typeof(Row<TView>)),
            Expression.Bind(typeof(Row<TView>).GetProperty("Key")!, keyBody),
            Expression.Bind(
                typeof(Row<TView>).GetProperty("Number")!,
                Expression.Property(record, nameof(Referenced.Number))
            ),
            Expression.Bind(typeof(Row<TView>).GetProperty("View")!, view.Body)
        );
        return Expression.Lambda<Func<T, Row<TView>>>(body, record);
    }

    private static string Write<TView>(Row<TView> row) =>
        Convert.ToBase64String(Encoding.ASCII.GetBytes(FormattableString.Invariant($"{row.Key}:{row.Number}")));

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
            throw new InputInvalid("cursor", "This is not a cursor that a page answered.");
        }
    }

    private sealed record Last(int Key, int Number);

    private sealed class Row<TView>
    {
        public int Key { get; init; }
        public int Number { get; init; }
        public required TView View { get; init; }
    }

    private sealed class Replace(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) =>
            node == from ? to : base.VisitParameter(node);
    }
}
