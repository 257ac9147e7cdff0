namespace Moat.Isms.Evidence.Directories;

/// <summary>An account as a directory lists it.</summary>
/// <param name="Id">The id that stays when it is renamed.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Email">Its e-mail, which joins it with a person; empty when the directory tells none.</param>
/// <param name="Active">Whether it can sign in; null when the directory does not say.</param>
/// <param name="SecondFactor">Whether it signs in with a second factor; null when the directory does not say.</param>
public sealed record DirectoryAccount(string Id, string Name, string Email, bool? Active, bool? SecondFactor)
{
    /// <summary>What the directory says and is not understood; what it was to say is unknown.</summary>
    public IReadOnlyList<UnreadWord> Unread { get; init; } = [];
}

/// <summary>A directory as a file tells it.</summary>
/// <param name="Accounts">Its accounts, each once.</param>
/// <param name="Remarks">What of the file was not taken or not understood, a sentence each.</param>
/// <param name="Lacks">What the file itself says it leaves out, a sentence; null when it may be whole.</param>
public sealed record ReadDirectory(
    IReadOnlyList<DirectoryAccount> Accounts,
    IReadOnlyList<string> Remarks,
    string? Lacks = null
);

/// <summary>A word that is not understood.</summary>
/// <param name="Field">The field it was to fill.</param>
/// <param name="Word">The word.</param>
/// <param name="Place">Where in the file it stands.</param>
public sealed record UnreadWord(string Field, string Word, string Place);
