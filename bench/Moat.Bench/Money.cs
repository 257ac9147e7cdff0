using System.Diagnostics;
using System.Text.Json;
using Moat.Isms.Risks.Money;
using Moat.Knowledge;

namespace Moat.Bench;

/// <summary>
/// Counts money at risk for 10,000 risks over the whole catalogue, on one core and with no database, and beside it the
/// same in NumPy where Python has it.
/// </summary>
internal static class Money
{
    private const int Risks = 10_000;
    private const double BudgetSeconds = 2;

    public static async Task Measure(string folder)
    {
        var question = Question();
        // The first one compiles.
        var figures = MoneySimulation.Count(question, CancellationToken.None);
        var times = new List<double>();
        for (var i = 0; i < 3; i++)
        {
            var processor = Process.GetCurrentProcess().TotalProcessorTime;
            MoneySimulation.Count(question, CancellationToken.None);
            times.Add((Process.GetCurrentProcess().TotalProcessorTime - processor).TotalSeconds);
        }
        var seconds = times.Order().ElementAt(1);
        Console.WriteLine(
            $"Money at risk of {Risks:N0} risks, {MoneySimulation.Years:N0} years, three readings: {seconds:N2} s of one core, the median of three (budget {BudgetSeconds} s: {(seconds < BudgetSeconds ? "met" : "**not met**")})."
        );
        Console.WriteLine($"Today: {figures.Today}.");
        Console.WriteLine($"NumPy: {await NumPy(question, Path.Combine(folder, "money.json"))}\n");
    }

    private static MoneyQuestion Question()
    {
        var threats = KnowledgeBase.Shipped.Threats;
        var random = new Random(7);
        Steps Drawn(Steps from) => new(from.Likelihood - random.Next(3), from.Impact - random.Next(2));
        return new MoneyQuestion(
            Enumerable
                .Range(1, Risks)
                .Select(i =>
                {
                    var today = Drawn(default);
                    return new MoneyRisk(i, $"Risk {i}", threats[i % threats.Count].Quantify, today, Drawn(today));
                }),
            0
        );
    }

    private static async Task<string> NumPy(MoneyQuestion question, string file)
    {
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(question.Risks.Select(Row)));
        var start = new ProcessStartInfo("python3", ["bench/numpy/money.py", file, $"{MoneySimulation.Years}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["OPENBLAS_NUM_THREADS"] = "1", ["OMP_NUM_THREADS"] = "1" },
        };
        try
        {
            using var process = Process.Start(start)!;
            var said = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return process.ExitCode == 0 ? said.Trim() : "left out, python3 has no numpy here";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "left out, there is no python3 here";
        }
    }

    private static double[] Row(MoneyRisk risk) =>
        [
            (double)risk.Hint.EventsPerYear.Low,
            (double)risk.Hint.EventsPerYear.Likely,
            (double)risk.Hint.EventsPerYear.High,
            (double)risk.Hint.LossEur.Low,
            (double)risk.Hint.LossEur.High,
            risk.Today.Likelihood,
            risk.Today.Impact,
            risk.AfterTreatment.Likelihood,
            risk.AfterTreatment.Impact,
        ];
}
