using FsCheck;
using FsCheck.Fluent;
using Moat.Isms.Risks.Money;
using Moat.Knowledge;

namespace Moat.Tests.Risks;

/// <summary>
/// The figures of money at risk are those of a plain simulation and of the averages that can be calculated.
/// </summary>
public sealed class MoneySimulationTests
{
    private static readonly QuantifyHint[] Hints = [.. KnowledgeBase.Shipped.Threats.Select(t => t.Quantify)];

    [Fact]
    public void Quantiles_and_averages_are_those_of_a_plain_simulation()
    {
        const int Seeds = 16;
        foreach (var risks in Portfolios())
        {
            var question = Question(risks);
            for (var reading = 0; reading < 3; reading++)
            {
                var plain = new List<double[]>();
                var fast = new List<SimulatedYears>();
                for (var seed = 1; seed <= Seeds; seed++)
                {
                    plain.Add(PlainMoney.Years(Readings(question, reading), MoneySimulation.Years, seed));
                    fast.Add(MoneySimulation.Simulate(question, seed)[reading]);
                }
                foreach (var share in new[] { 0.25, 0.5, 0.8, 0.95, 0.99 })
                    Agree(
                        [.. plain.Select(y => y[(int)(y.Length * share)])],
                        [.. fast.Select(y => y.Below(share))],
                        $"{share} of {risks.Count} risks"
                    );
                Agree(
                    [.. plain.Select(y => y.Average())],
                    [.. fast.Select(y => y.Years.Average())],
                    $"average of {risks.Count} risks"
                );
                Agree(
                    [.. plain.Select(Spread)],
                    [.. fast.Select(y => Spread(y.Years))],
                    $"spread of {risks.Count} risks"
                );
            }
        }
    }

    [Fact]
    public void Expected_is_what_is_calculated_for_every_threat_at_every_step_of_the_scales()
    {
        foreach (var hint in Hints)
            for (var likelihood = -4; likelihood <= 0; likelihood++)
                foreach (var impact in new[] { -4, 0, 4 })
                {
                    var steps = new Steps(likelihood, impact);
                    var question = new MoneyQuestion([new MoneyRisk(1, "One", hint, steps, steps)], 0);
                    var expected = MoneySimulation.Simulate(question, 0)[1].Expected;
                    Assert.InRange(expected / PlainMoney.Average(hint, steps), 0.999, 1.001);
                }
    }

    [Fact]
    public void Risks_of_the_same_threat_do_not_share_their_luck()
    {
        var hint = Hints[0];
        var years = Enumerable
            .Range(1, 60)
            .Select(number => YearsInOrder(new MoneyRisk(number, "One of many", hint, default, default)))
            .ToList();
        // The share of years in which two of them strike is the product of the shares of each.
        var pairs = 0.0;
        var products = 0.0;
        for (var a = 0; a < years.Count; a++)
        for (var b = 0; b < a; b++)
        {
            pairs += years[a].Zip(years[b]).Count(y => y is { First: true, Second: true });
            products += years[a].Count(y => y) * (double)years[b].Count(y => y) / MoneySimulation.Years;
        }
        Assert.InRange(pairs / products, 0.98, 1.02);
    }

    [Fact]
    public void Treatment_that_changes_nothing_wins_nothing_and_one_that_helps_is_never_dearer()
    {
        var risks = Enumerable
            .Range(1, 200)
            .Select(i => new MoneyRisk(i, $"Risk {i}", Hints[i % Hints.Length], new Steps(-i % 4, -i % 3), default))
            .Select(r => r with { AfterTreatment = r.Today })
            .ToList();
        var same = MoneySimulation.Simulate(new MoneyQuestion(risks, 0), 0);
        Assert.Equal(same[1].Years, same[2].Years);
        Assert.All(same[0].Years.Zip(same[1].Years), y => Assert.True(y.First >= y.Second, $"{y}"));
        Assert.True(same[0].Expected > same[1].Expected);
    }

    [Fact]
    public void The_order_of_the_risks_changes_nothing() =>
        Holds(
            Gen.ListOf(Drawn),
            drawn =>
            {
                var risks = Numbered(drawn);
                var one = new MoneyQuestion(risks, 1);
                var other = new MoneyQuestion(Enumerable.Reverse(risks), 1);
                return one.Key == other.Key && Told(one) == Told(other) && Told(one) == Told(one);
            }
        );

    [Fact]
    public void One_more_risk_never_makes_a_year_cheaper() =>
        Holds(
            Gen.NonEmptyListOf(Drawn),
            drawn =>
            {
                var risks = Numbered(drawn);
                var most = MoneySimulation.Simulate(new MoneyQuestion(risks, 0), 0);
                var fewer = MoneySimulation.Simulate(new MoneyQuestion(risks.SkipLast(1), 0), 0);
                return most.Zip(fewer)
                    .All(r =>
                        r.First.Expected >= r.Second.Expected
                        && r.First.Years.Zip(r.Second.Years).All(y => y.First >= y.Second)
                    );
            }
        );

    [Fact]
    public void Another_title_range_step_or_number_is_another_question()
    {
        var risk = new MoneyRisk(1, "One", Hints[0], new Steps(-1, 0), new Steps(-1, -1));
        string[] keys =
        [
            .. new[]
            {
                risk,
                risk with
                {
                    Number = 2,
                },
                risk with
                {
                    Title = "Two",
                },
                risk with
                {
                    Hint = Hints[1],
                },
                risk with
                {
                    Today = new Steps(0, -1),
                },
                risk with
                {
                    AfterTreatment = new Steps(-2, -1),
                },
            }.Select(r => new MoneyQuestion([r], 0).Key),
            new MoneyQuestion([risk], 1).Key,
            new MoneyQuestion([], 0).Key,
        ];
        Assert.Equal(keys.Length, keys.Distinct().Count());
    }

    [Fact]
    public void Of_no_risk_a_year_costs_nothing()
    {
        var none = MoneySimulation.Count(new MoneyQuestion([], 3), CancellationToken.None);
        Assert.Equal((new YearlyLoss(0, 0, 0), 0, 3), (none.Today, none.Counted, none.NotCounted));
        Assert.Empty(none.Top);
    }

    [Fact]
    public void Huge_ranges_end_at_the_largest_number_and_never_below_zero()
    {
        var huge = new QuantifyHint
        {
            EventsPerYear = new FrequencyRange
            {
                Low = 1000,
                Likely = 100_000,
                High = 1_000_000_000,
            },
            LossEur = new LossRange { Low = 1, High = decimal.MaxValue },
            Why = "Nothing is so dear",
        };
        var figures = MoneySimulation.Count(
            new MoneyQuestion(
                Enumerable.Range(1, 20).Select(i => new MoneyRisk(i, "Huge", huge, new Steps(4, 4), new Steps(-4, -4))),
                0
            ),
            CancellationToken.None
        );
        Assert.Equal(
            new YearlyLoss(long.MaxValue, long.MaxValue, long.MaxValue),
            figures.Today with
            {
                Usual = figures.Today.Bad,
            }
        );
        Assert.True(figures.AfterTreatment is { Usual: > 0, Expected: > 0 });
        Assert.True(figures.WithoutControls.Usual >= figures.AfterTreatment.Usual);
    }

    private static void Holds<T>(Gen<T> drawn, Func<T, bool> rule) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(20).WithEndSize(40), Prop.ForAll(Arb.From(drawn), rule));

    private static Gen<(int Threat, int Likelihood, int Impact)> Drawn =>
        from threat in Gen.Choose(0, Hints.Length - 1)
        from likelihood in Gen.Choose(-4, 1)
        from impact in Gen.Choose(-4, 1)
        select (threat, likelihood, impact);

    private static List<MoneyRisk> Numbered(IEnumerable<(int Threat, int Likelihood, int Impact)> drawn) =>
        [
            .. drawn.Select(
                (d, i) =>
                    new MoneyRisk(
                        i + 1,
                        $"Risk {i}",
                        Hints[d.Threat],
                        new Steps(d.Likelihood, d.Impact),
                        new Steps(d.Likelihood - 1, d.Impact)
                    )
            ),
        ];

    private static string Told(MoneyQuestion question)
    {
        var figures = MoneySimulation.Count(question, CancellationToken.None);
        return $"{figures} {string.Join(' ', figures.Top)}";
    }

    // Few and different, many of one threat, and rare ones.
    private static IEnumerable<List<MoneyRisk>> Portfolios()
    {
        yield return [new MoneyRisk(7, "Alone", Hints[3], new Steps(-1, 0), new Steps(-2, -1))];
        yield return
        [
            .. Enumerable
                .Range(1, 24)
                .Select(i => new MoneyRisk(
                    i,
                    $"Risk {i}",
                    Hints[i * 5 % Hints.Length],
                    new Steps(-i % 3, -i % 2),
                    new Steps(-i % 4 - 1, -1)
                )),
        ];
        yield return
        [
            .. Enumerable
                .Range(1, 40)
                .Select(i => new MoneyRisk(i, "One of many", Hints[11], new Steps(-4, 0), new Steps(-2, -3))),
        ];
    }

    private static MoneyQuestion Question(IEnumerable<MoneyRisk> risks) => new(risks, 0);

    private static IEnumerable<(QuantifyHint, Steps)> Readings(MoneyQuestion question, int reading) =>
        question.Risks.Select(r =>
            (
                r.Hint,
                reading == 0 ? default
                : reading == 1 ? r.Today
                : r.AfterTreatment
            )
        );

    private static bool[] YearsInOrder(MoneyRisk risk) =>
        [.. MoneySimulation.Simulate(Question([risk]), 0)[0].Years.Select(loss => loss > 0)];

    private static double Spread(IEnumerable<double> all)
    {
        var years = all.Order().ToList();
        // Of what one year in a hundred costs at most: a spread of all would be that of its dearest year.
        var most = years[years.Count * 99 / 100];
        var cut = years.Select(y => Math.Min(y, most)).ToList();
        var average = cut.Average();
        return Math.Sqrt(cut.Average(y => (y - average) * (y - average)));
    }

    private static void Agree(double[] plain, double[] fast, string what)
    {
        double Error(double[] of) => of.Average() is var m ? of.Sum(x => (x - m) * (x - m)) / of.Length / of.Length : 0;
        var sampling = Math.Sqrt(Error(plain) + Error(fast));
        Assert.True(
            Math.Abs(plain.Average() - fast.Average()) <= 4 * sampling + 1e-9,
            $"{what}: {plain.Average():N0} plainly, {fast.Average():N0} counted, sampling error {sampling:N0}"
        );
    }
}
