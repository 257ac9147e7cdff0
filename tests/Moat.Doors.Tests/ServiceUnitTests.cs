using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Moat.Tests;

/// <summary>The unit that a release brings keeps the program away from the rest of the machine.</summary>
public sealed class ServiceUnitTests
{
    [Fact]
    public async Task Systemd_counts_little_that_the_service_could_do_beside_its_work()
    {
        if (Counterpart.Find("systemd-analyze") is not { } analyze)
        {
            Assert.Skip("systemd-analyze is not installed here.");
            return;
        }
        using var process = Process.Start(
            new ProcessStartInfo(
                analyze,
                ["security", "--offline=true", "--no-pager", Repository.Of("deploy/systemd/moat.service")]
            )
            {
                RedirectStandardOutput = true,
            }
        )!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        var exposure = Regex.Match(said, @"Overall exposure level for moat\.service: ([0-9.]+)");
        Assert.True(exposure.Success, said);
        Assert.True(double.Parse(exposure.Groups[1].Value, CultureInfo.InvariantCulture) <= 2.0, said);
    }
}
