using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Journal;
using Moat.Storage;
using Moat.Storage.Keys;

namespace Moat.Cli.Doctor;

/// <summary>The keys: whether they are those that the journals and the stored secrets were made with.</summary>
internal static class KeyFindings
{
    private const string Journal = "journal's key";
    private const string Protection = "protection.key";

    public static IEnumerable<Finding> Of(DatabaseState state, StorageOptions storage) =>
        [.. OfJournals(state, storage), .. OfSecrets(state, storage)];

    private static IEnumerable<Finding> OfJournals(DatabaseState state, StorageOptions storage)
    {
        try
        {
            return Held(state, new JournalKeys(storage.KeyHolder()));
        }
        catch (Unavailable e)
        {
            return
            [
                Finding.Broken(
                    Journal,
                    e.Message,
                    "Put the key of this installation back, from a backup or from another server of its database."
                ),
            ];
        }
    }

    private static List<Finding> Held(DatabaseState state, JournalKeys keys)
    {
        var found = state
            .Journals.Where(j => keys.Find(j.VerifierKey) is null)
            .Select(j => Finding.Broken(Journal, $"{j.Organization}: {keys.Missing(j.VerifierKey)}", keys.WhatToDo))
            .ToList();
        if (found.Count == 0)
            found.Add(
                Finding.Fine(Journal, $"Held in {keys.Place}; every journal goes on with it ({state.Journals.Count}).")
            );
        if (keys.IsChanging)
            found.Add(
                Finding.Warning(
                    Journal,
                    $"Several keys are held in {keys.Place}: a change began and did not end.",
                    "Run 'moat key rotate' again; it goes on where it was cut off."
                )
            );
        return found;
    }

    private static IEnumerable<Finding> OfSecrets(DatabaseState state, StorageOptions storage)
    {
        if (state.SealedKeys.Count == 0)
            return [];
        // Asking for a secret that is not there would make one.
        if (storage.ProtectionKey is null && !File.Exists(storage.ProtectionKeyPath))
            return [Lost("It is not there, and the keys of cookies, forms and stored secrets are sealed with it.")];
        try
        {
            var secret = new ProtectionSecret(storage);
            var shut = state.SealedKeys.Count(k => secret.Open(k.Key, k.Value) is null);
            return
            [
                shut > 0
                    ? Lost(
                        $"It does not open {shut} of the {state.SealedKeys.Count} keys of cookies, forms and stored secrets."
                    )
                    : Finding.Fine(Protection, "It opens all keys of cookies, forms and stored secrets."),
            ];
        }
        catch (Exception e)
            when (e is InvalidDataException or FormatException or UnauthorizedAccessException or IOException)
        {
            return [Lost($"It cannot be read: {e.Message}")];
        }
    }

    private static Finding Lost(string says) =>
        Finding.Broken(
            Protection,
            says,
            $"Take the key from the server that made it or from a backup: keys/{ProtectionSecret.FileName} of its data folder, or where --protection-key or MOAT_PROTECTION_KEY names it there."
        );
}
