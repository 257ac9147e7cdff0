using Moat.Cli.Doctor;
using Moat.Hosting;
using Moat.Storage;

namespace Moat.Tests;

/// <summary>What the doctor says of an installation.</summary>
internal static class Doctors
{
    public static Task<Diagnosis> Examine(
        Company company,
        Func<ServerOptions, ServerOptions>? otherwise = null,
        Examined? also = null
    ) => Examine(new ServerOptions { Storage = company.Storage, Clock = company.Clock }, otherwise, also);

    public static Task<Diagnosis> Examine(StorageOptions storage) =>
        Examine(new ServerOptions { Storage = storage }, null, null);

    /// <summary>The one finding about something that is not fine, with what to do about it.</summary>
    public static Finding Trouble(this Diagnosis diagnosis, string about, Condition condition)
    {
        var finding = Assert.Single(
            diagnosis.Findings,
            f => f.About == about && f.Condition == condition && f.Condition != Condition.Fine
        );
        Assert.False(string.IsNullOrWhiteSpace(finding.Mend), finding.Says);
        return finding;
    }

    private static Task<Diagnosis> Examine(
        ServerOptions server,
        Func<ServerOptions, ServerOptions>? otherwise,
        Examined? also
    ) => Examination.Of(otherwise?.Invoke(server) ?? server, also ?? new Examined(), CancellationToken.None);
}
