using System.Diagnostics;
using System.Globalization;

namespace Moat.Faults;

/// <summary>The resident memory of a process, as Linux counts it.</summary>
internal static class ProcessMemory
{
    /// <summary>Forgets the highest value so far, and answers the present one in bytes.</summary>
    public static long Begin(Process process)
    {
        File.WriteAllText($"/proc/{process.Id}/clear_refs", "5");
        return Read(process, "VmRSS:");
    }

    /// <summary>The highest value since then in bytes; zero when the process ended.</summary>
    public static long Peak(Process process) => process.HasExited ? 0 : Read(process, "VmHWM:");

    private static long Read(Process process, string field) =>
        File.ReadLines($"/proc/{process.Id}/status")
            .Where(l => l.StartsWith(field, StringComparison.Ordinal))
            .Select(l =>
                long.Parse(
                    l[field.Length..].Replace("kB", "", StringComparison.Ordinal).Trim(),
                    CultureInfo.InvariantCulture
                ) * 1024
            )
            .First();
}
