using Moat.Isms.Kernel;
using Moat.Storage;

namespace Moat.Cli;

/// <summary>Says on the error stream what was refused and why. Exit codes: 0 good, 1 the answer is no, 2 used wrongly, 3 could not.</summary>
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
            foreach (var error in invalid.Errors) await Console.Error.WriteLineAsync($"{error.Field}: {error.Message}");
            return UsedWrongly;
        }
        catch (RuleBroken rule)
        {
            await Console.Error.WriteLineAsync(rule.Message);
            foreach (var detail in rule.Details.Take(50)) await Console.Error.WriteLineAsync($"  {detail.Field}: {detail.Message}");
            return No;
        }
        catch (PersonNeeded needed)
        {
            await Console.Error.WriteLineAsync(needed.Message);
            return No;
        }
        catch (Exception e) when (e is Refusal or DatabaseTooNew or Commands.ServerSilent or Moat.Storage.Backups.BackupUnreadable or FileNotFoundException or DirectoryNotFoundException or InvalidDataException)
        {
            await Console.Error.WriteLineAsync(e.Message);
        }
        return CouldNot;
    }
}
