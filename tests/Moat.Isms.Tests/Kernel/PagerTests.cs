using Moat.Isms.Audits;
using Moat.Isms.Kernel;

namespace Moat.Tests.Kernel;

/// <summary>A register is paged by a day as by a number: every record once, in order, both ways.</summary>
public sealed class PagerTests
{
    private static readonly DateOnly Today = new(2026, 3, 2);

    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory, MemberData(nameof(Databases))]
    public async Task Pages_by_day_show_every_record_once_and_in_order(string database)
    {
        await using var company = await Company.Found(database);
        var days = new[] { 9, 3, 3, 27, 14, 3, 9 };
        foreach (var day in days)
            await company.Run<RequestProcess, AskRequest, Done>(
                p => p.Ask,
                new AskRequest { Wanted = $"Minutes {day}", DueOn = Today.AddDays(day) }
            );
        foreach (var (sort, expected) in new[] { ("due", days.Order()), ("-due", days.OrderDescending()) })
        {
            var seen = new List<RequestRow>();
            string? cursor = null;
            do
            {
                var page = await company.Run<RequestProcess, ListRequests, Page<RequestRow>>(
                    p => p.List,
                    new ListRequests
                    {
                        Sort = sort,
                        Limit = 2,
                        Cursor = cursor,
                    }
                );
                seen.AddRange(page.Items);
                cursor = page.Next;
            } while (cursor is not null);
            Assert.Equal(expected.Select(Today.AddDays), seen.Select(r => r.DueOn));
            Assert.Equal(days.Length, seen.DistinctBy(r => r.Ref).Count());
        }
    }

    [Fact]
    public async Task A_cursor_of_another_order_is_refused()
    {
        await using var company = await Company.Found("sqlite");
        var cursor = Convert.ToBase64String("99999999:1"u8);
        var refused = await Assert.ThrowsAsync<InputInvalid>(() =>
            company.Run<RequestProcess, ListRequests, Page<RequestRow>>(
                p => p.List,
                new ListRequests { Sort = "due", Cursor = cursor }
            )
        );
        Assert.Equal("cursor", refused.Errors[0].Field);
    }
}
