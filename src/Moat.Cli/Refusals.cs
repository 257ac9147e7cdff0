using System.Net.Sockets;
using Moat.Cli.Commands;
using Moat.Isms.Kernel;
using Moat.Storage;
using Moat.Storage.Backups;

namespace Moat.Cli;

/// <summary>
/// Says on the error stream what was refused and why. Exit codes: 0 good, 1 the answer is no, 2 used wrongly, 3 could
/// not.
/// </summary>
internal static class Refusals
{
    private const int No = 1;
    private const int UsedWrongly = 2;
    private const int CouldNot = 3;

    public static async Task<int> Guard(Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (InputInvalid invalid)
        {
            foreach (var error in invalid.Errors)
                await Console.Error.WriteLineAsync($"{error.Field}: {error.Message}");
            return UsedWrongly;
        }
        catch (RuleBroken rule)
        {
            await Console.Error.WriteLineAsync(rule.Message);
            foreach (var detail in rule.Details.Take(50))
                await Console.Error.WriteLineAsync($"  {detail.Field}: {detail.Message}");
            return No;
        }
        catch (PersonNeeded needed)
        {
            await Console.Error.WriteLineAsync(needed.Message);
            return No;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("It was stopped before it was done.");
            return CouldNot;
        }
        catch (Exception e) when (Explain(e) is { } sentence)
        {
            await Console.Error.WriteLineAsync(sentence.ReplaceLineEndings(" "));
            return CouldNot;
        }
    }

    /// <summary>
    /// What cannot be done here and now, in one sentence; null where the failure is a fault of the program, whose trace
    /// is needed.
    /// </summary>
    internal static string? Explain(Exception failure) =>
        failure switch
        {
            Refusal or DatabaseTooNew or DatabaseTooOld or ServerSilent or BackupUnreadable or InvalidDataException =>
                failure.Message,
            _ when DatabaseTrouble.Explain(failure) is { } database => database,
            MigrationFailed or FileNotFoundException or DirectoryNotFoundException => failure.Message,
            UnauthorizedAccessException =>
                $"{failure.Message} Give the user who runs this the rights to it, or name another place.",
            SocketException { SocketErrorCode: SocketError.AccessDenied } =>
                "This user may not listen there: ports below 1024 need a right of their own. Name another address with --url.",
            SocketException => $"The server cannot listen there: {failure.Message}. Name another address with --url.",
            IOException { InnerException: not null }
                when failure.Message.StartsWith("Failed to bind", StringComparison.Ordinal) =>
                $"{failure.Message} Another program listens there; end it or name another address with --url.",
            IOException => failure.Message,
            _ => failure.InnerException is { } inner ? Explain(inner) : null,
        };
}
