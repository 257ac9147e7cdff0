using System.Security.Cryptography;
using System.Text;

namespace Moat.Storage.Keys;

/// <summary>
/// What the keys of cookies, forms and stored secrets are sealed with (AES-256-GCM): a file beside the database, or
/// what a secret store puts into the environment; the same for every server of a database. The file is made with the
/// first key.
/// </summary>
public sealed class ProtectionSecret(StorageOptions storage)
{
    /// <summary>The name of the file in the folder of keys.</summary>
    public const string FileName = "protection.key";

    private const int KeySize = 32;
    private const int LongestFile = 1000;
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private readonly Lazy<byte[]> _key = new(() =>
        storage.ProtectionKey is { } given
            ? Read(given) ?? throw new InvalidDataException("The protection key is not 32 bytes in Base64.")
            : ReadOrMake(storage.ProtectionKeyPath)
    );

    /// <summary>Seals a text under a name.</summary>
    public string Seal(string name, string text)
    {
        var plain = Encoding.UTF8.GetBytes(text);
        var whole = new byte[NonceSize + TagSize + plain.Length];
        var nonce = whole.AsSpan(0, NonceSize);
        var tag = whole.AsSpan(NonceSize, TagSize);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(_key.Value, TagSize);
        cipher.Encrypt(nonce, plain, whole.AsSpan(NonceSize + TagSize), tag, Encoding.UTF8.GetBytes(name));
        return Convert.ToBase64String(whole);
    }

    /// <summary>
    /// The text that was sealed under the name; null where this is not the secret that it was sealed with.
    /// </summary>
    public string? Open(string name, string kept)
    {
        try
        {
            var whole = Convert.FromBase64String(kept);
            var plain = new byte[whole.Length - NonceSize - TagSize];
            using var cipher = new AesGcm(_key.Value, TagSize);
            cipher.Decrypt(
                whole.AsSpan(0, NonceSize),
                whole.AsSpan(NonceSize + TagSize),
                whole.AsSpan(NonceSize, TagSize),
                plain,
                Encoding.UTF8.GetBytes(name)
            );
            return Encoding.UTF8.GetString(plain);
        }
        catch (Exception e) when (e is CryptographicException or FormatException or OverflowException)
        {
            return null;
        }
    }

    private static byte[] ReadOrMake(string file)
    {
        if (!File.Exists(file))
            Make(file);
        return Read(File.ReadAllText(file))
            ?? throw new InvalidDataException($"{file} is no key. Take it from another server or from a backup.");
    }

    /// <summary>The key that a text holds, 32 bytes in Base64; null where it holds none.</summary>
    public static byte[]? Read(string text)
    {
        var key = new byte[KeySize];
        return Convert.TryFromBase64String(text.Trim(), key, out var size) && size == KeySize ? key : null;
    }

    /// <summary>Why a file cannot hold the key, in a sentence; null where it does, or where it can be made.</summary>
    public static string? Trouble(string file)
    {
        if (Directory.Exists(file))
            return "This is a folder. Name the file of the key.";
        if (!File.Exists(file))
            return null;
        try
        {
            return new FileInfo(file).Length <= LongestFile && Read(File.ReadAllText(file)) is not null
                ? null
                : "This file holds no key: 32 random bytes in Base64 are needed. Take it from another server or from a backup.";
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            return "This file cannot be read. Give the user of the server the right to read it.";
        }
    }

    // Two programs may begin at once: the first file stays, and the other program reads it.
    private static void Make(string file)
    {
        OwnerOnly.Folder(Path.GetDirectoryName(file)!);
        var own = $"{file}.{Environment.ProcessId}-{Environment.CurrentManagedThreadId}";
        using (var stream = new FileStream(own, OwnerOnly.File(FileMode.Create, FileAccess.Write)))
            stream.Write(Encoding.ASCII.GetBytes(Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeySize))));
        try
        {
            File.Move(own, file, overwrite: false);
        }
        catch (IOException) when (File.Exists(file)) { }
        finally
        {
            File.Delete(own);
        }
    }
}
