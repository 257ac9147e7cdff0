using System.Xml.Linq;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Moat.Server.Shell;

namespace Moat.Tests;

/// <summary>
/// The drawing of an objective's numbers: in the order of time, with the target of each day, and never broken by a
/// number.
/// </summary>
public sealed class NumberChartTests
{
    private static readonly DateOnly Begin = new(2026, 1, 1);

    [Fact]
    public async Task A_number_that_was_kept_before_there_were_limits_breaks_nothing() =>
        Assert.NotEmpty(
            (
                await Draw(new(Begin, decimal.MaxValue, 90, true), new(Begin.AddDays(30), decimal.MinValue, 90, false))
            ).Descendants("circle")
        );

    [Fact]
    public async Task Points_stand_where_their_day_is_and_days_are_written_below()
    {
        var svg = await Draw(
            new(Begin, 91, 90, true),
            new(Begin.AddDays(10), 92, 90, true),
            new(Begin.AddDays(100), 93, 90, true)
        );
        var across = svg.Descendants("circle")
            .Select(c =>
                double.Parse(
                    ((string)c.Attribute("cx")!).TrimEnd('%'),
                    System.Globalization.CultureInfo.InvariantCulture
                )
            )
            .ToList();
        Assert.Equal(9, (across[2] - across[1]) / (across[1] - across[0]), 0.1);
        var words = svg.Descendants("text").Select(t => t.Value).ToList();
        Assert.Contains("1 Jan", words);
        Assert.Contains("11 Apr", words);
        Assert.Contains("93 %", words);
    }

    [Fact]
    public async Task A_target_that_moved_is_a_step()
    {
        var moved = await Draw(
            new(Begin, 91, 90, true),
            new(Begin.AddDays(10), 92, 90, true),
            new(Begin.AddDays(20), 95, 99, false)
        );
        var stayed = await Draw(
            new(Begin, 91, 90, true),
            new(Begin.AddDays(10), 92, 90, true),
            new(Begin.AddDays(20), 95, 90, true)
        );
        Assert.Equal((3, 1), (Targets(moved), Targets(stayed)));
        Assert.Single(moved.Descendants("circle"), c => (string?)c.Attribute("class") == "off");
    }

    private static int Targets(XElement svg) =>
        svg.Descendants("line").Count(l => (string?)l.Attribute("class") == "target");

    private static async Task<XElement> Draw(params ChartPoint[] points)
    {
        await using var services = new ServiceCollection().BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        var html = await renderer.Dispatcher.InvokeAsync(async () =>
            (
                await renderer.RenderComponentAsync<NumberChart>(
                    ParameterView.FromDictionary(
                        new Dictionary<string, object?> { ["Points"] = points, ["Unit"] = "%" }
                    )
                )
            ).ToHtmlString()
        );
        return XElement.Parse(html);
    }
}
