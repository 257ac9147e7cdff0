using Moat.Isms.Kernel.Rules;

namespace Moat.Tests;

/// <summary>Text that says something, and text that only fills a field.</summary>
public sealed class SubstanceTests
{
    [Theory]
    [InlineData("The weights leave with a stolen key", true)]
    [InlineData("Gewichte verlassen das Netz unbemerkt", true)]
    [InlineData("模型权重可能泄露", true)]
    [InlineData("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", false)]
    [InlineData("x x x x x x x x", false)]
    [InlineData("risk risk risk risk risk risk", false)]
    [InlineData("1 2 3 4 5 6 7", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void A_text_says_something_when_it_has_different_words(string? text, bool says) =>
        Assert.Equal(says, Substance.Says(text));

    [Fact]
    public void The_same_sentence_on_many_records_says_nothing_about_any()
    {
        var same = Enumerable.Repeat("Rated by the team in the workshop", 3);
        Assert.Equal(0, Substance.Saying(same));
        Assert.Equal(2, Substance.Saying(same.Take(2)));
        Assert.Equal(1, Substance.Saying([.. same, "The registry has no second factor"]));
    }

    [Fact]
    public void What_happens_twice_within_a_month_happened_once()
    {
        var asked = new Asked("8.2", 365, new DateOnly(2026, 6, 30));
        Assert.False(asked.OverTime([new DateOnly(2026, 6, 1), new DateOnly(2026, 6, 30)], "Looks").Holds);
        Assert.True(asked.OverTime([new DateOnly(2026, 5, 31), new DateOnly(2026, 6, 30)], "Looks").Holds);
        Assert.False(asked.OverTime([new DateOnly(2025, 1, 1), new DateOnly(2025, 6, 29)], "Looks").Holds);
        Assert.Equal("Looks: never yet", asked.OverTime([], "Looks").Because);
    }
}
