using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Moat.Isms.Anchors;
using Moat.Isms.Kernel;
using Moat.Storage;

namespace Moat.Hosting.Anchors;

/// <summary>
/// A branch of a Git repository that is only appended to. The server keeps a clone, so that a branch that somebody
/// wrote anew is noticed as well: what it was before is no longer in its past.
/// </summary>
internal sealed class GitPlace(GitAddress address, string clones) : IAnchorPlace, IDisposable
{
    private const string Seen = "refs/moat/seen";
    private readonly string _clone = Path.Combine(
        clones,
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(address.Url + "#" + address.Branch)))[..16]
    );
    private readonly SemaphoreSlim _turn = new(1);

    /// <inheritdoc />
    public AnchorTarget Target { get; } =
        new($"the branch {address.Branch} of {address.Shown}".Cut(300), AnchorKind.Git);

    private string Branch => $"refs/heads/{address.Branch}";

    /// <inheritdoc />
    public async Task<AnchorResult> Send(string organization, OutgoingAnchor anchor, Prover prove, CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            var git = await Clone(ct);
            return await Fetch(git, ct) ?? await Append(git, organization, anchor, prove, ct);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return AnchorResult.Failed(Safe(e.Message));
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _turn.Dispose();

    private async Task<GitProgram> Clone(CancellationToken ct)
    {
        OwnerOnly.Folder(_clone);
        var git = new GitProgram(Path.GetFullPath(_clone));
        if (!Directory.Exists(Path.Combine(_clone, ".git")))
            await Must(git, ct, "init", "--quiet");
        // Nobody else works in this clone, so a lock was left by a server that was stopped.
        File.Delete(Path.Combine(_clone, ".git", "index.lock"));
        return git;
    }

    /// <summary>Brings the clone to where the branch is. Answers what is wrong with the branch, or nothing.</summary>
    private async Task<AnchorResult?> Fetch(GitProgram git, CancellationToken ct)
    {
        var there = await Must(git, ct, "ls-remote", "--heads", "--", address.Url, Branch);
        var seen = (await git.Run(ct, "rev-parse", "--verify", "--quiet", Seen)).Out;
        if (there.Length == 0)
        {
            if (seen.Length > 0)
                return AnchorResult.Contradicted(
                    $"The branch is gone, and it was at {seen} when the last checkpoint was pushed."
                );
            // Nothing was pushed yet; what an attempt left behind that did not reach the branch must not look as if it
            // lay there.
            Directory.Delete(_clone, recursive: true);
            await Clone(ct);
            return null;
        }
        await Must(git, ct, "fetch", "--quiet", "--no-tags", "--", address.Url, Branch);
        if (seen.Length > 0 && !(await git.Run(ct, "merge-base", "--is-ancestor", seen, "FETCH_HEAD")).Worked)
            return AnchorResult.Contradicted(
                $"The branch was written anew: {seen}, where it was when the last checkpoint was pushed, is no longer in its past."
            );
        await Must(git, ct, "checkout", "--quiet", "--force", "--detach", "FETCH_HEAD");
        await Must(git, ct, "clean", "--quiet", "--force", "-d", "-x");
        return null;
    }

    private async Task<AnchorResult> Append(
        GitProgram git,
        string organization,
        OutgoingAnchor anchor,
        Prover prove,
        CancellationToken ct
    )
    {
        var folder = Directory.CreateDirectory(Path.Combine(_clone, organization)).FullName;
        var name = HeldNotes.NameOf(anchor);
        var notes = new HeldNotes(
            [.. Directory.EnumerateFiles(folder, "*.checkpoint").Select(f => Path.GetFileName(f)!)],
            (file, stop) => FolderPlace.ReadShort(Path.Combine(folder, file), stop)
        );
        if (await notes.Compare(anchor, prove, ct) is { } known)
        {
            if (known.Outcome == AnchorOutcome.Held)
                await Must(git, ct, "update-ref", Seen, "HEAD");
            return known;
        }
        await File.WriteAllTextAsync(Path.Combine(folder, name), anchor.Checkpoint, ct);
        await Must(git, ct, "add", "--force", "--", $"{organization}/{name}");
        await Must(
            git,
            ct,
            "commit",
            "--quiet",
            "--no-verify",
            "-m",
            $"Checkpoint of {organization} with {anchor.Size} entries"
        );
        var commit = await Must(git, ct, "rev-parse", "HEAD");
        await Must(git, ct, "push", "--quiet", "--", address.Url, $"HEAD:{Branch}");
        await Must(git, ct, "update-ref", Seen, "HEAD");
        return AnchorResult.Held($"Pushed as commit {commit[..12]}.", commit);
    }

    private static async Task<string> Must(GitProgram git, CancellationToken ct, params string[] arguments)
    {
        var answer = await git.Run(ct, arguments);
        return answer.Worked
            ? answer.Out
            : throw new IOException(
                $"git {arguments[0]}: {(answer.Error.Length > 0 ? answer.Error : $"ended with {answer.Code}")}"
            );
    }

    /// <summary>What git says may repeat the address with a password in it.</summary>
    private static string Safe(string text) =>
        Regex.Replace(text, "://[^/@\\s]*@", "://", RegexOptions.None, TimeSpan.FromSeconds(1)).Cut(900);
}
