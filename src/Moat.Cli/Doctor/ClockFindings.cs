using System.Globalization;
using Moat.Storage;

namespace Moat.Cli.Doctor;

/// <summary>The clock: every entry of a journal bears its time.</summary>
internal static class ClockFindings
{
    private const string About = "clock";
    private const string Mend = "Let the machine take its time from the network (chrony, systemd-timesyncd).";
    private static readonly TimeSpan Noticed = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Harmful = TimeSpan.FromMinutes(1);

    public static Finding Of(DatabaseState state, DateTime now)
    {
        if (state.Journals.MaxBy(j => j.LastAt) is { } last && last.LastAt > now + Noticed)
            return Finding.Broken(
                About,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"It shows {now:u}, before the last entry of {last.Organization} ({last.LastAt:u})."
                ),
                Mend
            );
        var apart = state.Clock is { } other ? (other - now).Duration() : TimeSpan.Zero;
        if (apart <= Noticed)
            return Finding.Fine(About, string.Create(CultureInfo.InvariantCulture, $"It shows {now:u}."));
        var says = string.Create(
            CultureInfo.InvariantCulture,
            $"It and the clock of the database's machine are {apart.TotalSeconds:0} seconds apart."
        );
        return apart > Harmful ? Finding.Broken(About, says, Mend) : Finding.Warning(About, says, Mend);
    }
}
