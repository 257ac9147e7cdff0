using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Journal;

namespace Moat.Storage.Keys;

/// <summary>
/// Keys in an environment variable, where a secret store puts them. Only the operator changes what is there.
/// </summary>
public sealed class EnvironmentKeyHolder(string variable, Func<string, string?> read) : IKeyHolder
{
    /// <summary>The variable of the environment.</summary>
    public const string Variable = "MOAT_JOURNAL_KEY";

    /// <inheritdoc />
    public string Place => variable;

    /// <inheritdoc />
    public IReadOnlyList<INoteKey> Read() => read(variable) is { Length: > 0 } text ? KeyText.Read(text, variable) : [];

    /// <inheritdoc />
    public void Make(string name) =>
        throw new Unavailable(
            $"The journal's key is held in {variable}, which Moat cannot change. Make a key with 'moat key new', put it there behind the one that "
                + "is there, and try again."
        );

    /// <inheritdoc />
    public void KeepOnly(NoteVerifier key) =>
        throw new Unavailable(
            $"Every journal goes on with the key {key.Fingerprint}. Take the older ones out of {variable} now."
        );
}
