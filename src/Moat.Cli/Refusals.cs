using System.Net.Sockets;
using Moat.Cli.Commands;
using Moat.Hosting;
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
    public static async Task<int> Guard(Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (Refusal refusal)
        {
            foreach (var line in Lines(refusal))
                await Console.Error.WriteLineAsync(line);
            return Refused.ExitCodeOf(refusal);
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("It was stopped before it was done.");
            return Refused.CouldNot;
        }
        catch (Exception e) when (Explain(e) is { } sentence)
        {
            await Console.Error.WriteLineAsync(sentence.ReplaceLineEndings(" "));
            return Refused.CouldNot;
        }
    }

    // What is wrong with an input is told field by field and says all; a rule says first what it is.
    private static IEnumerable<string> Lines(Refusal refusal) =>
        refusal is InputInvalid
            ? Refused.FieldsOf(refusal).Select(e => $"{e.Field}: {e.Message}")
            : Refused
                .FieldsOf(refusal)
                .Take(50)
                .Select(d => $"  {d.Field}: {d.Message}")
                .Prepend(refusal.Message.ReplaceLineEndings(" "));

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
