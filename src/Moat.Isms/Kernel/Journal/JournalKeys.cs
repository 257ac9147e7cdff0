using System.Security.Cryptography;

namespace Moat.Isms.Kernel.Journal;

/// <summary>
/// The keys of this installation. Each journal goes on with the key that signed it last; while keys are being changed
/// there are two. A key is made for the first journal of all only: one that is missing later is a loss, and a new one
/// would hide it.
/// </summary>
public sealed class JournalKeys(IKeyHolder holder)
{
    private volatile IReadOnlyList<NoteSigner>? _held;

    /// <summary>Where they are held, as it stands in a sentence.</summary>
    public string Place => holder.Place;

    /// <summary>The newest key, or null where the installation has none.</summary>
    public NoteSigner? Newest => Held is [.., var newest] ? newest : null;

    private IReadOnlyList<NoteSigner> Held => _held ??= Read();

    /// <summary>
    /// The key with this public half, or null. Looks again before it says no, because another process may have changed
    /// keys.
    /// </summary>
    public NoteSigner? Find(string verifierKey) => Among(Held, verifierKey) ?? Among(_held = Read(), verifierKey);

    /// <summary>The key with this public half. Throws <see cref="Unavailable"/> where it is not held.</summary>
    public NoteSigner Of(string verifierKey) =>
        Find(verifierKey) ?? throw new Unavailable($"{Missing(verifierKey)} Nothing was stored. {WhatToDo}");

    /// <summary>The key for a journal that begins, made now if this is the first journal of the installation.</summary>
    public NoteSigner ForNewJournal(bool othersExist)
    {
        if (Newest is { } key)
            return key;
        if (othersExist)
            throw new Unavailable(
                $"There are journals here already, but no key is held in {Place}. Nothing was stored. {WhatToDo}"
            );
        // The name is part of what is signed and stays when the key changes; a random part tells two installations
        // apart.
        holder.Make($"moat/{RandomNumberGenerator.GetHexString(12, lowercase: true)}");
        return (_held = Read())[^1];
    }

    /// <summary>
    /// The key that seals accounts now: the newest, looked for again, because another process may have changed keys.
    /// Made where the first account of an installation comes before its first journal.
    /// </summary>
    public NoteSigner ForSealing(bool othersExist)
    {
        _held = Read();
        return ForNewJournal(othersExist);
    }

    /// <summary>Whether a key that is held signed this note of this text. Looks again before it says no.</summary>
    public bool HaveSigned(string note, string text)
    {
        return Signed(Held) || Signed(_held = Read());

        bool Signed(IReadOnlyList<NoteSigner> held) => held.Any(k => SignedNote.Open(note, k.Verifier) == text);
    }

    /// <summary>
    /// Makes a further key of the same name. Journals go on with the one before until they are told to change.
    /// </summary>
    public NoteSigner MakeNext()
    {
        holder.Make(
            (Newest ?? throw new Unavailable($"No key is held in {Place}, so there is none to change.")).Verifier.Name
        );
        return (_held = Read())[^1];
    }

    /// <summary>Whether several keys are held, so that a change has begun and is not finished.</summary>
    public bool IsChanging => (_held = Read()).Count > 1;

    /// <summary>Lets go of every key but the newest.</summary>
    public void Finish()
    {
        holder.KeepOnly(Held[^1].Verifier);
        _held = Read();
    }

    /// <summary>Which key is wanted and which is there, in a sentence.</summary>
    public string Missing(string verifierKey) =>
        $"The journal is signed with the key {NoteVerifier.Parse(verifierKey).Fingerprint}, and "
        + (
            Newest is { } other
                ? $"this installation has another one ({other.Verifier.Fingerprint})."
                : "this installation has none."
        );

    /// <summary>What an operator does about a key that is missing.</summary>
    public string WhatToDo =>
        $"Put that key into {Place}, from a backup or from the server that has it. Servers on one database use the same key (--journal-key FILE "
        + "or MOAT_JOURNAL_KEY).";

    private static NoteSigner? Among(IReadOnlyList<NoteSigner> held, string verifierKey) =>
        held.FirstOrDefault(k => k.Verifier.ToString() == verifierKey);

    private List<NoteSigner> Read() => [.. holder.Read().Select(k => new NoteSigner(k))];
}
