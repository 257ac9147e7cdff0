using Moat.Isms.Kernel;
using Moat.Isms.Tables;

namespace Moat.Isms.Evidence.Directories;

/// <summary>
/// Reads accounts as identity providers export them: a table, or SCIM 2.0 users (RFC 7643), one or a list.
/// </summary>
public static class DirectoryReader
{
    /// <summary>The fields that a column can be chosen for by hand.</summary>
    public static IReadOnlyList<string> Fields { get; } = [.. DirectoryTable.Columns.Select(c => c.Field)];

    /// <summary>The accounts of a file. Throws <see cref="InputInvalid"/>.</summary>
    public static ReadDirectory Read(GivenFile file) => Read(file, new TableChoice(null, null, null));

    /// <summary>
    /// The accounts of a file in which a person chose by hand where the table is. Throws <see cref="InputInvalid"/>.
    /// </summary>
    public static ReadDirectory Read(GivenFile file, TableChoice chosen)
    {
        var start = new ReadOnlySpan<byte>(file.Bytes()).TrimStart("\uFEFF \r\n\t"u8);
        if (
            start.Length > 0
            && start[0] == (byte)'['
            && Path.GetExtension(file.Name).Equals(".json", StringComparison.OrdinalIgnoreCase)
        )
            throw new InputInvalid(
                "file",
                "SCIM gives users as an object with a list named Resources (RFC 7644, 3.4.2); this is a list alone."
            );
        return start.Length > 0 && start[0] == (byte)'{'
            ? DirectoryScim.Read(file.Bytes())
            : DirectoryTable.Read(file, chosen);
    }

    /// <summary>
    /// Each account once. Throws <see cref="InputInvalid"/> where one is there twice and is told of in two ways,
    /// because nobody can say which of the two counts.
    /// </summary>
    internal static IReadOnlyList<DirectoryAccount> Once(
        IReadOnlyList<(DirectoryAccount Account, string Place)> accounts
    )
    {
        var known = new Dictionary<string, (DirectoryAccount Account, string Place)>(StringComparer.Ordinal);
        foreach (var (account, place) in accounts)
        {
            if (known.TryAdd(account.Id, (account, place)))
                continue;
            var (first, at) = known[account.Id];
            if (Said(first) != Said(account))
                throw new InputInvalid(
                    "file",
                    $"'{account.Id.Cut(80)}' is there twice and is told of in two ways: {at} and {place}. Leave one of them out."
                );
        }
        return [.. known.Values.Select(k => k.Account)];
    }

    private static (string, string, bool?, bool?) Said(DirectoryAccount account) =>
        (account.Name, account.Email, account.Active, account.SecondFactor);
}
